import type { DateTime } from 'luxon';
import { MORNING, resolveInstant, type Clock, type Day } from './resolve-instant.ts';

const AHEAD: readonly [RegExp, number][] = [
  [/^(?:day after tomorrow|послезавтра)/u, 2],
  [/^(?:tomorrow|tmrw?|завтра)(?!\p{L})/u, 1],
  [/^(?:today|сегодня)(?!\p{L})/u, 0],
];
const WORKDAY =
  /^(?:next\s+)?(?:working|work|business)\s*day(?!\p{L})|^(?:следующ\p{L}+\s+)?рабоч\p{L}+\s+д(?:ень|ня)(?!\p{L})/u;
const WEEKDAY = /^(?:next\s+|следующ\p{L}+\s+)?(\p{L}{2,12})\.?(?!\p{L})/u;
const WEEKDAYS = [
  /^(?:mon(?:day)?|пн|понедельник[ау]?)$/u,
  /^(?:tue(?:s|sday)?|вт|вторник[ау]?)$/u,
  /^(?:wed(?:s|nesday)?|ср|сред[аыу])$/u,
  /^(?:thu(?:rs?|rsday)?|чт|четверг[ау]?)$/u,
  /^(?:fri(?:day)?|пт|пятниц[аыу])$/u,
  /^(?:sat(?:urday)?|сб|суббот[аыу])$/u,
  /^(?:sun(?:day)?|вс|воскресень[еяю])$/u,
];
const MONTHS = [
  /^(?:jan|янв)/u,
  /^(?:feb|фев)/u,
  /^(?:mar|мар)/u,
  /^(?:apr|апр)/u,
  /^(?:may|ма[йя])/u,
  /^(?:jun|июн)/u,
  /^(?:jul|июл)/u,
  /^(?:aug|авг)/u,
  /^(?:sep|сен)/u,
  /^(?:oct|окт)/u,
  /^(?:nov|ноя)/u,
  /^(?:dec|дек)/u,
];
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:t(?=\d))?/u;
const DOTTED_DATE = /^(\d{1,2})\.(\d{1,2})(?:\.(\d{4}))?(?![\d.])/u;
const DAY_MONTH = /^(\d{1,2})\s+(\p{L}{3,9})\.?(?:\s+(\d{4}))?(?![\d\p{L}:])/u;
const MONTH_DAY = /^(\p{L}{3,9})\.?\s+(\d{1,2})(?![\d:.])/u;

const TIME = /^(\d{1,2}):(\d{2})(?::\d{2})?\s*(am|pm)?(?![\d\p{L}:])/u;
const HOUR_12 = /^(\d{1,2})\s*(am|pm)(?!\p{L})/u;
const HOUR = /^(\d{1,2})(?:\s*(?:ч|час\p{L}*|o'?clock))?$/u;
const TIME_WORDS: readonly [RegExp, Clock][] = [
  [/^(?:in the )?morning(?!\p{L})|^утр(?:о|а|ом)(?!\p{L})/u, MORNING],
  [/^noon(?!\p{L})|^полд(?:ень|ня)(?!\p{L})/u, { hour: 12, minute: 0 }],
  [/^(?:in the )?evening(?!\p{L})|^вечер(?:а|ом)?(?!\p{L})/u, { hour: 18, minute: 0 }],
];
const FILLER = /^(?:(?:at|on|the|в|во|к)(?=\s|\d)|,)\s*/u;

type Taken<T> = { value: T; length: number };

/**
 * Reads `tomorrow 8:30`, `monday`, `18:00`, `2026-12-01 09:00`, `1 dec 9:00`, `next working day`, also in Russian: the first such
 * instant after `now`, in the zone of `now`. Without a time it is 09:00; a time that the clocks leave out is an hour later.
 */
export function parseInstant(text: string, now: DateTime): DateTime | undefined {
  let rest = text;
  let day: Day | undefined;
  let clock: Clock | undefined;
  while (rest !== '') {
    const filler = FILLER.exec(rest)?.[0];
    const foundDay = filler === undefined && day === undefined ? takeDay(rest) : undefined;
    const foundClock = filler === undefined && !foundDay && clock === undefined ? takeClock(rest) : undefined;
    day = foundDay?.value ?? day;
    clock = foundClock?.value ?? clock;
    const length = filler?.length ?? foundDay?.length ?? foundClock?.length ?? 0;
    if (length === 0) return undefined;
    rest = rest.slice(length).trimStart();
  }
  return resolveInstant(day, clock, now);
}

function takeDay(text: string): Taken<Day> | undefined {
  for (const [pattern, days] of AHEAD) {
    const match = pattern.exec(text);
    if (match) return { value: { kind: 'ahead', days }, length: match[0].length };
  }
  const workday = WORKDAY.exec(text);
  if (workday) return { value: { kind: 'workday' }, length: workday[0].length };
  const named = WEEKDAY.exec(text);
  const weekday = WEEKDAYS.findIndex((pattern) => pattern.test(named?.[1] ?? '')) + 1;
  if (named && weekday > 0) return { value: { kind: 'weekday', weekday }, length: named[0].length };
  return takeDate(text);
}

function takeDate(text: string): Taken<Day> | undefined {
  const iso = ISO_DATE.exec(text);
  if (iso) return dateOf(iso, { year: iso[1], month: Number(iso[2]), day: iso[3] });
  const dotted = DOTTED_DATE.exec(text);
  if (dotted) return dateOf(dotted, { year: dotted[3], month: Number(dotted[2]), day: dotted[1] });
  const dayMonth = DAY_MONTH.exec(text);
  const month = monthOf(dayMonth?.[2]);
  if (dayMonth && month > 0) return dateOf(dayMonth, { year: dayMonth[3], month, day: dayMonth[1] });
  const monthDay = MONTH_DAY.exec(text);
  const first = monthOf(monthDay?.[1]);
  return monthDay && first > 0
    ? dateOf(monthDay, { year: undefined, month: first, day: monthDay[2] })
    : undefined;
}

function monthOf(name: string | undefined): number {
  return name === undefined ? 0 : MONTHS.findIndex((pattern) => pattern.test(name)) + 1;
}

function dateOf(
  [whole]: RegExpExecArray,
  { year, month, day }: { year: string | undefined; month: number; day: string | undefined },
): Taken<Day> {
  const value: Day = {
    kind: 'date',
    year: year === undefined ? undefined : Number(year),
    month,
    day: Number(day),
  };
  return { value, length: whole.length };
}

function takeClock(text: string): Taken<Clock> | undefined {
  for (const [pattern, value] of TIME_WORDS) {
    const match = pattern.exec(text);
    if (match) return { value, length: match[0].length };
  }
  const [whole, hour, minute, half] = TIME.exec(text) ?? [];
  if (whole !== undefined) return clockOf(whole, { hour: Number(hour), minute: Number(minute), half });
  const [short, on12, of12] = HOUR_12.exec(text) ?? [];
  if (short !== undefined) return clockOf(short, { hour: Number(on12), minute: 0, half: of12 });
  const [bare, on24] = HOUR.exec(text) ?? [];
  return bare === undefined ? undefined : clockOf(bare, { hour: Number(on24), minute: 0, half: undefined });
}

function clockOf(
  { length }: string,
  { hour, minute, half }: Clock & { half: string | undefined },
): Taken<Clock> | undefined {
  if (minute > 59 || hour > 23) return undefined;
  if (half === undefined) return { value: { hour, minute }, length };
  if (hour < 1 || hour > 12) return undefined;
  return { value: { hour: (hour % 12) + (half === 'pm' ? 12 : 0), minute }, length };
}
