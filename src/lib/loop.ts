import { setTimeout as sleep } from 'node:timers/promises';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 5_000;

export type LoopOptions = {
  /** One look at what is due; true: look again at once, there may be more. */
  pass: () => Promise<boolean>;
  /** how long to wait for the bell after a pass that found nothing, in ms */
  idleMs: () => number;
  /** a pass failed; it is tried again after 0.5 s, then 1 s, at most 5 s */
  onError: (error: unknown) => void;
};

export interface Loop {
  start(): void;
  /** Ends after the pass under way. */
  stop(): Promise<void>;
  /** Rings the bell: a waiting loop looks at once. */
  kick(): void;
  /** the last pass failed for this reason; null when it worked */
  readonly lastError: string | null;
}

/** Runs a pass again and again: at once while it finds work, after a wait or a bell when not, patiently when it fails. */
export function createLoop({ pass, idleMs, onError }: LoopOptions): Loop {
  const ended = new AbortController();
  let bell = Promise.withResolvers<void>();
  let running: Promise<void> = Promise.resolve();
  let failures = 0;
  let lastError: string | null = null;

  async function turn(): Promise<void> {
    bell = Promise.withResolvers<void>();
    try {
      const more = await pass();
      failures = 0;
      lastError = null;
      if (!more) await Promise.race([bell.promise, pause(idleMs())]);
    } catch (error) {
      failures += 1;
      lastError = error instanceof Error ? error.message : String(error);
      onError(error);
      await pause(Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures - 1)));
    }
  }

  async function run(): Promise<void> {
    while (!ended.signal.aborted) await turn();
  }

  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal: ended.signal }).catch(() => {});

  return {
    start: () => {
      running = run();
    },
    stop: () => {
      ended.abort();
      return running;
    },
    kick: () => bell.resolve(),
    get lastError() {
      return lastError;
    },
  };
}

/** Tries until it works: after 0.5 s, then 1 s, at most every 5 s. */
export async function untilDone(work: () => Promise<void>, onError: (error: unknown) => void): Promise<void> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    try {
      return await work();
    } catch (error) {
      onError(error);
      await sleep(waitMs);
    }
  }
}
