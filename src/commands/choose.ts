import { listAlerts, type AlertRecord } from '../alerts/index.ts';
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
  const { deps, words } = context;
  const open = await listAlerts(deps.db, deps.workspaceId);
  const number = query === undefined ? undefined : parseAlertNumber(query);
  if (number !== undefined) {
    const value = open.find((alert) => alert.number === number);
    if (!value)
      throw new NotFoundError('alert_unknown', `There is no open alert A-${number}.`, {
        details: { alert: `A-${number}` },
      });
    return { kind: 'one', value };
  }
  if (query !== undefined) {
    const alerting = findMetric(query, metricsOf(deps, open));
    const metric =
      alerting.kind === 'one'
        ? { kind: 'one' as const, value: alerting.metric }
        : chooseMetric(context, query);
    if (metric.kind === 'ask') return metric;
    const value = open.find((alert) => alert.metricId === metric.value.id);
    if (value) return { kind: 'one', value };
    throw new NotFoundError('alert_unknown', `${metric.value.name} has no open alert.`, {
      details: { alert: metric.value.name },
    });
  }
  const [only, ...others] = open;
  if (only && others.length === 0) return { kind: 'one', value: only };
  return { kind: 'ask', answer: ask(await listViews(deps, open.slice(0, ASKED_MAX), words)) };
}

/** Metrics that have an open alert: what a person who acts on one means first. */
function metricsOf(deps: CommandDeps, alerts: readonly AlertRecord[]): Metric[] {
  const { metrics } = deps.registry.current();
  return alerts.flatMap((alert) => metrics.get(alert.metricId) ?? []);
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
