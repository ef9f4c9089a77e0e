import type { DateTime } from 'luxon';

import { inZone } from '../lib/time.ts';
import type { Locale } from '../registry/index.ts';

/** English dates are written day first and in 24 hours, as in the rest of the product. */
const DATE_LOCALE: Record<Locale, string> = { en: 'en-GB', ru: 'ru' };

const PARTS = {
  time: { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
  weekday: { weekday: 'short' },
  day: { day: 'numeric', month: 'short' },
  dayAndYear: { day: 'numeric', month: 'short', year: 'numeric' },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

const formats = new Map<string, Intl.DateTimeFormat>();

function write(at: Date, part: keyof typeof PARTS, reader: { locale: Locale; timezone: string }): string {
  const key = `${reader.locale} ${part} ${reader.timezone}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(DATE_LOCALE[reader.locale], {
      ...PARTS[part],
      timeZone: reader.timezone,
    });
    formats.set(key, format);
  }
  return format.format(at);
}

/** Gives how many calendar days of a zone lie from `from` to `to`; negative when `to` is earlier. */
export function calendarDays(from: Date, to: Date, timezone: string): number {
  const midnight = (at: Date): DateTime => inZone(at, timezone).startOf('day');
  return Math.round(midnight(to).diff(midnight(from), 'days').days);
}

/** Gives `13:45` today, `Fri 13:45` within a week, `12 Nov 13:45` else, with the year when it is another one. */
export function formatTime(at: Date, now: Date, reader: { locale: Locale; timezone: string }): string {
  const time = write(at, 'time', reader);
  const days = calendarDays(now, at, reader.timezone);
  if (days === 0) return time;
  if (Math.abs(days) < 7) return `${write(at, 'weekday', reader)} ${time}`;
  const sameYear = inZone(at, reader.timezone).year === inZone(now, reader.timezone).year;
  return `${write(at, sameYear ? 'day' : 'dayAndYear', reader)} ${time}`;
}

/** Gives the day of an instant without its time: `12 Nov 2026`. */
export function formatDay(at: Date, reader: { locale: Locale; timezone: string }): string {
  return write(at, 'dayAndYear', reader);
}
