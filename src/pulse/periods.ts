import { DAY, HOUR, MINUTE } from '../lib/time.ts';
import type { Period } from '../registry/index.ts';
import { firstInstantOf, offsetMs } from './local-time.ts';

/** Periods are counted from Monday, 5 January 1970, so that `7d` and `1w` are the same weeks. */
const FIRST_MONDAY_MS = 4 * DAY;
/** Every zone's offset is a multiple of this: shorter periods that divide it are the same in all zones. */
const ZONE_STEP_MS = 15 * MINUTE;

/** `fixed` periods are counted in elapsed time; `wall` ones by the clock on the wall: whole days, or parts that divide a day. */
function isFixed({ ms }: Period): boolean {
  if (ms % DAY === 0) return false;
  return DAY % ms !== 0 || ZONE_STEP_MS % ms === 0;
}

/** Gives the last boundary of a period that is not after an instant, in a zone. */
export function periodStart(period: Period, at: Date, zone: string): Date {
  const { ms } = period;
  const t = at.getTime();
  if (isFixed(period)) return new Date(Math.floor(t / ms) * ms);
  const start = hourlyBoundary(t, ms, zone, 0) ?? slotAt(t, ms, zone).start;
  return new Date(start);
}

/** Gives the first boundary of a period that is after an instant, in a zone. */
export function nextPeriodStart(period: Period, at: Date, zone: string): Date {
  const { ms } = period;
  const t = at.getTime();
  if (isFixed(period)) return new Date((Math.floor(t / ms) + 1) * ms);
  const next = hourlyBoundary(t, ms, zone, 1) ?? slotAt(t, ms, zone).next;
  return new Date(next);
}

/**
 * Gives the boundary `count` periods after (or before, when negative) a boundary. Of an instant that is no boundary, whole
 * days keep its time of day and shorter periods are elapsed time.
 */
export function addPeriods(period: Period, boundary: Date, count: number, zone: string): Date {
  const { ms } = period;
  const t = boundary.getTime();
  const elapsed = t + count * ms;
  if (isFixed(period) || count === 0) return new Date(elapsed);
  const shift = offsetMs(elapsed, zone) - offsetMs(t, zone);
  if (countsHours(t, ms, zone) && shift % ms === 0) return new Date(elapsed);
  const slot = slotAt(t, ms, zone);
  if (slot.start === t) return new Date(slotsAway(slot, count, ms, zone));
  if (ms % DAY !== 0) return new Date(elapsed);
  return new Date(firstInstantOf(t + offsetMs(t, zone) + count * ms, zone));
}

/**
 * Parts of an hour: where clocks are put back by whole periods, those hours are periods of their own. Gives undefined where
 * clocks change, within a day, by less than a period (Lord Howe: 30 minutes).
 */
function hourlyBoundary(t: number, ms: number, zone: string, step: 0 | 1): number | undefined {
  if (!countsHours(t, ms, zone)) return undefined;
  const offset = offsetMs(t, zone);
  return (Math.floor((t + offset) / ms) + step) * ms - offset;
}

function countsHours(t: number, ms: number, zone: string): boolean {
  if (HOUR % ms !== 0) return false;
  const offset = offsetMs(t, zone);
  return [t - DAY, t + DAY].every((near) => (offsetMs(near, zone) - offset) % ms === 0);
}

type Slot = { wall: number; start: number; next: number };

/** The slot of the wall clock that holds an instant; a slot begins once, also when clocks are put back over its beginning. */
function slotAt(t: number, ms: number, zone: string): Slot {
  let wall = Math.floor((t + offsetMs(t, zone) - FIRST_MONDAY_MS) / ms) * ms + FIRST_MONDAY_MS;
  let start = firstInstantOf(wall, zone);
  let next = firstInstantOf(wall + ms, zone);
  while (next <= t) {
    wall += ms;
    start = next;
    next = firstInstantOf(wall + ms, zone);
  }
  return { wall, start, next };
}

// Slots that clocks jump over begin together: going back must not end where it began.
function slotsAway(slot: Slot, count: number, ms: number, zone: string): number {
  let wall = slot.wall + count * ms;
  if (count > 0) return firstInstantOf(wall, zone);
  while (firstInstantOf(wall, zone) >= slot.start) wall -= ms;
  return firstInstantOf(wall, zone);
}
