import { z } from 'zod';
import {
  findAlertRecord,
  listAlerts,
  listPersonPlaces,
  listRoomPlaces,
  routeAlert,
  type AlertState,
  type Level,
} from '../alerts/index.ts';
import { answerWhy, type Answer, type WhyPlace, type WhyTick } from '../answers/index.ts';
import { sql } from '../db/index.ts';
import { listDeliveries, parsePlaceKey, placeKey, type DeliveryRecord } from '../delivery/index.ts';
import { labelOf, nameOfPeople, toView } from '../messages/index.ts';
import { findStatus } from '../pulse/index.ts';
import type { Metric } from '../registry/index.ts';
import { chooseMetric, parseAlertNumber } from './choose.ts';
import { defineCommand, type CommandContext, type CommandDeps } from './types.ts';
import { unknownAlert, unknownMetric } from './unknown.ts';
import { listSilences } from './why-silences.ts';

const TICKS_SHOWN = 6;
const DELIVERIES_SHOWN = 12;

/** Why a metric rang, or why it is silent: from stored facts only. */
export async function showWhy({ deps, words }: CommandContext, metric: Metric): Promise<Answer> {
  const status = await findStatus(deps, metric.id);
  if (!status) throw unknownMetric(metric.id);
  const [newest] = await listAlerts(deps.db, deps.workspaceId, {
    states: ['firing', 'acked', 'snoozed', 'resolved'],
    metricIds: [metric.id],
    limit: 1,
  });
  const judged = await readJudged(deps, metric.id);
  const [silences, ticks, deliveries] = await Promise.all([
    listSilences(deps, metric, { alert: newest, judged }),
    readTicks(deps, metric.id),
    listSent(deps, metric.id, newest?.id),
  ]);
  const open = newest && newest.state !== 'resolved' ? newest : undefined;
  return answerWhy(
    {
      status,
      now: deps.clock.now(),
      nameOf: nameOfPeople(deps),
      judged,
      ticks,
      alert: open ? ((await toView(deps, open, words, { withPicture: false, status })) ?? null) : null,
      silences,
      places: listWhyPlaces(deps, metric),
      deliveries: deliveries.map((item) => toWhyDelivery(deps, item)),
    },
    words,
  );
}

/** What was sent of the metric's newest alert, and of its source while that is silent; newest first. */
async function listSent(
  deps: CommandDeps,
  metricId: string,
  newest: string | undefined,
): Promise<DeliveryRecord[]> {
  const silent = await deps.db.prisma.$queryRaw<{ id: string }[]>(sql`
    select source_alert_id as id from heartbeat.metric_state
    where workspace_id = ${deps.workspaceId} and metric_id = ${metricId} and source_alert_id is not null`);
  const alertIds = [...(newest === undefined ? [] : [newest]), ...silent.map(({ id }) => id)];
  const pages = await Promise.all(
    alertIds.map((alertId) =>
      listDeliveries(deps.db, deps.workspaceId, { alertId, limit: DELIVERIES_SHOWN }),
    ),
  );
  return pages
    .flatMap(({ items }) => items)
    .toSorted((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt))
    .slice(0, DELIVERIES_SHOWN);
}

function toWhyDelivery(deps: CommandDeps, item: DeliveryRecord) {
  return {
    id: item.id,
    edge: item.edge,
    at: new Date(item.sentAt ?? item.createdAt),
    place: labelOf(deps, parsePlaceKey(item.place)),
    operation: item.operation as 'post',
    status: item.status as 'sent',
    attempts: item.attempts,
    reason: item.reason,
  };
}

async function readJudged(deps: CommandDeps, metricId: string): Promise<AlertState | null> {
  const rows = await deps.db.prisma.$queryRaw<{ judge: AlertState | null }[]>(sql`
    select judge from heartbeat.metric_state where workspace_id = ${deps.workspaceId} and metric_id = ${metricId}`);
  return rows[0]?.judge ?? null;
}

async function readTicks(deps: CommandDeps, metricId: string): Promise<WhyTick[]> {
  const rows = await deps.db.prisma.$queryRaw<{ at: Date; value: number; level: Level }[]>(sql`
    select as_of as at, value, level from heartbeat.metric_history
    where workspace_id = ${deps.workspaceId} and metric = ${metricId} and kind in ('tick', 'refresh')
    order by as_of desc, computed_at desc limit ${TICKS_SHOWN}::int`);
  return rows.toReversed();
}

/** Where this metric's alerts go now, each place with its reason. */
function listWhyPlaces(deps: CommandDeps, metric: Metric): WhyPlace[] {
  const { people, workspace } = deps.registry.current();
  const { places } = routeAlert({ metric, people, workspace, channels: deps.channels });
  const owner = people.find((person) => person.email === metric.owner);
  const owned = new Set((owner ? listPersonPlaces(owner) : []).map(placeKey));
  const teamOf = new Map(
    workspace.rooms.flatMap((room) => {
      const team = room.teams.find((one) => metric.teams.includes(one));
      return team === undefined ? [] : listRoomPlaces(room).map((place) => [placeKey(place), team] as const);
    }),
  );
  return places.map((place) => {
    const label = labelOf(deps, place);
    const team = teamOf.get(placeKey(place));
    if (owned.has(placeKey(place))) return { label, why: { kind: 'owner' } };
    return { label, why: team === undefined ? { kind: 'unowned' } : { kind: 'team', team } };
  });
}

export const why = defineCommand({
  name: 'why',
  role: 'viewer',
  args: z.object({ metric: z.string().optional() }),
  positional: ['metric'],
  reads: () => true,
  async run(context, args) {
    const number = args.metric === undefined ? undefined : parseAlertNumber(args.metric);
    if (number !== undefined) return showWhy(context, await metricOfAlert(context.deps, number));
    const chosen = chooseMetric(context, args.metric);
    return chosen.kind === 'ask' ? chosen.answer : showWhy(context, chosen.value);
  },
});

/** The metric of an alert. Throws NotFoundError `alert_unknown`, or `metric_unknown` when it is retired. */
export async function metricOfAlert(deps: CommandDeps, number: number): Promise<Metric> {
  const alert = await findAlertRecord(deps.db, deps.workspaceId, { number });
  if (!alert) throw unknownAlert(number);
  const metric = deps.registry.current().metrics.get(alert.metricId);
  if (!metric) throw unknownMetric(alert.metricId);
  return metric;
}
