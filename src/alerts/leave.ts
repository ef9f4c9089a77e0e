import { inTransaction, sql, type Tx } from '../db/index.ts';
import { enqueueDeliveries, placeKey, PRIORITY, type DeliveryDraft } from '../delivery/index.ts';
import type { Deps } from '../deps.ts';
import type { Metric } from '../registry/index.ts';
import { withChatWindows, type DraftContext } from './draft.ts';
import { LEFT, listLeftPlaces } from './left-places.ts';
import type { AlertRecord } from './read.ts';
import { listAudience, routeAlert, type RouteRequest } from './route.ts';
import { holdBack } from './silence.ts';
import { changeContext, type AlertFacts } from './store.ts';
import { foldStorms } from './storm-store.ts';
import type { Edge } from './types.ts';

/** An open alert that somebody who left was told of. */
type LeftAlert = Pick<AlertRecord, 'id' | 'metricId' | 'version' | 'level' | 'state'> & {
  facts: AlertFacts;
};

type Leaving = { workspaceId: string; places: readonly string[] };

/**
 * Ends what goes to places that were a person's and are nobody's now: their messages are forgotten, what waits for them is not
 * sent, and open alerts that were told there go at once to whoever they are for now. Once over replicas.
 */
export async function leavePlaces(deps: Deps): Promise<void> {
  if ((await findLeft(deps.db.prisma, deps)).length === 0) return;
  await inTransaction(deps.db, async (tx) => {
    const { workspaceId } = deps;
    await tx.$executeRaw(sql`select pg_advisory_xact_lock(hashtextextended(${`${workspaceId} leaving`}, 0))`);
    const places = await findLeft(tx, deps);
    if (places.length === 0) return;
    const alerts = await lockAlerts(tx, { workspaceId, places });
    await forgetPlaces(tx, { workspaceId, places });
    await handOver(tx, deps, alerts);
  });
  deps.outbox.kick();
}

/** The things that have messages of their own here; pinned cockpits are not among them. */
const isOurs = sql`
  alert_id in (
    select id from heartbeat.alerts union all select id from heartbeat.storm union all select id from heartbeat.source_alert)`;
/**
 * What nobody who is here waits for; who asked for access is not here yet. Of a call that is under way the result is not stored
 * then: its lease is gone, and so are the edits that would follow.
 */
const isWaiting = sql`status in ('pending', 'held', 'sending') and edge <> 'access_answer'`;

async function findLeft(
  db: Pick<Tx, '$queryRaw'>,
  { workspaceId, registry }: Pick<Deps, 'workspaceId' | 'registry'>,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ place: string }[]>(sql`
    select place from heartbeat.alert_message where workspace_id = ${workspaceId} and ${isOurs}
    union
    select place from heartbeat.delivery where workspace_id = ${workspaceId} and ${isWaiting}
    union
    select place from heartbeat.storm where workspace_id = ${workspaceId} and over_at is null`);
  return listLeftPlaces(
    rows.map(({ place }) => place),
    registry.current(),
  );
}

/** Gives the open alerts that were told at the places, one by one or in a storm, or were to be; nobody judges them meanwhile. */
async function lockAlerts(tx: Tx, { workspaceId, places }: Leaving): Promise<LeftAlert[]> {
  const at = sql`place = any(${[...places]})`;
  const told = await tx.$queryRaw<{ id: string; metric_id: string }[]>(sql`
    select id, metric_id from heartbeat.alerts
    where workspace_id = ${workspaceId} and state <> 'resolved' and id in (
      select alert_id from heartbeat.alert_message where workspace_id = ${workspaceId} and ${at}
      union select alert_id from heartbeat.delivery where workspace_id = ${workspaceId} and ${at} and ${isWaiting}
      union select m.alert_id from heartbeat.storm_alert m join heartbeat.storm s on s.id = m.storm_id
        where s.workspace_id = ${workspaceId} and s.over_at is null and s.place = any(${[...places]}))`);
  if (told.length === 0) return [];
  const metrics = told.map(({ metric_id: metricId }) => metricId);
  await tx.$queryRaw(sql`
    select from heartbeat.metric_state where workspace_id = ${workspaceId} and metric_id = any(${metrics})
    order by metric_id for update`);
  return tx.$queryRaw<LeftAlert[]>(sql`
    select id, metric_id as "metricId", version, level, state, facts from heartbeat.alerts
    where id = any(${told.map(({ id }) => id)}::uuid[]) and state <> 'resolved' order by number`);
}

async function forgetPlaces(tx: Tx, { workspaceId, places }: Leaving): Promise<void> {
  const at = sql`workspace_id = ${workspaceId} and place = any(${[...places]})`;
  await tx.$executeRaw(sql`delete from heartbeat.alert_message where ${at} and ${isOurs}`);
  await tx.$executeRaw(sql`
    update heartbeat.delivery set status = 'superseded', reason = ${LEFT}, lease_by = null, lease_until = null
    where ${at} and ${isWaiting}`);
  await tx.$executeRaw(sql`
    update heartbeat.storm set ended_at = coalesce(ended_at, now()), over_at = now(), open_place = null
    where ${at} and over_at is null`);
}

async function handOver(tx: Tx, deps: Deps, alerts: readonly LeftAlert[]): Promise<void> {
  if (alerts.length === 0) return;
  const { workspaceId, jobs } = deps;
  const now = deps.clock.now();
  const context = await withChatWindows(tx, changeContext(deps, now));
  const { metrics, workspace } = context.registry;
  const known = alerts.flatMap((alert) => {
    const metric = metrics.get(alert.metricId);
    return metric ? [{ alert, metric }] : [];
  });
  await markUnowned(tx, context, known);
  const shown = await listShownPlaces(tx, alerts);
  const posts = known.flatMap((one) => draftPosts(context, one, shown.get(one.alert.id) ?? new Set()));
  const drafts = await foldStorms(tx, { workspaceId, policy: workspace.policies.storm }, posts);
  await enqueueDeliveries(tx, jobs, { workspaceId, drafts, now });
}

type Known = { alert: LeftAlert; metric: Metric };

async function markUnowned(tx: Tx, context: DraftContext, known: readonly Known[]): Promise<void> {
  const rows = known.map(({ alert, metric }) => ({
    id: alert.id,
    unowned: routeAlert(requestOf(context, metric)).unowned,
  }));
  await tx.$executeRaw(sql`
    update heartbeat.alerts a set facts = a.facts || jsonb_build_object('unowned', r.unowned)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, unowned boolean) where a.id = r.id`);
}

/** Places that show each alert, or will: in a message of its own or in a storm's. */
async function listShownPlaces(tx: Tx, alerts: readonly LeftAlert[]): Promise<Map<string, Set<string>>> {
  const ids = sql`any(${alerts.map(({ id }) => id)}::uuid[])`;
  const rows = await tx.$queryRaw<{ alert_id: string; place: string }[]>(sql`
    select alert_id, place from heartbeat.alert_message where alert_id = ${ids}
    union
    select alert_id, place from heartbeat.delivery
    where alert_id = ${ids} and operation = 'post' and status in ('held', 'pending', 'sending')
    union
    select m.alert_id, s.place from heartbeat.storm_alert m join heartbeat.storm s on s.id = m.storm_id
    where m.alert_id = ${ids} and s.over_at is null`);
  const byAlert = Map.groupBy(rows, (row) => row.alert_id);
  return new Map([...byAlert].map(([id, group]) => [id, new Set(group.map(({ place }) => place))]));
}

function requestOf({ registry, channels }: DraftContext, metric: Metric): RouteRequest {
  const { people, workspace } = registry;
  return { metric, people, workspace, channels };
}

/** Where the alert goes now, and the rungs of the ladder that heard of it; what somebody has in hand interrupts nobody. */
function draftPosts(context: DraftContext, { alert, metric }: Known, shown: ReadonlySet<string>) {
  const { registry, windows, now } = context;
  const { people, workspace } = registry;
  const rungs = Array.from({ length: alert.facts.escalatedSteps ?? 0 }, (_, step) => step);
  const edges: Edge[] = [
    { kind: 'value_changed' },
    ...rungs.map((step): Edge => ({ kind: 'escalated', step })),
  ];
  const audience = edges.flatMap((edge) =>
    listAudience(requestOf(context, metric), edge, workspace.policies.escalation),
  );
  const places = new Map(audience.map((place) => [placeKey(place), place]));
  const facts = { metric, level: alert.level, windows, people, timezone: workspace.timezone, now };
  return [...places]
    .filter(([key]) => !shown.has(key))
    .map(([key, place]): DeliveryDraft => ({
      key: `${alert.id}:${alert.version}:left@${now.toISOString()}:${key}`,
      alertId: alert.id,
      edge: `entered_${alert.level}`,
      place,
      operation: 'post',
      silent: alert.state !== 'firing',
      priority: alert.level === 'red' ? PRIORITY.red : PRIORITY.rest,
      hold: null,
      payload: { metric: metric.id },
    }))
    .map((draft) => holdBack(draft, facts));
}
