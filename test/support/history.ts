/** Histories for previews: readings stored in one statement, alerts that people marked. */
import { randomUUID } from 'node:crypto';
import { sql, type Db } from '../../src/db/index.ts';
import { WORKSPACE } from './deps.ts';

export type StoredReading = { at: Date; value: number; computedAt?: Date };

/** Stores readings of a metric, as ticks that were computed at once unless told. */
export async function storeHistory(
  { prisma }: Db,
  readings: readonly StoredReading[],
  metricId = 'conversion',
): Promise<void> {
  const rows = JSON.stringify(
    readings.map(({ at, value, computedAt }) => ({ as_of: at, value, computed_at: computedAt ?? at })),
  );
  await prisma.$executeRaw(sql`
    insert into heartbeat.metric_history (workspace_id, metric, as_of, value, computed_at, definition_hash, level, kind)
    select ${WORKSPACE}, ${metricId}, as_of, value, computed_at, 'hash-1', 'green', 'tick'
    from jsonb_to_recordset(${rows}::jsonb) as r(as_of timestamptz, value float8, computed_at timestamptz)`);
}

/** Tells whether the metric's SQL gives an as_of. */
export async function storeSeries({ prisma }: Db, series: boolean, metricId = 'conversion'): Promise<void> {
  await prisma.$executeRaw(sql`
    insert into heartbeat.metric_state (workspace_id, metric_id, series) values (${WORKSPACE}, ${metricId}, ${series})`);
}

export type MarkedAlert = {
  number: number;
  from: Date;
  to: Date | null;
  verdicts: Record<string, 'real' | 'noise'>;
};

/** Stores an alert and what people said of it. */
export async function storeMarked(
  { prisma }: Db,
  { number, from, to, verdicts }: MarkedAlert,
  metricId = 'conversion',
): Promise<void> {
  const id = randomUUID();
  await prisma.$executeRaw(sql`
    insert into heartbeat.alerts (id, workspace_id, number, metric_id, level, worst_level, state, version, opened_at, resolved_at)
    values (${id}::uuid, ${WORKSPACE}, ${number}::int, ${metricId}, 'red', 'red', ${to ? 'resolved' : 'firing'}, 1, ${from}, ${to}::timestamptz)`);
  for (const [actor, verdict] of Object.entries(verdicts))
    await prisma.$executeRaw(sql`
      insert into heartbeat.alert_feedback (workspace_id, alert_id, actor, verdict, at)
      values (${WORKSPACE}, ${id}::uuid, ${actor}, ${verdict}, ${from})`);
}
