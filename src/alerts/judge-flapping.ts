import type { Level } from './types.ts';

/** How many levels flapping looks at, and what a change weighs from the oldest to the newest: as Nagios does it. */
export const RECENT_LEVELS = 21;
const OLDEST_WEIGHT = 0.75;
const NEWEST_WEIGHT = 1.25;
const START_SHARE = 0.2;
const STOP_SHARE = 0.05;
const CHANGES = RECENT_LEVELS - 1;

/**
 * Gives the weighted share, 0 to 1, of changes among the last 21 levels (newest last); levels that are not there yet count
 * as unchanged. Source: Nagios, "Detection and Handling of State Flapping".
 */
export function flapShare(recent: readonly Level[]): number {
  const levels = recent.slice(-RECENT_LEVELS);
  const missing = RECENT_LEVELS - levels.length;
  const weight = levels.reduce((sum, level, index) => {
    if (index === 0 || level === levels[index - 1]) return sum;
    const position = missing + index - 1;
    return sum + OLDEST_WEIGHT + (position * (NEWEST_WEIGHT - OLDEST_WEIGHT)) / (CHANGES - 1);
  }, 0);
  return weight / CHANGES;
}

/** Tells whether flapping goes on. */
export function goesOnFlapping(recent: readonly Level[]): boolean {
  return flapShare(recent) > STOP_SHARE;
}

/** Tells whether there are changes enough to call it flapping. */
export function startsFlapping(recent: readonly Level[]): boolean {
  return flapShare(recent) >= START_SHARE;
}
