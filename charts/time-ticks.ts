import type { DateTime } from 'luxon';

import { HOUR, inZone, MINUTE } from '../src/lib/time.ts';
import type { Words } from '../src/answers/index.ts';
import { writeDate, type DatePart } from './dates.ts';
import type { Grain } from './ranges.ts';

export type TimeTick = { atMs: number; label: string };

type TickRule = {
  /** the calendar unit that the first tick is a start of */
  floor: 'day' | 'week' | 'month';
  every: { size: number; unit: 'hour' | 'day' | 'week' | 'month' };
  part: DatePart;
};

/** Ticks stand where days, weeks and months begin for the reader. */
const RULES: Record<Exclude<Grain, 'hours'>, TickRule> = {
  '1d': { floor: 'day', every: { size: 6, unit: 'hour' }, part: 'time' },
  '7d': { floor: 'day', every: { size: 1, unit: 'day' }, part: 'weekdayAndDay' },
  '28d': { floor: 'week', every: { size: 1, unit: 'week' }, part: 'day' },
  '90d': { floor: 'month', every: { size: 1, unit: 'month' }, part: 'month' },
  year: { floor: 'month', every: { size: 2, unit: 'month' }, part: 'month' },
};

const SHORT_TICKS_MAX = 6;
const SHORT_STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120].map((minutes) => minutes * MINUTE);

/** Lists the ticks of a span: round minutes, six-hourly, midnights, Mondays, or firsts of months in the reader's zone. */
export function listTimeTicks(
  span: { fromMs: number; toMs: number },
  grain: Grain,
  words: Words,
): TimeTick[] {
  if (grain === 'hours') return listShortTicks(span, words);
  const rule = RULES[grain];
  const start = inZone(new Date(span.fromMs), words.timezone).startOf(rule.floor);
  const found: TimeTick[] = [];
  // counted from the start each time: adding day to day would drift where a day has 23 hours
  for (let index = 0; ; index += 1) {
    const at = plusSteps(start, rule.every, index);
    const atMs = at.toMillis();
    if (atMs > span.toMs) return found;
    if (atMs >= span.fromMs) found.push({ atMs, label: writeDate(atMs, partOf(at, rule), words) });
  }
}

/** Round minutes of the clock. */
function listShortTicks({ fromMs, toMs }: { fromMs: number; toMs: number }, words: Words): TimeTick[] {
  const stepMs = SHORT_STEPS_MS.find((step) => (toMs - fromMs) / step <= SHORT_TICKS_MAX) ?? HOUR;
  const midnight = inZone(new Date(fromMs), words.timezone).startOf('day').toMillis();
  const first = midnight + Math.ceil((fromMs - midnight) / stepMs) * stepMs;
  const count = Math.floor((toMs - first) / stepMs) + 1;
  return Array.from({ length: Math.max(0, count) }, (_, index) => {
    const atMs = first + index * stepMs;
    return { atMs, label: writeDate(atMs, 'time', words) };
  });
}

function plusSteps(start: DateTime, { size, unit }: TickRule['every'], count: number): DateTime {
  if (unit !== 'hour') return start.plus({ [unit]: size * count });
  // by the clock on the wall: 06:00 is not six hours after midnight on the day the clocks change
  const perDay = 24 / size;
  return start.plus({ day: Math.floor(count / perDay) }).set({ hour: (count % perDay) * size });
}

/** Midnight is named by its day, January by its year. */
function partOf(at: DateTime, rule: TickRule): DatePart {
  if (rule.part === 'time' && at.hour === 0) return 'weekdayAndDay';
  if (rule.part === 'month' && at.month === 1) return 'monthAndYear';
  return rule.part;
}
