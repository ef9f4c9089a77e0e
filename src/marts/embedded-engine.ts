import { mkdir } from 'node:fs/promises';
import { PGlite } from '@electric-sql/pglite';
import type { EngineAnswer } from './engine.ts';
import { toEngineFailure } from './failures.ts';

/** What the worker is asked to do. `read` is a metric's; the others write, and only a data generator and tests send them. */
export type EmbeddedTask =
  | { kind: 'read'; text: string; values: readonly string[]; timezone: string }
  | { kind: 'load'; statements: string }
  | { kind: 'copy'; statement: string; data: string };

/** PostgreSQL inside this thread. */
export type EmbeddedEngine = {
  run(task: EmbeddedTask): Promise<EngineAnswer>;
  close(): Promise<void>;
};

// The engine's default of 128 MB would stay in memory once a query has read that much.
const SETTINGS = ['shared_buffers=32MB', 'jit=off'];

/** Opens the engine on a folder, or in memory (null); every session reads only, except for loads. */
export async function openEmbeddedEngine(folder: string | null): Promise<EmbeddedEngine> {
  if (folder !== null) await mkdir(folder, { recursive: true });
  const engine = await PGlite.create({
    ...(folder === null ? {} : { dataDir: folder }),
    postgresqlconf: SETTINGS,
  });
  await engine.exec('set default_transaction_read_only = on');
  let timezone: string | null = null;

  const read = async (task: Extract<EmbeddedTask, { kind: 'read' }>): Promise<EngineAnswer> => {
    if (timezone !== task.timezone) {
      await engine.query("select set_config('timezone', $1, false)", [task.timezone]);
      timezone = task.timezone;
    }
    const { fields, rows } = await engine.query<unknown[]>(task.text, [...task.values], { rowMode: 'array' });
    return {
      kind: 'rows',
      columns: fields.map(({ name }) => name),
      rows: rows.map((row) => row.map(toText)),
    };
  };

  const write = async (work: () => Promise<unknown>): Promise<EngineAnswer> => {
    await engine.exec('set default_transaction_read_only = off');
    try {
      await work();
      return { kind: 'rows', columns: [], rows: [] };
    } finally {
      // statements may have left a transaction open, or changed settings
      await engine.exec('rollback; reset all; set default_transaction_read_only = on');
      timezone = null;
    }
  };

  const perform = (task: EmbeddedTask): Promise<EngineAnswer> => {
    if (task.kind === 'read') return read(task);
    if (task.kind === 'load') return write(() => engine.exec(task.statements));
    return write(() => engine.query(task.statement, [], { blob: new Blob([task.data]) }));
  };

  return {
    run: async (task) => {
      try {
        return await perform(task);
      } catch (error) {
        return toEngineFailure(error);
      }
    },
    close: () => engine.close(),
  };
}

// A metric's columns are text; of plans and doctor's questions some are not.
function toText(value: unknown): string | null {
  if (value === null || typeof value === 'string') return value;
  return JSON.stringify(value);
}
