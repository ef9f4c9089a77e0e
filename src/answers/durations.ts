import { DAY, HOUR, MINUTE, SECOND } from '../lib/time.ts';
import type { Locale, Unit } from '../registry/index.ts';
import { formatNumber, NARROW_SPACE } from './numbers.ts';

/** Gives the word of a unit (`unit-min`) for a count. */
export type UnitWord = (key: string, count: number) => string;

const UNITS = [
  { key: 'unit-d', ms: DAY },
  { key: 'unit-h', ms: HOUR },
  { key: 'unit-min', ms: MINUTE },
  { key: 'unit-s', ms: SECOND },
] as const;

type DurationUnit = Extract<Unit, { kind: 'duration' }>['of'];
const UNIT_MS: Record<DurationUnit, number> = { ms: 1, s: SECOND, min: MINUTE, h: HOUR, d: DAY };

/** How far a span is rounded before it is split, by its size. */
function roundingStep(ms: number, coarse: boolean): number {
  if (ms < (coarse ? 10 * MINUTE : HOUR)) return SECOND;
  return ms < DAY ? MINUTE : HOUR;
}

function part(count: number, key: string, locale: Locale, word: UnitWord): string {
  return formatNumber(count, locale) + NARROW_SPACE + word(key, count);
}

function splitSpan(ms: number, locale: Locale, word: UnitWord): string {
  const from = UNITS.findIndex((unit) => ms >= unit.ms);
  const [first, second] = [UNITS[from], UNITS[from + 1]];
  if (!first) return part(ms, 'unit-ms', locale, word);
  const count = Math.floor(ms / first.ms);
  const head = part(count, first.key, locale, word);
  const rest = second ? Math.floor((ms - count * first.ms) / second.ms) : 0;
  return second && rest > 0 ? `${head}\u00A0${part(rest, second.key, locale, word)}` : head;
}

/**
 * Gives a span of time in at most two units: `250 ms`, `12.3 s`, `47 min`, `3 h 5 min`, `2 days`. `coarse` leaves the
 * seconds out from ten minutes on.
 */
export function formatSpan(ms: number, locale: Locale, options: { word: UnitWord; coarse: boolean }): string {
  const size = Math.abs(ms);
  const sign = ms < 0 ? '\u2212' : '';
  if (size < SECOND) return sign + part(size, 'unit-ms', locale, options.word);
  if (size < MINUTE - 50) return sign + part(size / SECOND, 'unit-s', locale, options.word);
  const step = roundingStep(size, options.coarse);
  return sign + splitSpan(Math.round(size / step) * step, locale, options.word);
}

/** Gives a metric's value that is a number of `of`: 90 of `min` is `1 h 30 min`. */
export function formatDurationValue(
  value: number,
  of: DurationUnit,
  reader: { locale: Locale; word: UnitWord },
): string {
  const { locale, word } = reader;
  const ms = value * UNIT_MS[of];
  // nothing to split in none, and nothing exact to split in more milliseconds than a double counts
  if (value === 0 || Math.abs(ms) > Number.MAX_SAFE_INTEGER) return part(value, `unit-${of}`, locale, word);
  return formatSpan(ms, locale, { word, coarse: false });
}
