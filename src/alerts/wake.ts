import { inTransaction, sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import type { Metric } from '../registry/index.ts';
import { initialState, judge, judgePolicyOf } from './judge.ts';
import { changeContext, storeChanges, type Change } from './store.ts';
import type { AlertState, JudgeInput, Withdrawal } from './types.ts';

const WAKE_LIMIT = 500;

type StateRow = { metric_id: string; judge: AlertState | null; alert_id: string | null };

/** Tells the judge that time has passed, for every metric that asked to be woken by now (a snooze that ends): once over replicas. */
export async function wakeAlerts(deps: Deps, now: Date): Promise<number> {
  const due = await deps.db.prisma.$queryRaw<{ metric_id: string }[]>(sql`
    select metric_id from heartbeat.metric_state where workspace_id = ${deps.workspaceId} and wake_at <= ${now} limit ${WAKE_LIMIT}::int`);
  if (due.length === 0) return 0;
  const woken = await inTransaction(deps.db, async (tx) => {
    const rows = await tx.$queryRaw<StateRow[]>(sql`
      select metric_id, judge, alert_id from heartbeat.metric_state
      where workspace_id = ${deps.workspaceId} and wake_at <= ${now}
      order by metric_id limit ${WAKE_LIMIT}::int for update skip locked`);
    const { metrics } = deps.registry.current();
    const changes = rows.flatMap((row) =>
      changeOf(deps, { row, metric: metrics.get(row.metric_id), input: { kind: 'time' }, now }),
    );
    if (changes.length > 0) await storeChanges(tx, changeContext(deps, now), changes);
    return changes.length;
  });
  if (woken > 0) deps.outbox.kick();
  return woken;
}

/** Closes what is open of metrics that may no longer alert, each with its reason, without calling it a recovery. */
export async function withdrawAlerts(
  deps: Deps,
  items: readonly { metric: Metric; reason: Withdrawal }[],
): Promise<void> {
  if (items.length === 0) return;
  const now = deps.clock.now();
  const byId = new Map(items.map((item) => [item.metric.id, item]));
  await inTransaction(deps.db, async (tx) => {
    const rows = await tx.$queryRaw<StateRow[]>(sql`
      select metric_id, judge, alert_id from heartbeat.metric_state
      where workspace_id = ${deps.workspaceId} and metric_id = any(${[...byId.keys()]}) and judge is not null
      order by metric_id for update`);
    const changes = rows.flatMap((row) => {
      const item = byId.get(row.metric_id);
      return item
        ? changeOf(deps, { row, metric: item.metric, input: { kind: 'withdraw', reason: item.reason }, now })
        : [];
    });
    if (changes.length > 0) await storeChanges(tx, changeContext(deps, now), changes);
  });
  deps.outbox.kick();
}

function changeOf(
  deps: Deps,
  input: { row: StateRow; metric: Metric | undefined; input: JudgeInput; now: Date },
): Change[] {
  const { row, metric, now } = input;
  if (!metric) return [];
  const policy = judgePolicyOf(metric, deps.registry.current().workspace.policies);
  const judgement = judge(row.judge ?? initialState(), input.input, policy, now);
  return [{ metric, alertId: row.alert_id, judgement, reading: null, actor: 'heartbeat' }];
}
