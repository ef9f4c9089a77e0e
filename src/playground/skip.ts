import type { MovableClock } from '../lib/clock.ts';
import { DAY, inZone, SECOND } from '../lib/time.ts';
import type { DemoControls } from './types.ts';

export const MAX_SKIP_MS = 2 * DAY;
const MORNING_HOUR = 8;
/** The data are a little ahead of the clock, as the demo's driver keeps them. */
const LEAD_MS = 3 * SECOND;

/** How far to skip: a number of milliseconds, or to the next morning. */
export type Skip = { ms: number } | { until: 'morning' };

/** Gives the milliseconds from an instant to the next 08:00 in a zone. */
export function msToMorning(now: Date, timezone: string): number {
  const local = inZone(now, timezone);
  const morning = local.set({ hour: MORNING_HOUR, minute: 0, second: 0, millisecond: 0 });
  const next = morning > local ? morning : morning.plus({ days: 1 });
  return next.toMillis() - local.toMillis();
}

/** Makes the function that moves the clock forward, one move after another; the demo's data are there before the clock is. */
export function createSkipper(clock: MovableClock, demo: Pick<DemoControls, 'fillTo'> | null) {
  let last: Promise<void> = Promise.resolve();

  async function move(skip: Skip, timezone: string): Promise<void> {
    const ms = 'ms' in skip ? skip.ms : msToMorning(clock.now(), timezone);
    const fillAhead = (): Promise<void> | undefined =>
      demo?.fillTo(new Date(clock.now().getTime() + ms + LEAD_MS));
    await fillAhead();
    // Hours of data take a while in which the clock runs on.
    await fillAhead();
    clock.skip(ms);
  }

  return (skip: Skip, timezone: string): Promise<void> => {
    const moved = last.then(() => move(skip, timezone));
    last = moved.catch(() => {});
    return moved;
  };
}
