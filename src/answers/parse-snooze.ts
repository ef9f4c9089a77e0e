import { inZone, SECOND } from '../lib/time.ts';

/** A snooze lasts from a second to thirty days. */
const SNOOZE_MIN_MS = SECOND;
const SNOOZE_MAX_DAYS = 30;

/** Until when somebody wants silence, or why the text does not say. */
export type SnoozeText =
  | { kind: 'until'; until: Date; forMs: number }
  | { kind: 'unreadable' }
  | { kind: 'out_of_range' };

const UNITS = [
  { unit: 'seconds', name: /^(s|sec|seconds?|с|сек\p{L}*)$/u },
  { unit: 'minutes', name: /^(m|mins?|minutes?|м|мин\p{L}*)$/u },
  { unit: 'hours', name: /^(h|hrs?|hours?|ч|час\p{L}*)$/u },
  { unit: 'days', name: /^(d|days?|д|дн\p{L}*|день)$/u },
  { unit: 'weeks', name: /^(w|weeks?|н|нед\p{L}*)$/u },
] as const;

/**
 * Reads `90s`, `15m`, `1h`, `2d`, `1w`, also in Russian; a bare number is minutes. Days are calendar days of the
 * person's zone: `1d` ends at the same time tomorrow, also when the clocks change.
 */
export function parseSnooze(text: string, now: Date, zone: string): SnoozeText {
  const [, count, name = 'm'] = /^(\d{1,9})\s*(\p{L}+)?\.?$/u.exec(text.trim().toLowerCase()) ?? [];
  const unit = UNITS.find((known) => known.name.test(name))?.unit;
  if (count === undefined || unit === undefined) return { kind: 'unreadable' };
  const start = inZone(now, zone);
  const until = start.plus({ [unit]: Number(count) });
  const forMs = until.toMillis() - start.toMillis();
  if (!until.isValid || forMs < SNOOZE_MIN_MS || until > start.plus({ days: SNOOZE_MAX_DAYS })) {
    return { kind: 'out_of_range' };
  }
  return { kind: 'until', until: until.toJSDate(), forMs };
}
