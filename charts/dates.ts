import { DAY, HOUR, inZone, MINUTE } from '../src/lib/time.ts';
import type { Words } from '../src/answers/index.ts';

/** English dates are written day first and in 24 hours, as in the rest of the product. */
const DATE_LOCALE = { en: 'en-GB', ru: 'ru' } as const;

const PARTS = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  weekday: { weekday: 'short' },
  weekdayAndDay: { weekday: 'short', day: 'numeric' },
  day: { day: 'numeric', month: 'short' },
  dayAndYear: { day: 'numeric', month: 'short', year: 'numeric' },
  month: { month: 'short' },
  monthAndYear: { month: 'short', year: 'numeric' },
  stamp: {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

export type DatePart = keyof typeof PARTS;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Writes a part of an instant in the reader's language and zone. */
export function writeDate(atMs: number, part: DatePart, { locale, timezone }: Words): string {
  const key = `${locale} ${part} ${timezone}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(DATE_LOCALE[locale], { ...PARTS[part], timeZone: timezone });
    formats.set(key, format);
  }
  return format.format(atMs);
}

/** Names an earlier reading in a word: `13:45` today, `Fri` up to a week ago, else `13 Nov`. */
export function writeWhen(atMs: number, nowMs: number, words: Words): string {
  const today = inZone(new Date(nowMs), words.timezone).startOf('day').toMillis();
  if (atMs >= today) return writeDate(atMs, 'time', words);
  return writeDate(atMs, today - atMs <= 7.5 * DAY ? 'weekday' : 'day', words);
}

/** Writes a span in its largest unit alone, at least a minute: `15 min`, `3 h`, `2 days`. */
export function writeAge(ms: number, words: Words): string {
  const unit = [DAY, HOUR].find((size) => ms >= size) ?? MINUTE;
  return words.duration(Math.max(Math.floor(ms / unit), 1) * unit);
}

/** Writes a day of a file (`2026-12-31`), with its year when that is another one. */
export function writeDueDay(day: string, nowMs: number, words: Words): string {
  // noon UTC is on the same day for nearly every reader
  const atMs = Date.parse(`${day.slice(0, 10)}T12:00:00Z`);
  if (Number.isNaN(atMs)) return day;
  const sameYear = day.startsWith(String(inZone(new Date(nowMs), words.timezone).year));
  return writeDate(atMs, sameYear ? 'day' : 'dayAndYear', words);
}
