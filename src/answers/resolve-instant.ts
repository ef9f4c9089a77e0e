import type { DateTime } from 'luxon';

/** A time of day. */
export type Clock = { hour: number; minute: number };
/** A day as people name it. */
export type Day =
  | { kind: 'ahead'; days: number }
  /** 1 = Monday */
  | { kind: 'weekday'; weekday: number }
  | { kind: 'workday' }
  | { kind: 'date'; year: number | undefined; month: number; day: number };

/** When a day's work begins: what a day without a time means. */
export const MORNING: Clock = { hour: 9, minute: 0 };
const SATURDAY = 6;
const WEEK_DAYS = 7;

/**
 * Gives the first instant after `now`, in its zone, that a day and a time name; 09:00 where only a day is named, undefined where
 * they name none. A time that the clocks leave out is an hour later.
 */
export function resolveInstant(
  day: Day | undefined,
  clock: Clock | undefined,
  now: DateTime,
): DateTime | undefined {
  if (day === undefined) return clock && firstAfter(now, clock, () => true);
  switch (day.kind) {
    case 'ahead':
      // "today" alone names no instant
      if (day.days === 0 && clock === undefined) return undefined;
      return onDay(now.plus({ days: day.days }), clock ?? MORNING, now);
    case 'weekday':
      return firstAfter(now, clock ?? MORNING, (date) => date.weekday === day.weekday);
    case 'workday':
      return nextWorkingDay(now, clock);
    case 'date':
      return onDate(day, clock ?? MORNING, now);
  }
}

/** Gives the next 09:00 (or another time) of a Monday to Friday, in the zone of `now`. */
export function nextWorkingDay(now: DateTime, clock: Clock = MORNING): DateTime {
  return firstAfter(now, clock, (date) => date.weekday < SATURDAY);
}

function onDate(
  { year, month, day }: Extract<Day, { kind: 'date' }>,
  clock: Clock,
  now: DateTime,
): DateTime | undefined {
  const date = now.startOf('day').set({ year: year ?? now.year, month, day });
  // luxon turns 31 April into 30 April
  if (!date.isValid || date.day !== day || date.month !== month) return undefined;
  const isNextYear = year === undefined && date < now.startOf('day');
  return onDay(isNextYear ? date.plus({ years: 1 }) : date, clock, now);
}

function firstAfter(now: DateTime, clock: Clock, isWanted: (date: DateTime) => boolean): DateTime {
  let date = now;
  for (let days = 0; days <= WEEK_DAYS; days += 1) {
    date = now.plus({ days });
    const at = onDay(date, clock, now);
    if (isWanted(date) && at > now) return at;
  }
  return onDay(date, clock, now);
}

/** Where the clocks are set back a time comes twice: the one that is still ahead is meant. */
function onDay(date: DateTime, clock: Clock, now: DateTime): DateTime {
  const at = date.startOf('day').set({ ...clock, second: 0, millisecond: 0 });
  const again = at.plus({ hours: 1 });
  return at <= now && again.hour === at.hour && again.minute === at.minute ? again : at;
}
