import { sql, type Db } from '../db/index.ts';
import type { VerdictSpan } from './preview-types.ts';

/** What people said of a metric's alerts since an instant, oldest first. An alert that anybody found real was real. */
export async function listVerdicts(
  db: Db,
  { workspaceId, metricId, from, now }: { workspaceId: string; metricId: string; from: Date; now: Date },
): Promise<VerdictSpan[]> {
  const rows = await db.prisma.$queryRaw<
    { opened_at: Date; resolved_at: Date | null; is_real: boolean }[]
  >(sql`
    select a.opened_at, a.resolved_at, bool_or(f.verdict = 'real') as is_real
    from heartbeat.alerts a join heartbeat.alert_feedback f on f.alert_id = a.id
    where a.workspace_id = ${workspaceId} and f.workspace_id = ${workspaceId} and a.metric_id = ${metricId}
      and coalesce(a.resolved_at, ${now}::timestamptz) >= ${from}::timestamptz
    group by a.id order by a.opened_at`);
  return rows.map(({ opened_at, resolved_at, is_real }) => ({
    fromMs: opened_at.getTime(),
    toMs: (resolved_at ?? now).getTime(),
    verdict: is_real ? 'real' : 'noise',
  }));
}
