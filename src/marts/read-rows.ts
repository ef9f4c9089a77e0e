import { SECOND } from '../lib/time.ts';
import { MAX_ROWS, MAX_VALUE_CHARS } from './metric-query.ts';
import type { ValueRow } from './types.ts';

/** What rows of text are: readings, or a reason why they are none. */
export type RowsRead = { kind: 'rows'; rows: readonly ValueRow[] } | { kind: 'refused'; reason: string };

const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const LATEST_MS = Date.UTC(9999, 11, 31);
const EARLIEST_MS = Date.UTC(1, 0, 1);

/** How a value that is no number looks, and what to say of it; never the value itself. */
const NO_NUMBERS: readonly (readonly [RegExp, string])[] = [
  [/^nan$/i, 'is NaN: guard a division with nullif'],
  [/^[+-]?inf(inity)?$/i, 'is infinite'],
  [/^(t|f|true|false)$/i, 'is true or false, not a number: count with count(*) filter (where …)'],
  [/^\d{4,}-\d\d-\d\d/, 'is a date or time, not a number: use extract(epoch from …)'],
  [
    /^(-?\d+ (year|mon|day)s?\b|-?\d\d+:\d\d:\d\d)/,
    'is an interval, not a number: use extract(epoch from …)',
  ],
];

type Cells = readonly (string | null)[];

/**
 * Reads rows of `[value, as_of in seconds]` strictly: numbers and numeric strings become numbers, null values and rows without an
 * `as_of` are left out, everything else is refused with a reason that names it.
 */
export function readRows(cells: readonly Cells[], series: boolean): RowsRead {
  if (cells.length > MAX_ROWS) {
    return refused(
      `the SQL gives more than ${MAX_ROWS.toLocaleString('en')} rows: group by period, or narrow by :from and :to`,
    );
  }
  if (!series && cells.length > 1) {
    return refused(
      'the SQL gives more than one row and no as_of: give one row, or the start of each period as as_of',
    );
  }
  const rows: ValueRow[] = [];
  for (const [index, row] of cells.entries()) {
    const read = readRow(row, series);
    if (typeof read === 'string') return refused(series ? `row ${index + 1}: ${read}` : read);
    if (read) rows.push(read);
  }
  return { kind: 'rows', rows };
}

function refused(reason: string): RowsRead {
  return { kind: 'refused', reason };
}

/** A row, null when it holds no data, or a reason. */
function readRow([value, asOf]: Cells, series: boolean): ValueRow | null | string {
  if (value === null || value === undefined) return null;
  const number = readNumber(value);
  if (typeof number === 'string') return `value ${number}`;
  if (!series) return { asOf: null, value: number };
  if (asOf === null || asOf === undefined) return null;
  const ms = Math.round(Number(asOf) * SECOND);
  if (!(ms >= EARLIEST_MS && ms <= LATEST_MS)) return 'as_of is no time of the years 1 to 9999';
  return { asOf: new Date(ms), value: number };
}

/** The number that a text is, or why it is none. */
function readNumber(text: string): number | string {
  const trimmed = text.trim();
  if (!NUMBER.test(trimmed))
    return NO_NUMBERS.find(([pattern]) => pattern.test(trimmed))?.[1] ?? 'is text, not a number';
  const cut = text.length >= MAX_VALUE_CHARS;
  const number = Number(trimmed);
  if ((cut && !trimmed.includes('.')) || !Number.isFinite(number)) return 'is too large';
  // 0 has no sign here
  return number + 0;
}
