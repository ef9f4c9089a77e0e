import { z } from 'zod';
import { quietWords } from '../answers/index.ts';
import { InputError } from '../errors.ts';
import { parseQuiet, quietText } from '../people/index.ts';
import { answerOwnSetting, isBack, type OwnSetting } from './own-settings.ts';
import { defineCommand } from './types.ts';

const SETTING: OwnSetting = {
  name: 'quiet',
  change: 'quiet',
  show: ({ quietHours }, words) => quietWords(quietHours, words),
};

const OFF: ReadonlySet<string> = new Set(['off', 'none', 'выкл', 'нет']);

export const quiet = defineCommand({
  name: 'quiet',
  role: 'viewer',
  args: z.object({ hours: z.string().optional() }),
  positional: ['hours'],
  run(context, { hours }) {
    if (hours === undefined) return answerOwnSetting(context, SETTING, null);
    return answerOwnSetting(context, SETTING, { name: 'quiet', value: readQuiet(hours) });
  },
});

function readQuiet(text: string): string | null {
  if (isBack(text)) return null;
  if (OFF.has(text.trim().toLowerCase())) return 'off';
  const hours = parseQuiet(text);
  if (hours) return quietText(hours);
  throw new InputError('quiet_unreadable', `"${text}" are no hours. Write 22:00-07:00, off, or file.`, {
    details: { typed: text },
  });
}
