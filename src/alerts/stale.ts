/** The source of a metric whose warehouse cannot be reached: one for all of them. */
export const WAREHOUSE_SOURCE = 'warehouse';

/** A metric without a fresh reading. */
export type StaleMetric = {
  id: string;
  sources: readonly string[];
  /** its last tick could not reach the warehouse */
  unreachable: boolean;
};

/** An alert of a silent source that is open, with the metrics it names. */
export type OpenSource = { id: string; source: string; metrics: readonly string[] };

/** What becomes of the sources: each alert's metrics from now on (none: it is over), and alerts to open. */
export type StalePlan = {
  kept: { id: string; source: string; metrics: string[]; isChanged: boolean }[];
  opened: { source: string; metrics: string[] }[];
};

/**
 * Decides which alerts of sources tell which metrics are stale. A metric stays with the alert that names it, joins one of a
 * source it reads, or is grouped with others by the source that most of them share. Pure.
 */
export function planStale(stale: readonly StaleMetric[], open: readonly OpenSource[]): StalePlan {
  const named = new Set(open.flatMap(({ metrics }) => metrics));
  const news = stale.filter(({ id }) => !named.has(id));
  const joining = new Map(news.map((metric) => [metric.id, findOpen(metric, open)]));
  const isStale = new Set(stale.map(({ id }) => id));
  const kept = open.map(({ id, source, metrics }) => {
    const stay = metrics.filter((metric) => isStale.has(metric));
    const joined = news.filter((metric) => joining.get(metric.id) === id).map((metric) => metric.id);
    return {
      id,
      source,
      metrics: [...stay, ...joined],
      isChanged: stay.length < metrics.length || joined.length > 0,
    };
  });
  return { kept, opened: groupBySource(news.filter(({ id }) => joining.get(id) === undefined)) };
}

function sourcesOf({ sources, unreachable }: StaleMetric): readonly string[] {
  return unreachable || sources.length === 0 ? [WAREHOUSE_SOURCE] : sources;
}

function findOpen(metric: StaleMetric, open: readonly OpenSource[]): string | undefined {
  const reads = sourcesOf(metric);
  return open.find(({ source }) => reads.includes(source))?.id;
}

/** The source that most metrics read takes them all, then the next one of those left; by name where they are equal. */
function groupBySource(metrics: readonly StaleMetric[]): StalePlan['opened'] {
  const groups: StalePlan['opened'] = [];
  let left = [...metrics];
  while (left.length > 0) {
    const readers = Map.groupBy(
      left.flatMap((metric) => sourcesOf(metric).map((source) => ({ source, metric }))),
      ({ source }) => source,
    );
    const [first] = [...readers].toSorted(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1));
    if (first === undefined) break;
    const [source, taken] = first;
    const ids = new Set(taken.map(({ metric }) => metric.id));
    groups.push({ source, metrics: [...ids] });
    left = left.filter(({ id }) => !ids.has(id));
  }
  return groups;
}
