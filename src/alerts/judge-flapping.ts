import type { Level } from './types.ts';

/** How many levels flapping looks at. */
export const RECENT_LEVELS = 21;
const CHANGES = RECENT_LEVELS - 1;
/** A change weighs from 0.75 (the oldest) to 1.25 (the newest); counted in 76ths, so that bounds are exact. */
const UNITS = 76;
const OLDEST_UNITS = 57;
const UNITS_A_STEP = 2;
const START_SHARE = 0.2;
const STOP_SHARE = 0.05;

/**
 * Gives the weighted share, 0 to 1, of changes among the last 21 levels (newest last); levels that are not there yet count
 * as unchanged. Source: Nagios, "Detection and Handling of State Flapping".
 */
export function flapShare(recent: readonly Level[]): number {
  const levels = recent.slice(-RECENT_LEVELS);
  const missing = RECENT_LEVELS - levels.length;
  const units = levels.reduce((sum, level, index) => {
    const isChange = index > 0 && level !== levels[index - 1];
    return isChange ? sum + OLDEST_UNITS + UNITS_A_STEP * (missing + index - 1) : sum;
  }, 0);
  return units / (UNITS * CHANGES);
}

/** Tells whether flapping goes on. */
export function goesOnFlapping(recent: readonly Level[]): boolean {
  return flapShare(recent) > STOP_SHARE;
}

/** Tells whether there are changes enough to call it flapping. */
export function startsFlapping(recent: readonly Level[]): boolean {
  return flapShare(recent) >= START_SHARE;
}
