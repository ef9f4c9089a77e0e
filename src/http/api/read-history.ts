import { sql } from '../../db/index.ts';
import type { Deps } from '../../deps.ts';
import type { HistoryItem } from './schemas.ts';

export type HistoryRange = { metricId: string; from: Date | null; to: Date | null; limit: number };

type Row = {
  as_of: Date;
  value: number;
  level: HistoryItem['level'];
  kind: HistoryItem['kind'];
  late: boolean;
  computed_at: Date;
  definition_hash: string;
};

/** Gives the values that count of [from, to), newest first: of each `as_of` the one that was computed last. */
export async function readHistory(
  { db, workspaceId }: Pick<Deps, 'db' | 'workspaceId'>,
  { metricId, from, to, limit }: HistoryRange,
): Promise<HistoryItem[]> {
  const rows = await db.prisma.$queryRaw<Row[]>(sql`
    select distinct on (as_of) as_of, value, level, kind, late, computed_at, definition_hash
    from heartbeat.metric_history
    where workspace_id = ${workspaceId} and metric = ${metricId}
      and (${from}::timestamptz is null or as_of >= ${from}::timestamptz)
      and (${to}::timestamptz is null or as_of < ${to}::timestamptz)
    order by as_of desc, computed_at desc limit ${limit}::int`);
  return rows.map((row) => ({
    ...row,
    as_of: row.as_of.toISOString(),
    computed_at: row.computed_at.toISOString(),
  }));
}

/** Tells whether the workspace has, or had, a metric: a retired one keeps its history. */
export async function isMetricKnown(
  { db, workspaceId, registry }: Pick<Deps, 'db' | 'workspaceId' | 'registry'>,
  metricId: string,
): Promise<boolean> {
  if (registry.current().metrics.has(metricId)) return true;
  const rows = await db.prisma.$queryRaw<{ id: string }[]>(
    sql`select id from heartbeat.metric_registry where workspace_id = ${workspaceId} and id = ${metricId}`,
  );
  return rows.length > 0;
}
