import { UnavailableError } from '../errors.ts';
import { type CopyValue, renderCopyStatement, renderCopyText } from './copy-text.ts';
import type { EmbeddedTask } from './embedded-engine.ts';
import { createEmbeddedLine } from './embedded-line.ts';
import { type Engine, type EngineFailure, type MartsLog, silentLog } from './engine.ts';
import { maskMessage } from './failures.ts';
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

/** Rows are written as text on the caller's thread: few enough not to hold it up. */
const COPY_ROWS = 5_000;

/** Opens the embedded warehouse; the engine starts at once, and its first statement waits for it. */
export function openEmbeddedWarehouse(options: EmbeddedOptions): EmbeddedWarehouse {
  const line = createEmbeddedLine(options.dataDir, options.log ?? silentLog);
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
