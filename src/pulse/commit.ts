import { inTransaction, sql, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { enqueueDeliveries } from '../delivery/index.ts';
import {
  changeContext,
  draftSqlErrors,
  initialState,
  judge,
  judgePolicyOf,
  levelOf,
  storeAlerts,
  type AlertState,
  type Change,
  type ChangeContext,
  type JudgedState,
  type Judgement,
} from '../alerts/index.ts';
import type { Metric } from '../registry/index.ts';
import type { Computed } from './compute.ts';
import { historyRow, insertHistory } from './history-rows.ts';
import { staleAt } from './staleness.ts';

/** How a computed tick was stored; `lost` = its lease had gone to another process, which stores its own. */
export type Stored = 'stored' | 'lost';

type LockedRow = {
  metric_id: string;
  lease_by: string | null;
  next_due_at: Date | null;
  judge: AlertState | null;
  alert_id: string | null;
  last_outcome: string | null;
};

/**
 * Stores a batch of computed ticks in one transaction: readings, the judge's states, alerts, events, deliveries and jobs. The
 * metrics' rows are locked in the order of their ids, so that presses and other batches wait instead of deadlocking.
 */
export async function commitTicks(deps: Deps, worker: string, batch: readonly Computed[]): Promise<Stored[]> {
  const now = deps.clock.now();
  const stored = await inTransaction(deps.db, async (tx) => {
    const rows = await lockRows(tx, deps.workspaceId, batch);
    const held = batch.filter((computed) => isHeld(rows.get(computed.metric.id), worker, computed));
    if (held.length > 0) {
      await writeHistory(tx, deps.workspaceId, held, now);
      const changes = held.flatMap((computed) =>
        judgeTick(deps, rows.get(computed.metric.id), computed, now),
      );
      const context = changeContext(deps, now);
      const states = await storeAlerts(tx, context, changes);
      await tellErrors(tx, deps, context, { held, rows });
      await writeTicks(tx, deps, { held, states, now });
    }
    deps.onFailpoint?.('before_commit');
    const kept = new Set(held);
    return batch.map((computed): Stored => (kept.has(computed) ? 'stored' : 'lost'));
  });
  deps.onFailpoint?.('after_commit');
  deps.outbox.kick();
  return stored;
}

async function lockRows(
  tx: Tx,
  workspaceId: string,
  batch: readonly Computed[],
): Promise<Map<string, LockedRow>> {
  const ids = batch.map((computed) => computed.metric.id);
  const rows = await tx.$queryRaw<LockedRow[]>(sql`
    select metric_id, lease_by, next_due_at, judge, alert_id, last_outcome from heartbeat.metric_state
    where workspace_id = ${workspaceId} and metric_id = any(${ids}) order by metric_id for update`);
  return new Map(rows.map((row) => [row.metric_id, row]));
}

function isHeld(row: LockedRow | undefined, worker: string, computed: Computed): boolean {
  if (row?.lease_by !== worker) return false;
  return computed.kind === 'refresh' || row.next_due_at?.getTime() === computed.due.getTime();
}

/** A tick's judgement; none where the metric may not alert and nothing of it is open. */
function judgeTick(deps: Deps, row: LockedRow | undefined, computed: Computed, now: Date): Change[] {
  const { metric, outcome } = computed;
  const state = row?.judge ?? initialState();
  const policy = judgePolicyOf(metric, deps.registry.current().workspace.policies);
  const base = { metric, alertId: row?.alert_id ?? null, actor: 'heartbeat' };
  const withdrawal = withdrawalOf(deps, metric);
  if (withdrawal) {
    if (!row?.judge) return [];
    return [
      {
        ...base,
        reading: null,
        judgement: judge(state, { kind: 'withdraw', reason: withdrawal }, policy, now),
      },
    ];
  }
  if (outcome.kind !== 'reading') {
    return [{ ...base, reading: null, judgement: judge(state, { kind: 'no_data' }, policy, now) }];
  }
  const { asOf, value } = outcome.reading;
  const judgement: Judgement = judge(
    state,
    { kind: 'reading', value, asOf: asOf.toISOString() },
    policy,
    now,
  );
  return [{ ...base, reading: { value, at: asOf }, judgement }];
}

/** Why a metric may not alert now; null when it may. */
export function withdrawalOf(deps: Pick<Deps, 'registry'>, metric: Metric): 'unverified' | 'unjudged' | null {
  if (deps.registry.verification(metric.id) !== 'verified') return 'unverified';
  return metric.norm === null && metric.alert === null ? 'unjudged' : null;
}

async function writeHistory(
  tx: Tx,
  workspaceId: string,
  batch: readonly Computed[],
  now: Date,
): Promise<void> {
  const rows = batch.flatMap(({ metric, outcome, kind, late }) => {
    if (outcome.kind !== 'reading') return [];
    const row = (point: { asOf: Date; value: number }, how: string) =>
      historyRow(metric, point, how, how === kind && late);
    return [...outcome.older.map((point) => row(point, 'correction')), row(outcome.reading, kind)];
  });
  await insertHistory(tx, workspaceId, rows, now);
}

/** An SQL that begins to fail is told to its owner; a warehouse that cannot be reached is its source's failure. */
async function tellErrors(
  tx: Tx,
  deps: Deps,
  context: ChangeContext,
  { held, rows }: { held: readonly Computed[]; rows: ReadonlyMap<string, LockedRow> },
): Promise<void> {
  const failures = held.flatMap(({ metric, outcome }) => {
    const isNew = rows.get(metric.id)?.last_outcome !== 'error';
    if (outcome.kind !== 'error' || outcome.fault === 'connection' || !isNew) return [];
    return deps.registry.verification(metric.id) === 'verified' ? [{ metric, reason: outcome.reason }] : [];
  });
  const drafts = await draftSqlErrors(tx, context, failures);
  if (drafts.length === 0) return;
  await enqueueDeliveries(tx, deps.jobs, { workspaceId: deps.workspaceId, drafts, now: context.now });
}

/** One statement for a tick and its judgement: the row of a metric is written once. */
async function writeTicks(
  tx: Tx,
  { workspaceId, registry }: Pick<Deps, 'workspaceId' | 'registry'>,
  { held, states, now }: { held: readonly Computed[]; states: readonly JudgedState[]; now: Date },
): Promise<void> {
  const { timezone } = registry.current().workspace;
  const judged = new Map(states.map((state) => [state.metric_id, state]));
  const rows = held.map((computed) => ({
    ...tickRow(computed, timezone),
    judged: judged.has(computed.metric.id),
    ...judged.get(computed.metric.id),
  }));
  await tx.$executeRaw(sql`
    update heartbeat.metric_state s set
      lease_by = null, lease_until = null, next_due_at = r.next_due_at, last_tick_at = r.last_tick_at, last_outcome = r.outcome,
      last_error = r.error, last_fault = coalesce(r.fault, s.last_fault), last_error_at = case when r.error is null then null else ${now}::timestamptz end,
      last_duration_ms = r.duration_ms, last_late = r.late,
      as_of = coalesce(r.as_of, s.as_of), value = coalesce(r.value, s.value), reading_level = coalesce(r.level, s.reading_level), series = coalesce(r.series, s.series),
      computed_at = case when r.as_of is null then s.computed_at else ${now}::timestamptz end,
      stale_at = case when r.as_of is null then coalesce(s.stale_at, r.stale_at) else r.stale_at end,
      judge = case when r.judged then r.judge else s.judge end,
      wake_at = case when r.judged then r.wake_at else s.wake_at end,
      alert_id = case when r.judged then r.alert_id else s.alert_id end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      metric_id text, next_due_at timestamptz, last_tick_at timestamptz, outcome text, error text, fault text, duration_ms int, late boolean,
      as_of timestamptz, value float8, level text, series boolean, stale_at timestamptz, judged boolean, judge jsonb, wake_at timestamptz, alert_id uuid)
    where s.workspace_id = ${workspaceId} and s.metric_id = r.metric_id`);
}

function tickRow({ metric, outcome, tick, nextDue, late, durationMs }: Computed, timezone: string) {
  const row = {
    metric_id: metric.id,
    next_due_at: nextDue.toISOString(),
    last_tick_at: tick.toISOString(),
    outcome: outcome.kind === 'reading' ? 'ok' : outcome.kind,
    error: outcome.kind === 'error' ? outcome.reason : null,
    fault: outcome.kind === 'error' ? outcome.fault : null,
    stale_at: staleAt(metric, { asOf: tick, series: false }, timezone).toISOString(),
    duration_ms: Math.round(durationMs),
    late,
  };
  if (outcome.kind !== 'reading') return row;
  const { series, reading } = outcome;
  const { asOf, value } = reading;
  return {
    ...row,
    as_of: asOf.toISOString(),
    value,
    level: levelOf(value, metric),
    series,
    stale_at: staleAt(metric, { asOf, series }, timezone).toISOString(),
  };
}
