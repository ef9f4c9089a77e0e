import { DateTime } from 'luxon';
import { DAY, HOUR, MINUTE, parseDuration, SECOND, WEEK } from '../lib/time.ts';
import type { Period, Unit } from './types.ts';

const CURRENCIES = new Set(Intl.supportedValuesOf('currency'));
const PERIOD_UNITS = [
  ['w', WEEK],
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
] as const;
type DurationPart = Extract<Unit, { kind: 'duration' }>['of'];

/** Reads a unit as metric files write it; undefined when the currency does not exist. */
export function parseUnit(text: string): Unit | undefined {
  const [kind, part = ''] = text.split(':');
  if (kind === 'currency') return CURRENCIES.has(part) ? { kind, code: part } : undefined;
  if (kind === 'duration') return { kind, of: part as DurationPart };
  return { kind: kind as 'percent' | 'count' | 'ratio' | 'score' };
}

/** Writes a unit as metric files do: `percent`, `currency:EUR`, `duration:min`. */
export function unitText(unit: Unit): string {
  if (unit.kind === 'currency') return `currency:${unit.code}`;
  return unit.kind === 'duration' ? `duration:${unit.of}` : unit.kind;
}

/** Reads a period such as `1h`; undefined when it is none. */
export function parsePeriod(text: string): Period | undefined {
  const duration = parseDuration(text);
  if (!duration || duration.unit === 'ms') return undefined;
  const { count, unit, ms } = duration;
  return { text: `${count}${unit}`, count, unit, ms };
}

/** Gives the period of a schedule from the longest gap between its runs; a day that is an hour longer or shorter is a day. */
export function periodOfGap(gapMs: number): Period {
  const days = Math.round(gapMs / DAY);
  const isDays = days >= 1 && Math.abs(gapMs - days * DAY) <= HOUR;
  const ms = isDays ? days * DAY : Math.max(SECOND, Math.round(gapMs / SECOND) * SECOND);
  const [unit, unitMs] = PERIOD_UNITS.find(([, length]) => ms % length === 0) ?? (['s', SECOND] as const);
  const count = ms / unitMs;
  return { text: `${count}${unit}`, count, unit, ms };
}

/** Tells whether a day such as 2026-12-31 exists. */
export function isDay(text: string): boolean {
  return DateTime.fromISO(text, { zone: 'utc' }).isValid;
}

/**
 * Writes a date or time one way, so that it can be compared as text: `2026-11-01`, `2026-11-01T09:30:00.000Z`, or, without a
 * zone, `2026-11-01T09:30:00`. Undefined when there is no such time.
 */
export function canonicalMoment(text: string): string | undefined {
  const iso = text
    .trim()
    .replace(/^(\S+) (\d)/, '$1T$2')
    .replace(' ', '');
  const moment = DateTime.fromISO(iso, { setZone: true });
  if (!moment.isValid) return undefined;
  if (!iso.includes('T')) return moment.toISODate();
  if (/(Z|[+-]\d\d(:?\d\d)?)$/.test(iso.slice(iso.indexOf('T')))) return moment.toUTC().toISO() ?? undefined;
  return moment.toFormat("yyyy-MM-dd'T'HH:mm:ss");
}
