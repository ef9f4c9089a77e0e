import { randomUUID } from 'node:crypto';
import { sql, type Jobs, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { enqueueDeliveries } from '../delivery/index.ts';
import type { Metric } from '../registry/index.ts';
import { draftDeliveries, type DraftContext } from './draft.ts';
import { routeAlert } from './route.ts';
import type { AlertState, Edge, Episode, Judgement } from './types.ts';

/** One metric's judgement, ready to be stored under the lock of its row. */
export type Change = {
  metric: Metric;
  /** the open alert before; null when none was open */
  alertId: string | null;
  judgement: Judgement;
  /** the reading judged; null for a press or the passing of time */
  reading: { value: number; at: Date } | null;
  /** journal's actor: a person, or `heartbeat` */
  actor: string;
};

export type ChangeContext = DraftContext & { jobs: Pick<Jobs, 'send'> };

/** Gives what changes are stored with, as it is now. */
export function changeContext(deps: Deps, now: Date): ChangeContext {
  const { workspaceId, registry, channels, jobs } = deps;
  const windows = deps.maintenanceAt(now);
  return { workspaceId, registry: registry.current(), channels, jobs, windows, now };
}

/** The facts of an alert's message that no column of `alerts` holds. */
export type AlertFacts = {
  ticks: number;
  improving: boolean;
  recovering: boolean;
  unowned: boolean;
  /** recoveries are held back */
  flapping?: boolean;
  /** rungs of the ladder that heard of it */
  escalatedSteps?: number;
  /** the ack was said to be forgotten */
  ackTimedOut?: boolean;
};

type AlertRow = ReturnType<typeof alertRow>;
type KnownAlert = { number: number; value: number | null };
type Episodic = Change & { id: string; isNew: boolean; episode: Episode };

/** What the row of a metric keeps of a judgement. */
export type JudgedState = {
  metric_id: string;
  judge: AlertState;
  wake_at: string | null;
  alert_id: string | null;
};

/**
 * Stores what the judge decided: the state of each metric, its alert, the events, and the deliveries with their jobs, in the
 * caller's transaction. The caller holds the metrics' rows.
 */
export async function storeChanges(
  tx: Tx,
  context: ChangeContext,
  changes: readonly Change[],
): Promise<void> {
  await writeStates(tx, context.workspaceId, await storeAlerts(tx, context, changes));
}

/** Stores all of it but the states of the metrics, which the caller writes with what else it has to write there. */
export async function storeAlerts(
  tx: Tx,
  context: ChangeContext,
  changes: readonly Change[],
): Promise<JudgedState[]> {
  const episodic = changes.flatMap((change) => toEpisodic(change));
  if (episodic.length > 0) await storeEpisodes(tx, context, episodic);
  const ids = new Map(episodic.map((item) => [item.metric.id, item.id]));
  return changes.map(({ metric, alertId, judgement }) => ({
    metric_id: metric.id,
    judge: judgement.state,
    wake_at: judgement.wakeAt,
    alert_id: judgement.state.episode ? (ids.get(metric.id) ?? alertId) : null,
  }));
}

async function storeEpisodes(tx: Tx, context: ChangeContext, episodic: readonly Episodic[]): Promise<void> {
  const { workspaceId, jobs, now } = context;
  const numbers = await takeNumbers(tx, workspaceId, episodic);
  const known = await readKnown(tx, episodic);
  const routed = episodic.map((item) => {
    const before = known.get(item.id) ?? { number: numbers.get(item.id) ?? 0, value: null };
    return { item, before, route: routeOf(context, item) };
  });
  const rows = routed.map(({ item, before, route }) => alertRow(context, item, before.number, route.unowned));
  await writeAlerts(tx, workspaceId, rows);
  await writeEvents(tx, context, episodic);
  const happened = routed.map(({ item, before }) => ({
    ...item,
    number: before.number,
    edges: item.judgement.edges,
    value: item.reading?.value ?? before.value ?? item.episode.worstValue,
    isKnown: !item.isNew,
  }));
  const drafts = await draftDeliveries(tx, context, happened);
  await enqueueDeliveries(tx, jobs, { workspaceId, drafts, now });
}

function toEpisodic(change: Change): Episodic[] {
  const episode = change.judgement.state.episode ?? change.judgement.closed;
  if (!episode || (change.judgement.edges.length === 0 && change.reading === null)) return [];
  return [{ ...change, episode, id: change.alertId ?? randomUUID(), isNew: change.alertId === null }];
}

async function takeNumbers(
  tx: Tx,
  workspaceId: string,
  items: readonly Episodic[],
): Promise<Map<string, number>> {
  const opened = items.filter((item) => item.isNew);
  if (opened.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ next: number }[]>(sql`
    update heartbeat.workspace set next_alert_number = next_alert_number + ${opened.length}::int
    where id = ${workspaceId} returning next_alert_number as next`);
  const first = (rows[0]?.next ?? opened.length) - opened.length;
  return new Map(opened.map((item, index) => [item.id, first + index]));
}

/** What is stored of alerts that were open before. */
async function readKnown(tx: Tx, items: readonly Episodic[]): Promise<Map<string, KnownAlert>> {
  const ids = items.filter((item) => !item.isNew).map((item) => item.id);
  if (ids.length === 0) return new Map();
  const rows = await tx.$queryRaw<(KnownAlert & { id: string })[]>(
    sql`select id, number, value from heartbeat.alerts where id = any(${ids}::uuid[])`,
  );
  return new Map(rows.map((row) => [row.id, row]));
}

function routeOf(context: ChangeContext, { metric }: Episodic) {
  const { people, workspace } = context.registry;
  return routeAlert({ metric, people, workspace, channels: context.channels });
}

function alertRow(context: ChangeContext, item: Episodic, number: number, unowned: boolean) {
  const { episode, judgement, reading, metric } = item;
  const closing = judgement.closed !== null;
  const runs = judgement.state.runs;
  const facts: AlertFacts = {
    ticks: episode.level === 'red' ? runs.red : runs.amber,
    improving: episode.improving,
    recovering: episode.recovering,
    unowned,
    flapping: judgement.state.flapping,
    escalatedSteps: episode.escalatedSteps,
    ackTimedOut: episode.ack?.timedOut ?? false,
  };
  return {
    id: item.id,
    number,
    metric_id: metric.id,
    level: episode.level,
    state: closing ? 'resolved' : stateOf(episode),
    version: episode.version,
    value: reading?.value ?? null,
    value_at: reading?.at.toISOString() ?? null,
    worst_value: episode.worstValue,
    worst_level: episode.worstLevel,
    opened_at: episode.openedAt,
    acked_by: episode.ack?.by ?? null,
    acked_at: episode.ack?.at ?? null,
    snoozed_by: episode.snooze?.by ?? null,
    snoozed_until: episode.snooze?.until ?? null,
    resolved_at: closing ? context.now.toISOString() : null,
    resolution: closing ? resolutionOf(judgement.edges) : null,
    facts,
  };
}

function stateOf(episode: Episode): 'firing' | 'acked' | 'snoozed' {
  if (episode.ack) return 'acked';
  return episode.snooze ? 'snoozed' : 'firing';
}

function resolutionOf(edges: readonly Edge[]): string {
  const withdrawn = edges.find((edge) => edge.kind === 'withdrawn');
  return withdrawn ? withdrawn.reason : 'recovered';
}

async function writeAlerts(tx: Tx, workspaceId: string, rows: readonly AlertRow[]): Promise<void> {
  await tx.$executeRaw(sql`
    insert into heartbeat.alerts as a
      (id, workspace_id, number, metric_id, level, state, version, value, value_at, worst_value, worst_level, opened_at,
       acked_by, acked_at, snoozed_by, snoozed_until, resolved_at, resolution, facts, updated_at)
    select r.id, ${workspaceId}, r.number, r.metric_id, r.level, r.state, r.version, r.value, r.value_at, r.worst_value, r.worst_level,
           r.opened_at, r.acked_by, r.acked_at, r.snoozed_by, r.snoozed_until, r.resolved_at, r.resolution, r.facts, now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      id uuid, number int, metric_id text, level text, state text, version int, value float8, value_at timestamptz,
      worst_value float8, worst_level text, opened_at timestamptz, acked_by text, acked_at timestamptz, snoozed_by text,
      snoozed_until timestamptz, resolved_at timestamptz, resolution text, facts jsonb)
    on conflict (id) do update set
      level = excluded.level, state = excluded.state, version = excluded.version,
      value = coalesce(excluded.value, a.value), value_at = coalesce(excluded.value_at, a.value_at),
      worst_value = excluded.worst_value, worst_level = excluded.worst_level,
      acked_by = excluded.acked_by, acked_at = excluded.acked_at,
      snoozed_by = excluded.snoozed_by, snoozed_until = excluded.snoozed_until,
      resolved_at = excluded.resolved_at, resolution = excluded.resolution, facts = excluded.facts, updated_at = now()`);
}

async function writeEvents(tx: Tx, context: ChangeContext, items: readonly Episodic[]): Promise<void> {
  const events = items.flatMap((item) =>
    item.judgement.edges
      .filter((edge) => edge.kind !== 'value_changed')
      .map((edge) => ({
        alert_id: item.id,
        version: item.episode.version,
        edge: edge.kind,
        actor: item.actor,
        data: { ...edge, value: item.reading?.value ?? null },
      })),
  );
  if (events.length === 0) return;
  await tx.$executeRaw(sql`
    insert into heartbeat.alert_event (workspace_id, alert_id, version, edge, at, actor, data)
    select ${context.workspaceId}, r.alert_id, r.version, r.edge, ${context.now}::timestamptz, r.actor, r.data
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as r(alert_id uuid, version int, edge text, actor text, data jsonb)`);
}

async function writeStates(tx: Tx, workspaceId: string, states: readonly JudgedState[]): Promise<void> {
  await tx.$executeRaw(sql`
    insert into heartbeat.metric_state as s (workspace_id, metric_id, judge, wake_at, alert_id)
    select ${workspaceId}, r.metric_id, r.judge, r.wake_at, r.alert_id
    from jsonb_to_recordset(${JSON.stringify(states)}::jsonb) as r(metric_id text, judge jsonb, wake_at timestamptz, alert_id uuid)
    on conflict (workspace_id, metric_id) do update
      set judge = excluded.judge, wake_at = excluded.wake_at, alert_id = excluded.alert_id`);
}
