import { sql, type Db, type Tx } from '../db/index.ts';
import { inTransaction } from '../db/index.ts';
import { HOUR, MINUTE } from '../lib/time.ts';
import type { Registry } from '../registry/index.ts';
import { nextDue } from './due.ts';

/** A computation that dies is begun again so soon; one that lives renews it. */
const LEASE_MS = 10_000;
/** A due instant further ahead than this beyond the next one was written by a clock that has jumped back since. */
const CLOCK_TOLERANCE_MS = MINUTE;

export type ClaimedTick = { metricId: string; due: Date };

/** Takes due metrics under a lease, oldest first; several processes share them out. `now` is the program's clock, leases are the database's. */
export async function claimDue(
  db: Db,
  input: { workspaceId: string; worker: string; now: Date; limit: number },
): Promise<ClaimedTick[]> {
  const { workspaceId, worker, now, limit } = input;
  const rows = await db.prisma.$queryRaw<{ metric_id: string; due: Date }[]>(sql`
    with due as (
      select metric_id, next_due_at from heartbeat.metric_state
      where workspace_id = ${workspaceId} and next_due_at <= ${now} and (lease_until is null or lease_until < now())
      order by next_due_at limit ${limit}::int for update skip locked)
    update heartbeat.metric_state s
    set lease_by = ${worker}, lease_until = now() + ${LEASE_MS}::int * interval '1 millisecond'
    from due where s.workspace_id = ${workspaceId} and s.metric_id = due.metric_id
    returning s.metric_id, due.next_due_at as due`);
  return rows.map((row) => ({ metricId: row.metric_id, due: row.due }));
}

/** Takes one metric for a refresh; false when another run computes it now. */
export async function claimMetric(
  db: Db,
  input: { workspaceId: string; worker: string; metricId: string },
): Promise<boolean> {
  const rows = await db.prisma.$queryRaw<unknown[]>(sql`
    update heartbeat.metric_state
    set lease_by = ${input.worker}, lease_until = now() + ${LEASE_MS}::int * interval '1 millisecond'
    where workspace_id = ${input.workspaceId} and metric_id = ${input.metricId} and (lease_until is null or lease_until < now())
    returning metric_id`);
  return rows.length > 0;
}

/** Prolongs the leases of metrics that are being computed. */
export async function renewTicks(db: Db, worker: string, metricIds: readonly string[]): Promise<void> {
  if (metricIds.length === 0) return;
  await db.prisma.$executeRaw(sql`
    update heartbeat.metric_state set lease_until = now() + ${LEASE_MS}::int * interval '1 millisecond'
    where lease_by = ${worker} and metric_id = any(${[...metricIds]})`);
}

/** Gives up leases this process holds (all, or those of some metrics), so that another takes the ticks at once. */
export async function releaseTicks(
  db: Db,
  worker: string,
  metricIds: readonly string[] | null = null,
): Promise<void> {
  if (metricIds?.length === 0) return;
  await db.prisma.$executeRaw(sql`
    update heartbeat.metric_state set lease_by = null, lease_until = null
    where lease_by = ${worker} and (${metricIds === null} or metric_id = any(${[...(metricIds ?? [])]}))`);
}

/**
 * Gives every metric a due instant and takes it from those that are gone. A metric seen first is due at once; one whose due
 * instant lies further ahead than its schedule could say (a clock jumped back, or its period got shorter) is due anew.
 */
export async function scheduleMetrics(
  db: Db,
  input: { workspaceId: string; registry: Registry; now: Date },
): Promise<void> {
  const { workspaceId, registry, now } = input;
  const zone = registry.workspace.timezone;
  const rows = [...registry.metrics.values()].map((metric) => {
    const next = nextDue(metric, now, zone);
    const toleranceMs = Math.max(CLOCK_TOLERANCE_MS, Math.min(2 * metric.period.ms, HOUR));
    return {
      metric_id: metric.id,
      next: next.toISOString(),
      latest: new Date(next.getTime() + toleranceMs).toISOString(),
    };
  });
  await inTransaction(db, async (tx: Tx) => {
    await tx.$executeRaw(sql`
      insert into heartbeat.metric_state as s (workspace_id, metric_id, next_due_at)
      select ${workspaceId}, r.metric_id, ${now}::timestamptz
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(metric_id text, next timestamptz, latest timestamptz)
      order by r.metric_id
      on conflict (workspace_id, metric_id) do update
        set next_due_at = case when s.next_due_at is null then ${now}::timestamptz else s.next_due_at end
        where s.next_due_at is null`);
    await tx.$executeRaw(sql`
      update heartbeat.metric_state s set next_due_at = r.next
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(metric_id text, next timestamptz, latest timestamptz)
      where s.workspace_id = ${workspaceId} and s.metric_id = r.metric_id and s.next_due_at > r.latest`);
    await tx.$executeRaw(sql`
      update heartbeat.metric_state set next_due_at = null, lease_by = null, lease_until = null
      where workspace_id = ${workspaceId} and next_due_at is not null
        and not (metric_id = any(${rows.map((row) => row.metric_id)}))`);
  });
}
