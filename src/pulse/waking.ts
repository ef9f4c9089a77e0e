import { SECOND } from '../lib/time.ts';

/** Between two looks this far apart the process slept, was kept from its database, or its clock was moved. */
const ASLEEP_MS = 10 * SECOND;
/** So long after that, what was missed may be on its way. */
const CATCH_UP_MS = 10 * SECOND;

/** Tells a source that is silent from a process that has just woken up. */
export interface Waking {
  /** Notes that a look begins now, and when the one before it ended. */
  look(now: Date, lastAt: Date | null): void;
  /** What was due by then and is not computed yet was never asked for; null once it was time enough. */
  untried(now: Date): Date | null;
}

/** Follows when a process woke up: at its start, or after a gap between two looks. */
export function followWaking(): Waking {
  let awakeSince = new Date(0);
  return {
    look(now, lastAt) {
      if (Math.abs(now.getTime() - (lastAt?.getTime() ?? 0)) > ASLEEP_MS) awakeSince = now;
    },
    untried: (now) => (now.getTime() - awakeSince.getTime() < CATCH_UP_MS ? awakeSince : null),
  };
}
