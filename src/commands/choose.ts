import { listAlertingMetrics, listAlerts, type AlertRecord } from '../alerts/index.ts';
import { answerDidYouMean, findMetric, type Answer, type AlertView, type Words } from '../answers/index.ts';
import { NotFoundError } from '../errors.ts';
import { toView } from '../messages/index.ts';
import { loadStatuses } from '../pulse/index.ts';
import type { Metric } from '../registry/index.ts';
import type { CommandContext, CommandDeps } from './types.ts';

/** A thing that was named, or the answer that asks which one is meant. */
export type Chosen<T> = { kind: 'one'; value: T } | { kind: 'ask'; answer: Answer };

const SUGGESTIONS = 3;
/** A question lists no more alerts than this. */
const ASKED_MAX = 8;

/** Finds the metric a person means by id, name or synonym. */
export function chooseMetric({ deps, words }: CommandContext, query: string | undefined): Chosen<Metric> {
  const metrics = [...deps.registry.current().metrics.values()];
  if (!query) {
    const nearest = metrics.filter(({ builtIn }) => builtIn !== true).slice(0, SUGGESTIONS);
    return { kind: 'ask', answer: answerDidYouMean({ query: '', kind: 'several', nearest }, words) };
  }
  const found = findMetric(query, metrics);
  if (found.kind === 'one') return { kind: 'one', value: found.metric };
  return {
    kind: 'ask',
    answer: answerDidYouMean({ query, kind: found.kind, nearest: found.nearest }, words),
  };
}

/** Reads `A-1042` or `1042`; undefined for other words. */
export function parseAlertNumber(text: string): number | undefined {
  const match = /^(?:a-?)?(\d{1,9})$/i.exec(text.trim());
  return match ? Number(match[1]) : undefined;
}

/** Finds the open alert a person means: by number, by metric, or the only one there is. Throws NotFoundError `alert_unknown`. */
export async function chooseOpenAlert(
  context: CommandContext,
  query: string | undefined,
  ask: (alerts: readonly AlertView[]) => Answer,
): Promise<Chosen<AlertRecord>> {
  const number = query === undefined ? undefined : parseAlertNumber(query);
  if (number !== undefined) return { kind: 'one', value: await getOpenAlert(context.deps, number) };
  if (query !== undefined) return chooseOfMetric(context, query);
  const { deps, words } = context;
  const open = await listAlerts(deps.db, deps.workspaceId, { limit: ASKED_MAX });
  const [only, ...others] = open;
  if (only && others.length === 0) return { kind: 'one', value: only };
  return { kind: 'ask', answer: ask(await listViews(deps, open, words)) };
}

async function getOpenAlert({ db, workspaceId }: CommandDeps, number: number): Promise<AlertRecord> {
  const [alert] = await listAlerts(db, workspaceId, { numbers: [number] });
  if (alert) return alert;
  throw new NotFoundError('alert_unknown', `There is no open alert A-${number}.`, {
    details: { alert: `A-${number}` },
  });
}

async function chooseOfMetric(context: CommandContext, query: string): Promise<Chosen<AlertRecord>> {
  const alerting = findMetric(query, await listAlerting(context.deps));
  const metric =
    alerting.kind === 'one' ? { kind: 'one' as const, value: alerting.metric } : chooseMetric(context, query);
  if (metric.kind === 'ask') return metric;
  const alert = await findOpenAlertOf(context.deps, metric.value.id);
  if (alert) return { kind: 'one', value: alert };
  throw new NotFoundError('alert_unknown', `${metric.value.name} has no open alert.`, {
    details: { alert: metric.value.name },
  });
}

/** The newest open alert of a metric. */
export async function findOpenAlertOf(
  { db, workspaceId }: CommandDeps,
  metricId: string,
): Promise<AlertRecord | undefined> {
  const [alert] = await listAlerts(db, workspaceId, { metricIds: [metricId], limit: 1 });
  return alert;
}

/** Metrics that have an open alert: what a person who acts on one means first. */
async function listAlerting({ db, workspaceId, registry }: CommandDeps): Promise<Metric[]> {
  const { metrics } = registry.current();
  const ids = await listAlertingMetrics(db, workspaceId);
  return ids.flatMap((id) => metrics.get(id) ?? []);
}

/** The views of alerts, without pictures: for lists. */
export async function listViews(
  deps: CommandDeps,
  alerts: readonly AlertRecord[],
  words: Words,
): Promise<AlertView[]> {
  const statuses = await loadStatuses(
    deps,
    alerts.map(({ metricId }) => metricId),
  );
  const byMetric = new Map(statuses.map((status) => [status.metric.id, status]));
  const views = await Promise.all(
    alerts.map((alert) =>
      toView(deps, alert, words, { withPicture: false, status: byMetric.get(alert.metricId) }),
    ),
  );
  return views.filter((view) => view !== undefined);
}
