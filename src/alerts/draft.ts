import { sql, type Tx } from '../db/index.ts';
import type { ChannelName, DeliveryDraft } from '../delivery/index.ts';
import type { Metric, Registry } from '../registry/index.ts';
import { listLeftPlaces } from './left-places.ts';
import { planDeliveries } from './plan.ts';
import { listAudience, type RouteRequest } from './route.ts';
import { holdBack, type ActiveWindow } from './silence.ts';
import { foldStorms, redrawStorms } from './storm-store.ts';
import type { Edge, Episode } from './types.ts';

/** An alert after a judgement, and what happened to it. */
export type Happened = {
  id: string;
  number: number;
  metric: Metric;
  episode: Episode;
  edges: readonly Edge[];
  value: number;
  /** it was stored before: places may have its message */
  isKnown: boolean;
};

export type DraftContext = {
  workspaceId: string;
  registry: Registry;
  channels: ReadonlySet<ChannelName>;
  /** maintenance windows of the files that are open now */
  windows: readonly ActiveWindow[];
  now: Date;
};

/** Decides every message that some alerts make: planned by the edge table, kept back by silence, folded by storms. */
export async function draftDeliveries(
  tx: Tx,
  context: DraftContext,
  happened: readonly Happened[],
): Promise<DeliveryDraft[]> {
  const changed = happened.filter(({ edges }) => edges.length > 0);
  if (changed.length === 0) return [];
  const known = changed.filter(({ isKnown }) => isKnown);
  const posted = withoutLeft(
    await listPostedPlaces(
      tx,
      known.map(({ id }) => id),
    ),
    context.registry,
  );
  const silenced = await withChatWindows(tx, context);
  const planned = changed.flatMap((one) => draftOne(silenced, one, posted.get(one.id) ?? new Set<string>()));
  const { workspaceId, registry } = context;
  const policy = registry.workspace.policies.storm;
  const told = known.filter(({ edges }) => edges.some(({ kind }) => kind !== 'value_changed'));
  return [
    ...(await foldStorms(tx, { workspaceId, policy }, planned)),
    ...(await redrawStorms(
      tx,
      workspaceId,
      told.map(({ id }) => id),
    )),
  ];
}

function draftOne(context: DraftContext, happened: Happened, postedPlaces: ReadonlySet<string>) {
  const { registry, channels, windows, now } = context;
  const { people, workspace } = registry;
  const { id, number, metric, episode, edges, value } = happened;
  const { version, level, worstLevel } = episode;
  const route: RouteRequest = { metric, people, workspace, channels };
  const drafts = planDeliveries({
    alert: { id, metricId: metric.id, number, version, level, worstLevel, value },
    edges,
    audienceOf: (edge) => listAudience(route, edge, workspace.policies.escalation),
    postedPlaces,
    now,
  });
  const facts = { metric, level, windows, people, timezone: workspace.timezone, now };
  return drafts.map((draft) => holdBack(draft, facts));
}

/** Places that have, or will have, the message of each alert. */
export async function listPostedPlaces(
  tx: Tx,
  alertIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  if (alertIds.length === 0) return found;
  const rows = await tx.$queryRaw<{ alert_id: string; place: string }[]>(sql`
    select alert_id, place from heartbeat.alert_message where alert_id = any(${alertIds}::uuid[])
    union
    select alert_id, place from heartbeat.delivery
    where alert_id = any(${alertIds}::uuid[]) and operation = 'post' and status in ('pending', 'sending')`);
  for (const row of rows) found.set(row.alert_id, (found.get(row.alert_id) ?? new Set()).add(row.place));
  return found;
}

/** Whoever has left hears nothing more, also where a message was on its way to them then. */
function withoutLeft(posted: ReadonlyMap<string, Set<string>>, registry: Registry): Map<string, Set<string>> {
  const left = new Set(
    listLeftPlaces(
      [...posted.values()].flatMap((places) => [...places]),
      registry,
    ),
  );
  return new Map([...posted].map(([id, places]) => [id, places.difference(left)]));
}

/** Adds the windows that people opened in chat. */
export async function withChatWindows<Context extends Pick<DraftContext, 'workspaceId' | 'windows' | 'now'>>(
  tx: Tx,
  context: Context,
): Promise<Context> {
  const { workspaceId, windows, now } = context;
  const opened = await tx.$queryRaw<ActiveWindow[]>(sql`
    select name, ends_at as until, metrics, domains, sources from heartbeat.maintenance_window
    where workspace_id = ${workspaceId} and ended_at is null and starts_at <= ${now}::timestamptz and ends_at > ${now}::timestamptz`);
  return { ...context, windows: [...windows, ...opened] };
}
