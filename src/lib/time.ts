import { DateTime, Duration } from 'luxon';

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const WEEK = 7 * DAY;

const UNIT_MS = { ms: 1, s: SECOND, m: MINUTE, h: HOUR, d: DAY, w: WEEK } as const;
export type DurationUnit = keyof typeof UNIT_MS;

/** Gives the parts of `15m`, `1h`, `7d` (`<n>(ms|s|m|h|d|w)`), or undefined when the text is no duration. */
export function parseDuration(text: string): { count: number; unit: DurationUnit; ms: number } | undefined {
  const match = /^(\d{1,6})(ms|s|m|h|d|w)$/.exec(text.trim());
  if (!match) return undefined;
  const count = Number(match[1]);
  const unit = match[2] as DurationUnit;
  return { count, unit, ms: count * UNIT_MS[unit] };
}

/** An instant as wall-clock time in a zone. */
export function inZone(at: Date, zone: string): DateTime {
  return DateTime.fromJSDate(at, { zone });
}

/** Gives the nominal length of a span of calendar units, in milliseconds. */
export function spanMs(
  span: Partial<Record<'seconds' | 'minutes' | 'hours' | 'days' | 'weeks', number>>,
): number {
  return Duration.fromObject(span).toMillis();
}
