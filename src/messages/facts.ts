import { findAlertRecord, listAlerts, type AlertRecord } from '../alerts/index.ts';
import { metricCardSpec, type AlertView, type Words } from '../answers/index.ts';
import { sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { DAY, HOUR } from '../lib/time.ts';
import type { CardRange, MetricCardSpec, Theme } from '../pictures/index.ts';
import { findStatus, listPoints, type MetricStatus } from '../pulse/index.ts';
import type { Metric } from '../registry/index.ts';
import { nameOfPeople, sharedDocsUrlOf } from './audience.ts';
import { alertView } from './view.ts';

const RANGE_MS: Record<CardRange, number> = { '1d': DAY, '7d': 7 * DAY, '28d': 28 * DAY, '90d': 90 * DAY };
const CARD_POINTS = 365;
const SPANS_MAX = 50;

/** The range in which a metric of this period shows something: about a hundred points. */
export function rangeOf(metric: Metric): CardRange {
  if (metric.period.ms < HOUR / 2) return '1d';
  return metric.period.ms < DAY / 2 ? '7d' : '90d';
}

/** The picture of a metric's card, with the readings and alerts of its range. */
export async function loadCardSpec(
  deps: Deps,
  status: MetricStatus,
  options: { range: CardRange; words: Words; theme: Theme },
): Promise<MetricCardSpec> {
  const { metric, observation } = status;
  const now = observation?.computedAt ?? deps.clock.now();
  const from = new Date(now.getTime() - RANGE_MS[options.range]);
  const [points, alerts] = await Promise.all([
    listPoints(deps, { metricId: metric.id, from, limit: CARD_POINTS }),
    listAlerts(deps.db, deps.workspaceId, {
      states: ['firing', 'acked', 'snoozed', 'resolved'],
      metricIds: [metric.id],
      limit: SPANS_MAX,
    }),
  ]);
  const spans = alerts
    .map((alert) => ({ from: alert.openedAt, to: alert.resolvedAt ?? now, level: alert.level }))
    .filter((span) => span.to > from);
  return metricCardSpec(status, points, { ...options, now, spans, nameOf: nameOfPeople(deps) });
}

/** The view of an alert as it is now, for one reader; undefined when the alert or its metric was never stored. */
export async function loadAlertView(
  deps: Deps,
  which: { id: string } | { number: number },
  words: Words,
): Promise<AlertView | undefined> {
  const alert = await findAlertRecord(deps.db, deps.workspaceId, which);
  return alert && toView(deps, alert, words, { withPicture: true });
}

/** How a view is made: with the facts of its picture or without, from a status that is at hand or one that is looked up. */
export type ViewOptions = { withPicture: boolean; status?: MetricStatus | undefined };

/** The view of an alert that is at hand, for one reader; undefined when its metric was never stored. */
export async function toView(
  deps: Deps,
  alert: AlertRecord,
  words: Words,
  { withPicture, status: known }: ViewOptions,
): Promise<AlertView | undefined> {
  const status = known ?? (await findStatus(deps, alert.metricId)) ?? null;
  const metric = status?.metric ?? (await findLastDefinition(deps, alert.metricId));
  if (!metric) return undefined;
  const picture = status && withPicture ? await cardSpecOrNull(deps, status, words) : null;
  return alertView({
    alert,
    metric,
    status,
    nameOf: nameOfPeople(deps),
    docsUrl: sharedDocsUrlOf(deps, metric),
    picture,
    now: deps.clock.now(),
  });
}

/** A message is more than its picture: what goes wrong with the picture's facts only leaves it out. */
async function cardSpecOrNull(
  deps: Deps,
  status: MetricStatus,
  words: Words,
): Promise<MetricCardSpec | null> {
  try {
    return await loadCardSpec(deps, status, { range: rangeOf(status.metric), words, theme: 'light' });
  } catch (error) {
    deps.log.error(
      { err: error, metric: status.metric.id },
      'the facts of a picture could not be read; the text goes alone',
    );
    return null;
  }
}

async function findLastDefinition(deps: Deps, metricId: string): Promise<Metric | undefined> {
  const rows = await deps.db.prisma.$queryRaw<{ definition: Metric }[]>(sql`
    select definition from heartbeat.metric_registry where workspace_id = ${deps.workspaceId} and id = ${metricId}`);
  return rows[0]?.definition;
}
