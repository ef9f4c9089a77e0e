import { z } from 'zod';
import { answerPinned, parseScope } from '../answers/index.ts';
import { RefusedError } from '../errors.ts';
import { pinCockpit, unpinCockpit } from '../schedules/index.ts';
import { chooseScope } from './scopes.ts';
import { defineCommand, type CommandContext } from './types.ts';

/** Throws RefusedError `pin_nowhere` where messages cannot be redrawn. */
function getPlace({ place }: CommandContext): NonNullable<CommandContext['place']> {
  if (place) return place;
  throw new RefusedError('pin_nowhere', 'Only a chat can have a pinned cockpit.');
}

export const pin = defineCommand({
  name: 'pin',
  role: 'operator',
  args: z.object({ scope: z.string().optional() }),
  positional: ['scope'],
  async run(context, { scope = '' }) {
    const { deps, caller, words } = context;
    const place = getPlace(context);
    const parsed = parseScope(scope);
    const chosen = parsed && (await chooseScope(context, parsed, 'cockpit'));
    if (chosen?.kind === 'ask') return chosen.answer;
    const mark = await deps.standing.mark(place, { what: 'cockpit', argument: scope, by: caller.actor });
    await pinCockpit(deps, caller, { place, scope, mark });
    return answerPinned('pinned', words);
  },
});

export const unpin = defineCommand({
  name: 'unpin',
  role: 'operator',
  args: z.object({}),
  positional: [],
  async run(context) {
    const ended = await unpinCockpit(context.deps, context.caller, getPlace(context));
    return answerPinned(ended ? 'unpinned' : 'none', context.words);
  },
});
