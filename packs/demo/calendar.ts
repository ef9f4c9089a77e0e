/** The shop's time: local hours and days of Madrid, and how demand moves with them. */
import { IANAZone } from 'luxon';
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts';

const ZONE = IANAZone.create('Europe/Madrid');
/** Growth counts from here; before it the shop is smaller. */
const OPENED_MS = Date.UTC(2025, 0, 1);
const YEAR_MS = 365.25 * DAY;
const GROWTH_A_YEAR = 0.28;
const SMALLEST = 0.3;

/** Orders by local hour, as a multiple of the mean hour: a lunch peak and a higher evening one. */
const HOUR_SHAPE = [
  0.55, 0.42, 0.36, 0.35, 0.35, 0.4, 0.55, 0.8, 1.0, 1.15, 1.25, 1.3, 1.3, 1.25, 1.1, 1.0, 1.05, 1.2, 1.45,
  1.65, 1.75, 1.6, 1.25, 0.85,
];
/** Monday first. */
const WEEKDAY_SHAPE = [0.98, 0.94, 0.95, 1.0, 1.12, 1.1, 0.91];
const DAY_OF_CHRISTMAS_PEAK = 352;
const DAY_OF_SUMMER_LOW = 227;

/** An instant as the shop's people see it. */
export type LocalTime = {
  ms: number;
  /** local days since 1970-01-01 */
  day: number;
  year: number;
  /** 1 to 12 */
  month: number;
  date: number;
  hour: number;
  minute: number;
  /** Monday = 0 */
  weekday: number;
  dayOfYear: number;
};

const offsets = new Map<number, number>();

/** Milliseconds to add to UTC for local time; looked up once per hour, because asking the zone is slow. */
function offsetMs(ms: number): number {
  const hour = Math.floor(ms / HOUR);
  const known = offsets.get(hour);
  if (known !== undefined) return known;
  const offset = ZONE.offset(hour * HOUR) * MINUTE;
  offsets.set(hour, offset);
  return offset;
}

/** Gives the local time of an instant. */
export function localTime(ms: number): LocalTime {
  const local = ms + offsetMs(ms);
  const wall = new Date(local);
  const day = Math.floor(local / DAY);
  const year = wall.getUTCFullYear();
  return {
    ms,
    day,
    year,
    month: wall.getUTCMonth() + 1,
    date: wall.getUTCDate(),
    hour: wall.getUTCHours(),
    minute: wall.getUTCMinutes(),
    // 1970-01-01 was a Thursday.
    weekday: (((day + 3) % 7) + 7) % 7,
    dayOfYear: day - Math.floor(Date.UTC(year, 0, 1) / DAY),
  };
}

/** Gives the instant at which a local wall clock shows a time, `wallMs` being that time read as if it were UTC. */
export function localInstant(wallMs: number): number {
  const guess = wallMs - offsetMs(wallMs);
  return wallMs - offsetMs(guess);
}

/** Gives the instant at which a local day begins. */
export function localMidnight(day: number): number {
  return localInstant(day * DAY);
}

/** Gives a local day as `YYYY-MM-DD`. */
export function dayText(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** Demand of a day against the opening year's mean day: growth, season, weekday. */
export function dayDemand(time: LocalTime): number {
  const growth = Math.max(SMALLEST, 1 + (GROWTH_A_YEAR * (time.ms - OPENED_MS)) / YEAR_MS);
  const season =
    1 +
    0.32 * hill(time.dayOfYear, DAY_OF_CHRISTMAS_PEAK, 9) -
    0.16 * hill(time.dayOfYear, DAY_OF_SUMMER_LOW, 14);
  return growth * season * (WEEKDAY_SHAPE[time.weekday] ?? 1);
}

/** Share of the day's mean hour that falls into this hour. */
export function hourShape(time: LocalTime): number {
  return HOUR_SHAPE[time.hour] ?? 1;
}

/** The same between the hours, without steps. */
export function momentShape(time: LocalTime): number {
  const here = hourShape(time);
  const next = HOUR_SHAPE[(time.hour + 1) % 24] ?? here;
  return here + ((next - here) * time.minute) / 60;
}

function hill(day: number, top: number, width: number): number {
  return Math.exp(-((day - top) ** 2) / (2 * width ** 2));
}

/** Starts of the whole steps (hours, 5-second slots) that end after `fromMs` and not after `toMs`. */
export function listSteps(stepMs: number, fromMs: number, toMs: number): number[] {
  const first = Math.floor(fromMs / stepMs) * stepMs;
  const steps: number[] = [];
  for (let start = first; start + stepMs <= toMs; start += stepMs) steps.push(start);
  return steps;
}

/** Local days that end after `fromMs` and not after `toMs`. */
export function listDays(fromMs: number, toMs: number): number[] {
  const days: number[] = [];
  for (let day = localTime(fromMs).day; localMidnight(day + 1) <= toMs; day += 1) days.push(day);
  return days;
}
