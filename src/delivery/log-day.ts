import { DateTime } from 'luxon';
import { InputError } from '../errors.ts';
import { inZone } from '../lib/time.ts';

/**
 * Gives the bounds of a day in a zone: `2026-11-20`, or `today`. Days of a clock change have 23 or 25 hours. Throws InputError
 * `day_unreadable`.
 */
export function readLogDay(
  text: string,
  { zone, now }: { zone: string; now: Date },
): { from: Date; to: Date } {
  const start =
    text === 'today'
      ? inZone(now, zone).startOf('day')
      : DateTime.fromFormat(text, 'yyyy-MM-dd', { zone }).startOf('day');
  if (!start.isValid) {
    throw new InputError('day_unreadable', `"${text}" is no day. Write it as YYYY-MM-DD, or today.`, {
      details: { text },
    });
  }
  return { from: start.toJSDate(), to: start.plus({ days: 1 }).toJSDate() };
}
