import type { Metric } from '../registry/index.ts';
import { findNamed, listNearest } from './find-named.ts';

/** One metric, or up to three that may be meant: `several` when the words fit more than one. */
export type MetricSearch =
  | { kind: 'one'; metric: Metric }
  | { kind: 'several' | 'none'; nearest: readonly Metric[] };

/** Finds a metric by id, name or synonym as `findNamed` does; of metrics spelt equally near, by name. */
export function findMetric(query: string, metrics: Iterable<Metric>): MetricSearch {
  const found = findNamed(query, sortByName(metrics), namesOf);
  return found.kind === 'one' ? { kind: 'one', metric: found.value } : found;
}

/** Lists at most `most` metrics by id, name or synonym as `listNearest` does; of metrics that fit equally, by name. */
export function listNearestMetrics(query: string, metrics: Iterable<Metric>, most: number): Metric[] {
  return listNearest(query, sortByName(metrics), { namesOf, most });
}

function namesOf({ id, name, synonyms }: Metric): string[] {
  return [id, name, ...synonyms];
}

function sortByName(metrics: Iterable<Metric>): Metric[] {
  return [...metrics].toSorted((a, b) => a.name.localeCompare(b.name));
}
