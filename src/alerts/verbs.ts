import { inTransaction, sql, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { enqueueDeliveries, type Place, placeKey } from '../delivery/index.ts';
import { NotFoundError } from '../errors.ts';
import { recordAct } from '../journal/index.ts';
import { requireMayOperate, type Caller } from '../people/index.ts';
import type { Metric } from '../registry/index.ts';
import { initialState, judge, judgePolicyOf } from './judge.ts';
import { redrawDraft } from './redraw.ts';
import { changeContext, storeChanges } from './store.ts';
import type { AlertState, JudgeInput, PressRefusal } from './types.ts';

/** What a person asks of an alert. */
export type AlertAction = { kind: 'ack' } | { kind: 'unack' } | { kind: 'snooze'; until: Date };

/** Which alert: by its number within the workspace, or by id. `version` is what the person saw; null = as it is now. */
export type AlertPress = {
  alert: { number: number } | { id: string };
  version: number | null;
  action: AlertAction;
  /** the message that was pressed, to be redrawn when the press was too late */
  place: Place | null;
};

export type PressOutcome = {
  /** null: done */
  refusal: PressRefusal | null;
  alert: { id: string; number: number; metricId: string; version: number; state: string };
};

type Found = {
  id: string;
  number: number;
  metric_id: string;
  version: number;
  state: string;
};

/**
 * Acks, un-acks or snoozes an alert for a caller: one effect however often and from wherever it is asked. Throws NotFoundError
 * `alert_unknown`, RefusedError `role_too_low` or `not_a_member`.
 */
export async function pressAlert(deps: Deps, caller: Caller, press: AlertPress): Promise<PressOutcome> {
  const now = deps.clock.now();
  const outcome = await inTransaction(deps.db, async (tx) => {
    const found = await findAlert(tx, deps.workspaceId, press.alert);
    if (!found) throw unknownAlert(press.alert);
    const metric = deps.registry.current().metrics.get(found.metric_id) ?? null;
    requireMayOperate(caller, metric);
    const locked = await lockState(tx, deps.workspaceId, found.metric_id);
    const before = await requireAlert(tx, found.id);
    if (!metric || locked.alertId !== found.id)
      return refuse(tx, deps, { press, found: before, refusal: { kind: 'no_alert' } });
    return decidePress(tx, deps, { caller, press, metric, state: locked.state, found: before, now });
  });
  deps.outbox.kick();
  return outcome;
}

type PressFacts = {
  caller: Caller;
  press: AlertPress;
  metric: Metric;
  state: AlertState;
  found: Found;
  now: Date;
};

async function decidePress(tx: Tx, deps: Deps, facts: PressFacts): Promise<PressOutcome> {
  const { caller, press, metric, state, found, now } = facts;
  const registry = deps.registry.current();
  const input = toJudgeInput(press.action, caller.actor, press.version);
  const judgement = judge(state, input, judgePolicyOf(metric, registry.workspace.policies), now);
  if (judgement.refusal) return refuse(tx, deps, { press, found, refusal: judgement.refusal });
  await storeChanges(tx, changeContext(deps, now), [
    { metric, alertId: found.id, judgement, reading: null, actor: caller.actor },
  ]);
  const after = await requireAlert(tx, found.id);
  await recordAct(tx, caller, {
    at: now,
    verb: `alert.${press.action.kind}`,
    subject: `A-${found.number}`,
    before: { state: found.state, version: found.version },
    after: { state: after.state, version: after.version },
  });
  return { refusal: null, alert: publicAlert(after) };
}

/** A refused press changes nothing, but its message is redrawn, so that the person sees what is true. */
async function refuse(
  tx: Tx,
  deps: Deps,
  input: { press: AlertPress; found: Found; refusal: PressRefusal },
): Promise<PressOutcome> {
  const { press, found, refusal } = input;
  if (press.place) {
    const place = press.place;
    const now = deps.clock.now();
    await enqueueDeliveries(tx, deps.jobs, {
      workspaceId: deps.workspaceId,
      now,
      drafts: [
        redrawDraft({
          key: `${found.id}:${found.version}:redraw:${placeKey(place)}:${now.getTime()}`,
          alertId: found.id,
          edge: 'redraw',
          place,
        }),
      ],
    });
  }
  return { refusal, alert: publicAlert(found) };
}

/** Gives an action as the judge takes it; `version` is what the person saw. */
export function toJudgeInput(action: AlertAction, by: string, version: number | null): JudgeInput {
  if (action.kind === 'snooze') return { kind: 'snooze', by, until: action.until.toISOString(), version };
  return { kind: action.kind, by, version };
}

function publicAlert(found: Found): PressOutcome['alert'] {
  return {
    id: found.id,
    number: found.number,
    metricId: found.metric_id,
    version: found.version,
    state: found.state,
  };
}

async function findAlert(
  tx: Tx,
  workspaceId: string,
  which: AlertPress['alert'],
): Promise<Found | undefined> {
  const condition = 'id' in which ? sql`id = ${which.id}::uuid` : sql`number = ${which.number}::int`;
  const rows = await tx.$queryRaw<Found[]>(sql`
    select id, number, metric_id, version, state from heartbeat.alerts
    where workspace_id = ${workspaceId} and ${condition}`);
  return rows[0];
}

async function requireAlert(tx: Tx, id: string): Promise<Found> {
  const rows = await tx.$queryRaw<Found[]>(
    sql`select id, number, metric_id, version, state from heartbeat.alerts where id = ${id}::uuid`,
  );
  const found = rows[0];
  if (!found) throw unknownAlert({ id });
  return found;
}

async function lockState(
  tx: Tx,
  workspaceId: string,
  metricId: string,
): Promise<{ state: AlertState; alertId: string | null }> {
  const rows = await tx.$queryRaw<{ judge: AlertState | null; alert_id: string | null }[]>(sql`
    select judge, alert_id from heartbeat.metric_state
    where workspace_id = ${workspaceId} and metric_id = ${metricId} for update`);
  return { state: rows[0]?.judge ?? initialState(), alertId: rows[0]?.alert_id ?? null };
}

function unknownAlert(which: AlertPress['alert']): NotFoundError {
  const name = 'id' in which ? which.id : `A-${which.number}`;
  return new NotFoundError('alert_unknown', `There is no alert ${name} here. /alerts lists the open ones.`, {
    details: { alert: name },
  });
}
