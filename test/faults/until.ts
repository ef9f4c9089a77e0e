import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_MS = 50;
/** Where no promise says how long something may take, a busy machine is waited for. */
const PATIENCE_MS = 30_000;

/** Waits until `find` gives something, and gives it; says `what` was waited for, and what was seen last, when that takes too long. */
export async function until<T>(
  what: string,
  find: () => Promise<T | undefined | null | false> | T | undefined | null | false,
  timeoutMs = PATIENCE_MS,
): Promise<T> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const found = await find();
    if (found !== undefined && found !== null && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`${what}: not within ${timeoutMs / 1000} s`);
    await sleep(LOOK_MS);
  }
}
