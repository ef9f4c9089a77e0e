import type { EmbeddedTask } from './embedded-engine.ts';
import { type EmbeddedThread, startEmbeddedThread } from './embedded-thread.ts';
import type { EngineAnswer, EngineFailure, MartsLog, TimedAnswer } from './engine.ts';
import { CLOSED, STOPPED, TOO_MANY } from './failures.ts';
import { createGate } from './gate.ts';

/** Tasks for the embedded engine, one after another. */
export type EmbeddedLine = {
  /** Runs a task when it is its turn; one that takes longer than `timeoutMs` is ended with its thread. Never throws. */
  run(task: EmbeddedTask, timeoutMs: number | null): Promise<TimedAnswer>;
  /** Lets the task that runs end, for a while; those that wait fail. */
  close(): Promise<void>;
};

/** Tasks that may wait for the engine; beyond, they fail at once. */
const MAX_WAITING = 20_000;
const CLOSE_PATIENCE_MS = 2_000;

/** Starts the engine's thread, and starts it anew when it was ended; tasks that wait are not lost with it. */
export function createEmbeddedLine(dataDir: string | null, log: MartsLog): EmbeddedLine {
  const gate = createGate(1);
  /** what a thread in memory forgets when it is ended */
  const written: EmbeddedTask[] = [];
  let waiting = 0;
  let closed = false;

  const start = async (): Promise<EmbeddedThread> => {
    const started = await startEmbeddedThread(dataDir);
    for (const task of written) await started.run(task);
    return started;
  };
  let thread: Promise<EmbeddedThread> | null = start();
  // the first task hears of it, and the next one tries again
  thread.catch(() => undefined);

  const perform = async (task: EmbeddedTask, timeoutMs: number | null): Promise<TimedAnswer> => {
    if (closed) return unavailable(CLOSED);
    try {
      const running = await (thread ??= start());
      const begun = performance.now();
      const answer = await runWithin(running, task, timeoutMs);
      const ranMs = performance.now() - begun;
      if (answer === 'overran') {
        thread = null;
        return { ...unavailable('no answer in time'), fault: 'timeout', ranMs };
      }
      if (dataDir === null && task.kind !== 'read' && answer.kind === 'rows') written.push(task);
      return { ...answer, ranMs };
    } catch (error) {
      thread = null;
      const reason = error instanceof Error ? error.message : String(error);
      if (!closed) log.warn({ reason }, 'the embedded warehouse has stopped');
      return unavailable(closed ? CLOSED : STOPPED);
    }
  };

  return {
    run: async (task, timeoutMs) => {
      if (waiting >= MAX_WAITING) return unavailable(TOO_MANY);
      waiting += 1;
      try {
        return await gate.run(() => perform(task, timeoutMs));
      } finally {
        waiting -= 1;
      }
    },
    close: async () => {
      closed = true;
      const running = await thread?.catch(() => null);
      const patience = setTimeout(() => void running?.end(), CLOSE_PATIENCE_MS);
      await gate.run(async () => {
        clearTimeout(patience);
        await running?.close();
      });
    },
  };
}

/** Gives the answer, or ends the thread when its time is over. */
async function runWithin(
  thread: EmbeddedThread,
  task: EmbeddedTask,
  timeoutMs: number | null,
): Promise<EngineAnswer | 'overran'> {
  const answer = thread.run(task);
  if (timeoutMs === null) return answer;
  // ended on purpose below: its rejection then says nothing new
  answer.catch(() => undefined);
  let timer: NodeJS.Timeout | undefined;
  const overran = new Promise<'overran'>((resolve) => {
    timer = setTimeout(() => resolve('overran'), timeoutMs);
  });
  const first = await Promise.race([answer, overran]).finally(() => clearTimeout(timer));
  if (first === 'overran') await thread.end();
  return first;
}

function unavailable(message: string): EngineFailure & { ranMs: number } {
  return { kind: 'failed', fault: 'connection', code: null, message, hint: null, position: null, ranMs: 0 };
}
