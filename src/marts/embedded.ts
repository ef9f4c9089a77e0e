import { UnavailableError } from '../errors.ts';
import { type CopyValue, renderCopyStatement, renderCopyText } from './copy-text.ts';
import type { EmbeddedTask } from './embedded-engine.ts';
import { type EmbeddedThread, startEmbeddedThread } from './embedded-thread.ts';
import {
  type Engine,
  type EngineAnswer,
  type EngineFailure,
  type MartsLog,
  silentLog,
  type TimedAnswer,
} from './engine.ts';
import { CLOSED, maskMessage, STOPPED, TOO_MANY } from './failures.ts';
import { createGate } from './gate.ts';
import { createWarehouse, type InspectedWarehouse } from './warehouse.ts';

export type EmbeddedOptions = {
  /** folder that keeps the data, locked by the caller; null keeps it in memory */
  dataDir: string | null;
  /** the workspace's zone */
  timezone: string;
  log?: MartsLog;
};

/** The embedded warehouse: PostgreSQL in a thread that is ended when a query overruns. */
export type EmbeddedWarehouse = InspectedWarehouse & {
  /** Runs statements that write; all of them or none. Throws UnavailableError `marts_load_failed`. */
  load(statements: string): Promise<void>;
  /** Appends rows in bulk, in portions. Throws UnavailableError `marts_load_failed`. */
  copy(table: string, columns: readonly string[], rows: Iterable<readonly CopyValue[]>): Promise<void>;
};

/** Statements that may wait for the engine; beyond, they fail at once. */
const MAX_WAITING = 20_000;
/** Rows are written as text on the caller's thread: few enough not to hold it up. */
const COPY_ROWS = 5_000;

/** Opens the embedded warehouse; the engine starts at once, and its first statement waits for it. */
export function openEmbeddedWarehouse(options: EmbeddedOptions): EmbeddedWarehouse {
  const line = createLine(options.dataDir, options.log ?? silentLog);
  const engine: Engine = {
    run: ({ text, values, timezone, timeoutMs }) =>
      line.run({ kind: 'read', text, values, timezone }, timeoutMs),
    close: () => line.close(),
  };
  const write = async (task: EmbeddedTask): Promise<void> => {
    const answer = await line.run(task, null);
    if (answer.kind === 'failed') throw loadFailed(answer);
  };
  return {
    ...createWarehouse(engine, { kind: 'embedded', concurrency: 1, timezone: options.timezone }),
    load: (statements) => write({ kind: 'load', statements }),
    copy: async (table, columns, rows) => {
      const statement = renderCopyStatement(table, columns);
      for (const portion of portions(rows, COPY_ROWS)) {
        await write({ kind: 'copy', statement, data: renderCopyText(portion) });
      }
    },
  };
}

type Line = {
  run(task: EmbeddedTask, timeoutMs: number | null): Promise<TimedAnswer>;
  close(): Promise<void>;
};

/** One task after another on a thread that is started anew when it was ended. Tasks that wait are not lost with it. */
function createLine(dataDir: string | null, log: MartsLog): Line {
  const gate = createGate(1);
  /** what a thread in memory forgets when it is ended */
  const written: EmbeddedTask[] = [];
  let waiting = 0;
  let closed = false;
  let thread: Promise<EmbeddedThread> | null = null;

  const start = async (): Promise<EmbeddedThread> => {
    const started = await startEmbeddedThread(dataDir);
    for (const task of written) await started.run(task);
    return started;
  };
  const perform = async (task: EmbeddedTask, timeoutMs: number | null): Promise<TimedAnswer> => {
    if (closed) return unavailable(CLOSED);
    let running: EmbeddedThread | null = null;
    try {
      running = await (thread ??= start());
      const begun = performance.now();
      const answer = await withTimeout(running, task, timeoutMs);
      const ranMs = performance.now() - begun;
      if (answer === 'overran') {
        thread = null;
        return { ...unavailable('no answer in time'), fault: 'timeout', ranMs };
      }
      if (dataDir === null && task.kind !== 'read' && answer.kind === 'rows') written.push(task);
      return { ...answer, ranMs };
    } catch (error) {
      thread = null;
      await running?.end();
      log.warn(
        { reason: error instanceof Error ? error.message : String(error) },
        'the embedded warehouse has stopped',
      );
      return unavailable(STOPPED);
    }
  };

  thread = start();
  // the first statement hears of it, and tries again
  thread.catch(() => undefined);
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
      await gate.run(async () => {
        const running = await thread?.catch(() => null);
        thread = null;
        await running?.close();
      });
    },
  };
}

/** Gives the answer, or ends the thread when its time is over. */
async function withTimeout(
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

function loadFailed(failure: EngineFailure): UnavailableError {
  const reason = failure.code === null ? failure.message : maskMessage(failure);
  return new UnavailableError('marts_load_failed', `The embedded warehouse could not be written: ${reason}`, {
    details: { reason },
  });
}

function* portions<T>(items: Iterable<T>, size: number): Generator<T[]> {
  let portion: T[] = [];
  for (const item of items) {
    portion.push(item);
    if (portion.length < size) continue;
    yield portion;
    portion = [];
  }
  if (portion.length > 0) yield portion;
}
