import { sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { MINUTE } from '../lib/time.ts';

/** How far computing is behind, by the program's clock. */
export type TickLag = {
  /** age of the oldest due instant that is not stored yet, in ms; 0 when nothing is due */
  lagMs: number;
  /** ids of metrics that are later than their own period (a minute at least), the latest first */
  overdue: string[];
};

/** Reads how late the ticks of a workspace are. A tick that failed is not late: its failure is stored. */
export async function readTickLag(
  deps: Pick<Deps, 'db' | 'workspaceId' | 'registry' | 'clock'>,
): Promise<TickLag> {
  const now = deps.clock.now();
  const rows = await deps.db.prisma.$queryRaw<{ id: string; due: Date }[]>(sql`
    select metric_id as id, next_due_at as due from heartbeat.metric_state
    where workspace_id = ${deps.workspaceId} and next_due_at < ${now} order by next_due_at`);
  const { metrics } = deps.registry.current();
  const late = rows.flatMap(({ id, due }) => {
    const metric = metrics.get(id);
    return metric ? [{ id, lateMs: now.getTime() - due.getTime(), periodMs: metric.period.ms }] : [];
  });
  return {
    lagMs: late[0]?.lateMs ?? 0,
    overdue: late.filter((one) => one.lateMs > Math.max(one.periodMs, MINUTE)).map(({ id }) => id),
  };
}
