import type { DateTime } from 'luxon';

import { inZone } from '../src/lib/time.ts';
import type { Words } from '../src/answers/index.ts';
import { writeDate, type DatePart } from './dates.ts';
import type { CardRange } from './types.ts';

export type TimeTick = { atMs: number; label: string };

type TickRule = {
  /** the calendar unit that the first tick is a start of */
  floor: 'day' | 'week' | 'month';
  every: { size: number; unit: 'hour' | 'day' | 'week' | 'month' };
  part: DatePart;
};

/** Ticks stand where days, weeks and months begin for the reader. */
const RULES: Record<CardRange, TickRule> = {
  '1d': { floor: 'day', every: { size: 6, unit: 'hour' }, part: 'time' },
  '7d': { floor: 'day', every: { size: 1, unit: 'day' }, part: 'weekdayAndDay' },
  '28d': { floor: 'week', every: { size: 1, unit: 'week' }, part: 'day' },
  '90d': { floor: 'month', every: { size: 1, unit: 'month' }, part: 'month' },
};

/** Lists the ticks of a range: six-hourly, midnights, Mondays, or firsts of months in the reader's zone. */
export function listTimeTicks(
  span: { fromMs: number; toMs: number },
  range: CardRange,
  words: Words,
): TimeTick[] {
  const rule = RULES[range];
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
