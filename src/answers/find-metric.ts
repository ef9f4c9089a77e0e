import type { Metric } from '../registry/index.ts';
import { findNamed } from './find-named.ts';

/** One metric, or up to three that may be meant: `several` when the words fit more than one. */
export type MetricSearch =
  | { kind: 'one'; metric: Metric }
  | { kind: 'several' | 'none'; nearest: readonly Metric[] };

/** Finds a metric by id, name or synonym as `findNamed` does; of metrics spelt equally near, by name. */
export function findMetric(query: string, metrics: Iterable<Metric>): MetricSearch {
  const byName = [...metrics].toSorted((a, b) => a.name.localeCompare(b.name));
  const found = findNamed(query, byName, ({ id, name, synonyms }) => [id, name, ...synonyms]);
  return found.kind === 'one' ? { kind: 'one', metric: found.value } : found;
}
