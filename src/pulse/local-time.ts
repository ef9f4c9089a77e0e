import { InputError } from '../errors.ts';
import { HOUR, inZone, MINUTE } from '../lib/time.ts';

// Wall-clock times are numbers here: the milliseconds that Date.UTC gives of what the clock on the wall shows.

/** Zones reach from UTC−12 to UTC+14: an instant with a given wall-clock time lies within these of that number. */
const EARLIEST_MS = 15 * HOUR;
const LATEST_MS = 13 * HOUR;

/** Gives what a zone's clocks are ahead of UTC at an instant, in milliseconds. Throws InputError `timezone_unknown`. */
export function offsetMs(atMs: number, zone: string): number {
  const minutes = inZone(new Date(atMs), zone).offset;
  if (Number.isNaN(minutes)) {
    throw new InputError('timezone_unknown', `"${zone}" is no time zone. Use a name such as Europe/Madrid.`);
  }
  return minutes * MINUTE;
}

/**
 * Gives the first instant at which a zone's clocks show a wall-clock time. A time that clocks jump over is the jump itself; of
 * a time that they show twice it is the earlier one.
 */
export function firstInstantOf(wallMs: number, zone: string): number {
  const earliest = wallMs - EARLIEST_MS;
  const latest = wallMs + LATEST_MS;
  const before = offsetMs(earliest, zone);
  const after = offsetMs(latest, zone);
  if (before === after) return wallMs - before;
  for (const offset of [before, after]) {
    if (offsetMs(wallMs - offset, zone) === offset) return wallMs - offset;
  }
  return findTransition(earliest, latest, zone);
}

function findTransition(fromMs: number, toMs: number, zone: string): number {
  const before = offsetMs(fromMs, zone);
  let low = fromMs;
  let high = toMs;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(middle, zone) === before) low = middle;
    else high = middle;
  }
  return high;
}
