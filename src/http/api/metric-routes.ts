import type { OpenAPIHono, z } from '@hono/zod-openapi';
import type { Deps } from '../../deps.ts';
import { findStatus, loadStatuses } from '../../pulse/index.ts';
import type { Metric } from '../../registry/index.ts';
import type { AppEnv } from '../env.ts';
import { decodeCursor, encodeCursor, pageOf } from './cursor.ts';
import { defineRead } from './define-route.ts';
import { presentMetric, presentMetricDetail } from './present.ts';
import { isMetricKnown, readHistory } from './read-history.ts';
import {
  HistoryItem,
  HistoryQuery,
  listOf,
  MetricDetail,
  MetricItem,
  MetricQuery,
  SlugParams,
} from './schemas.ts';
import { unknownMetric } from './unknown.ts';

const list = defineRead({
  path: '/api/metrics',
  summary: 'Metrics with their newest readings, by id',
  tag: 'metrics',
  request: { query: MetricQuery },
  answer: listOf(MetricItem, 'MetricList'),
});

const one = defineRead({
  path: '/api/metrics/{slug}',
  summary: 'One metric with its whole definition',
  tag: 'metrics',
  request: { params: SlugParams },
  answer: MetricDetail,
  trouble: [404],
});

const history = defineRead({
  path: '/api/metrics/{slug}/history',
  summary: 'Values of a metric, newest first; of a corrected value, the correction',
  tag: 'metrics',
  request: { params: SlugParams, query: HistoryQuery },
  answer: listOf(HistoryItem, 'ReadingList'),
  trouble: [404],
});

/** Reads metrics and their history. */
export function addMetricRoutes(api: OpenAPIHono<AppEnv>, deps: Deps): void {
  api.openapi(list, async (c) => {
    const { limit, cursor, ...wanted } = c.req.valid('query');
    const page = pageOf(await listWanted(deps, wanted), { limit, cursor });
    const found = await loadStatuses(
      deps,
      page.items.map(({ id }) => id),
    );
    const byId = new Map(found.map((status) => [status.metric.id, presentMetric(deps, status)]));
    return c.json({ items: page.items.flatMap(({ id }) => byId.get(id) ?? []), next: page.next }, 200);
  });

  api.openapi(one, async (c) => {
    const { slug } = c.req.valid('param');
    const status = await findStatus(deps, slug);
    if (!status) throw unknownMetric(slug);
    return c.json(presentMetricDetail(deps, status), 200);
  });

  api.openapi(history, async (c) => {
    const { slug } = c.req.valid('param');
    const { from, to, limit, cursor } = c.req.valid('query');
    if (!(await isMetricKnown(deps, slug))) throw unknownMetric(slug);
    const before = cursor === undefined ? undefined : new Date(Number(decodeCursor(cursor, /^-?\d{1,15}$/)));
    const items = await readHistory(deps, {
      metricId: slug,
      from: from === undefined ? null : new Date(from),
      to: earlierOf(to === undefined ? undefined : new Date(to), before) ?? null,
      limit: limit + 1,
    });
    const page = items.slice(0, limit);
    const last = page.at(-1);
    const next = items.length > limit && last ? encodeCursor(String(Date.parse(last.as_of))) : null;
    return c.json({ items: page, next }, 200);
  });
}

async function listWanted(
  deps: Deps,
  { domain, team, owner, level }: Omit<z.infer<typeof MetricQuery>, 'limit' | 'cursor'>,
): Promise<Metric[]> {
  const metrics = [...deps.registry.current().metrics.values()]
    .filter((metric) => domain === undefined || metric.domain === domain)
    .filter((metric) => team === undefined || metric.teams.includes(team))
    .filter((metric) => owner === undefined || metric.owner === owner)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  if (level === undefined) return metrics;
  const statuses = await loadStatuses(
    deps,
    metrics.map(({ id }) => id),
  );
  const atLevel = new Set(statuses.filter((status) => status.level === level).map(({ metric }) => metric.id));
  return metrics.filter(({ id }) => atLevel.has(id));
}

function earlierOf(one: Date | undefined, other: Date | undefined): Date | undefined {
  if (!one || !other) return one ?? other;
  return one < other ? one : other;
}
