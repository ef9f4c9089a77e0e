/** Tells the time and waits. Two kinds exist: the system's, and one that the playground and tests can move. */
export interface Clock {
  now(): Date;
}

export const systemClock: Clock = { now: () => new Date() };

/** A clock that runs with the system's from a chosen instant on, and can be moved. */
export interface MovableClock extends Clock {
  /** Moves the clock by a number of milliseconds; negative moves it back. */
  skip(ms: number): void;
}

/** Gives a clock that starts at `start` (now unless given) and runs at the system's pace. */
export function createMovableClock(start: Date = new Date()): MovableClock {
  let offsetMs = start.getTime() - Date.now();
  return {
    now: () => new Date(Date.now() + offsetMs),
    skip: (ms) => {
      offsetMs += ms;
    },
  };
}
