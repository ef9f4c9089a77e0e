import { levelOf } from '../alerts/index.ts';
import { sql, type Tx } from '../db/index.ts';
import type { Metric } from '../registry/index.ts';

type HistoryRow = ReturnType<typeof historyRow>;

/** A row of metric_history, with the level its value has by the metric's lines. */
export function historyRow(
  metric: Metric,
  point: { asOf: Date; value: number },
  kind: string,
  late: boolean,
) {
  return {
    metric: metric.id,
    as_of: point.asOf.toISOString(),
    value: point.value,
    definition_hash: metric.definitionHash,
    level: levelOf(point.value, metric),
    kind,
    late,
  };
}

/** Appends readings; one that says what the newest row of its as_of says already is left out. */
export async function insertHistory(
  tx: Tx,
  workspaceId: string,
  rows: readonly HistoryRow[],
  now: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw(sql`
    insert into heartbeat.metric_history (workspace_id, metric, as_of, value, computed_at, definition_hash, level, kind, late)
    select ${workspaceId}, r.metric, r.as_of, r.value, ${now}::timestamptz, r.definition_hash, r.level, r.kind, r.late
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      metric text, as_of timestamptz, value float8, definition_hash text, level text, kind text, late boolean)
    left join lateral (
      select h.value, h.definition_hash from heartbeat.metric_history h
      where h.workspace_id = ${workspaceId} and h.metric = r.metric and h.as_of = r.as_of
      order by h.computed_at desc, h.id desc limit 1) known on true
    where known.value is null or known.value <> r.value or known.definition_hash <> r.definition_hash`);
}
