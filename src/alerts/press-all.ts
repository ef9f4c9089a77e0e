import { inTransaction, sql, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { NotFoundError } from '../errors.ts';
import { recordJournals } from '../journal/index.ts';
import { mayOperate, requireRole, type Caller } from '../people/index.ts';
import type { Metric } from '../registry/index.ts';
import { initialState, judge, judgePolicyOf } from './judge.ts';
import { changeContext, storeChanges, type Change } from './store.ts';
import type { AlertState } from './types.ts';
import { toJudgeInput } from './verbs.ts';

/** What may be asked of all alerts of a storm at once. */
export type StormAction = { kind: 'ack' } | { kind: 'snooze'; until: Date };

/** `done`: changed now; `open`: alerts of the storm that are not over. */
export type StormOutcome = { done: number; open: number };

type MemberRow = { id: string; number: number; metric_id: string; judge: AlertState | null };

/**
 * Acks or snoozes every open alert of a storm that nobody has, and that the caller may act on: one transaction, one effect
 * however often it is pressed. Throws NotFoundError `storm_unknown`, RefusedError `role_too_low` or `not_a_member`.
 */
export async function pressStorm(
  deps: Deps,
  caller: Caller,
  { storm, action }: { storm: number; action: StormAction },
): Promise<StormOutcome> {
  requireRole(caller, 'viewer');
  const now = deps.clock.now();
  const outcome = await inTransaction(deps.db, async (tx) => {
    const members = await lockMembers(tx, deps.workspaceId, storm);
    const allowed = members.flatMap((row) => {
      const metric = deps.registry.current().metrics.get(row.metric_id);
      return metric && mayOperate(caller, metric) ? [{ row, metric }] : [];
    });
    if (members.length > 0 && allowed.length === 0) requireRole(caller, 'operator');
    const changes = allowed.flatMap((one) => decideOne(deps, caller, { ...one, action, now }));
    if (changes.length > 0) await storeChanges(tx, changeContext(deps, now), changes);
    await journalAll(tx, deps, caller, { storm, action, changes, now });
    return { done: changes.length, open: members.length };
  });
  deps.outbox.kick();
  return outcome;
}

/** In the order of their metrics, as ticks lock them. */
async function lockMembers(tx: Tx, workspaceId: string, number: number): Promise<MemberRow[]> {
  const storms = await tx.$queryRaw<{ id: string }[]>(
    sql`select id from heartbeat.storm where workspace_id = ${workspaceId} and number = ${number}::int`,
  );
  const [storm] = storms;
  if (!storm)
    throw new NotFoundError(
      'storm_unknown',
      `There is no storm ${number} here. /alerts lists what is open.`,
      {
        details: { storm: number },
      },
    );
  return tx.$queryRaw<MemberRow[]>(sql`
    select a.id, a.number, s.metric_id, s.judge
    from heartbeat.storm_alert m
    join heartbeat.alerts a on a.id = m.alert_id
    join heartbeat.metric_state s on s.workspace_id = a.workspace_id and s.metric_id = a.metric_id and s.alert_id = a.id
    where m.storm_id = ${storm.id}::uuid order by s.metric_id for update of s`);
}

function decideOne(
  deps: Deps,
  caller: Caller,
  { row, metric, action, now }: { row: MemberRow; metric: Metric; action: StormAction; now: Date },
): (Change & { number: number })[] {
  const state = row.judge ?? initialState();
  // an alert that somebody has is theirs: all at once takes the rest
  const isTaken = state.episode?.ack != null || (action.kind === 'snooze' && state.episode?.snooze != null);
  if (isTaken) return [];
  const policy = judgePolicyOf(metric, deps.registry.current().workspace.policies);
  const judgement = judge(state, toJudgeInput(action, caller.actor, null), policy, now);
  if (judgement.refusal) return [];
  return [{ metric, alertId: row.id, judgement, reading: null, actor: caller.actor, number: row.number }];
}

async function journalAll(
  tx: Tx,
  deps: Deps,
  caller: Caller,
  facts: { storm: number; action: StormAction; changes: readonly { number: number }[]; now: Date },
): Promise<void> {
  const { storm, action, changes, now } = facts;
  const entries = changes.map(({ number }) => ({
    workspaceId: deps.workspaceId,
    at: now,
    actor: caller.actor,
    channel: caller.channel,
    verb: `alert.${action.kind}`,
    subject: `A-${number}`,
    before: null,
    after: { state: action.kind === 'ack' ? 'acked' : 'snoozed', storm },
    requestId: caller.requestId,
  }));
  await recordJournals(tx, entries);
}
