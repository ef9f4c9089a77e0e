import { z } from 'zod';
import { InputError } from '../errors.ts';
import { findTimezone } from '../people/index.ts';
import { answerOwnSetting, isBack, type OwnSetting } from './own-settings.ts';
import { defineCommand } from './types.ts';

const SETTING: OwnSetting = { name: 'tz', change: 'timezone', show: (_person, words) => words.timezone };

export const tz = defineCommand({
  name: 'tz',
  role: 'viewer',
  args: z.object({ zone: z.string().optional() }),
  positional: ['zone'],
  run(context, { zone }) {
    if (zone === undefined) return answerOwnSetting(context, SETTING, null);
    return answerOwnSetting(context, SETTING, { name: 'timezone', value: readZone(zone) });
  },
});

function readZone(text: string): string | null {
  if (isBack(text)) return null;
  const zone = findTimezone(text);
  if (zone !== undefined) return zone;
  throw new InputError('tz_unknown', `"${text}" is no time zone. Write Europe/Belgrade, or its city.`, {
    details: { typed: text },
  });
}
