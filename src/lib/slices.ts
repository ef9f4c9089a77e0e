import { setImmediate } from 'node:timers/promises';

/** Runs work that yields between its slices, letting everything else that waits go first at each of them. */
export async function runInSlices<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const slice = work.next();
    if (slice.done === true) return slice.value;
    await setImmediate();
  }
}
