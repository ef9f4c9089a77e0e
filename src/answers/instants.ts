import { DAY, inZone } from '../lib/time.ts';
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

function formatOf(locale: string, timezone: string, part?: keyof typeof PARTS): Intl.DateTimeFormat {
  const key = `${locale} ${part} ${timezone}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { ...(part && PARTS[part]), timeZone: timezone });
    formats.set(key, format);
  }
  return format;
}

function write(at: Date, part: keyof typeof PARTS, reader: { locale: Locale; timezone: string }): string {
  return formatOf(DATE_LOCALE[reader.locale], reader.timezone, part).format(at);
}

/** Gives how many calendar days of a zone lie from `from` to `to`; negative when `to` is earlier. */
export function calendarDays(from: Date, to: Date, timezone: string): number {
  const format = formatOf('en-US', timezone);
  const midnight = (at: Date): number => {
    const [month = 1, day = 1, year = 1970] = format.format(at).split('/').map(Number);
    return Date.UTC(year, month - 1, day);
  };
  return (midnight(to) - midnight(from)) / DAY;
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
