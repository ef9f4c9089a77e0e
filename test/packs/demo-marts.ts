/** A warehouse in memory for the demo's tests, and the metric files as they lie in the folder. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { DateTime } from 'luxon';
import { parse } from 'yaml';
import { z } from 'zod';
import { checkSql } from '../../src/marts/check-sql.ts';
import type { CheckedSql, QueryWindow } from '../../src/marts/index.ts';
import { type DemoMarts, demoWorkspaceDir } from '../../packs/demo/index.ts';

export const ZONE = 'Europe/Madrid';

const FileFacts = z.object({
  id: z.string(),
  sql: z.string(),
  period: z.string().optional(),
  direction: z.enum(['up', 'down']).default('up'),
  norm_value: z.number().optional(),
  alert_value: z.number().optional(),
  sources: z.array(z.string()).default([]),
  cuts: z.array(z.object({ cut: z.string(), role: z.string() })).default([]),
  feeds: z.array(z.object({ metric: z.string(), role: z.string() })).default([]),
});
export type FileFacts = z.infer<typeof FileFacts>;

/** Files of `metrics` or `cuts` with the little of them that the tests need; read once. */
export function listFiles(folder: 'metrics' | 'cuts'): readonly FileFacts[] {
  const known = files.get(folder) ?? readFiles(folder);
  files.set(folder, known);
  return known;
}

const files = new Map<string, readonly FileFacts[]>();

function readFiles(folder: 'metrics' | 'cuts'): FileFacts[] {
  return readdirSync(join(demoWorkspaceDir, folder)).map((file) =>
    FileFacts.parse({
      id: basename(file, '.yaml'),
      ...(parse(readFileSync(join(demoWorkspaceDir, folder, file), 'utf8')) as object),
    }),
  );
}

export function getMetric(id: string): FileFacts {
  const found = listFiles('metrics').find((metric) => metric.id === id);
  if (!found) throw new Error(`There is no metric ${id} in the demo.`);
  return found;
}

export type TestMarts = DemoMarts & {
  pg: PGlite;
  /** Readings of a metric: `as_of` in ms (null when the SQL gives none) and value. */
  compute(sql: string, window: QueryWindow): Promise<{ asOf: number | null; value: number }[]>;
  /** The value of a query's first cell. */
  number(sql: string): Promise<number>;
};

/** Opens an empty warehouse. */
export async function openTestMarts(): Promise<TestMarts> {
  const pg = await PGlite.create();
  await pg.exec(`set timezone to '${ZONE}'`);
  const run = async (sql: CheckedSql, window: QueryWindow) => {
    const params = [...(sql.usesFrom ? [window.from] : []), ...(sql.usesTo ? [window.to] : [])];
    return (await pg.query<Record<string, unknown>>(sql.text, params)).rows;
  };
  return {
    pg,
    load: async (sql) => void (await pg.exec(sql)),
    copy: async (table, columns, rows) => {
      const text = rows.map((row) => `${row.map((cell) => cell ?? '\\N').join('\t')}\n`).join('');
      await pg.query(`copy ${table} (${columns.join(', ')}) from '/dev/blob'`, [], {
        blob: new Blob([text]),
      });
    },
    query: async (sql, window) => {
      const rows = (await run(sql, window)).map((row) => ({ asOf: null, value: Number(row['value']) }));
      return { kind: 'rows', rows, series: false, durationMs: 0 };
    },
    compute: async (sql, window) => {
      const checked = checkSql(sql, { columns: ['value'] });
      if ('problems' in checked) throw new Error(checked.problems.map(({ reason }) => reason).join('; '));
      return (await run(checked.ok, window))
        .filter((row) => row['value'] !== null)
        .map((row) => ({
          asOf: row['as_of'] instanceof Date ? row['as_of'].getTime() : null,
          value: Number(row['value']),
        }));
    },
    number: async (sql) => {
      const { rows } = await pg.query<Record<string, unknown>>(sql);
      return Number(Object.values(rows[0] ?? {})[0]);
    },
  };
}

/** A time on the shop's wall clock. */
export function local(text: string): Date {
  return DateTime.fromISO(text, { zone: ZONE }).toJSDate();
}

/** Tells whether a value is strictly worse than a line. */
export function isWorse(value: number, direction: 'up' | 'down', line: number | undefined): boolean {
  if (line === undefined) return false;
  return direction === 'up' ? value < line : value > line;
}

/** How long the processor worked for this process during a step, in ms: unlike time on the wall, it does not depend on others. */
export async function measureCpuMs(step: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await step();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
