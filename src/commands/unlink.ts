import { z } from 'zod';
import { answerUnlinked } from '../answers/index.ts';
import { unlink as endLink } from '../people/index.ts';
import { defineCommand } from './types.ts';

export const unlink = defineCommand({
  name: 'unlink',
  role: 'viewer',
  args: z.object({}),
  positional: [],
  async run({ deps, caller, words }) {
    await endLink(deps, caller);
    return answerUnlinked(words);
  },
});
