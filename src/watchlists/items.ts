import { findMetric, metricsInScope, parsePrefixed } from '../answers/index.ts';
import type { Metric } from '../registry/index.ts';

/** Words that name no metric, and up to three that are spelt alike. */
export type UnknownItem = { query: string; nearest: readonly Metric[] };

/** The metrics that words name, each once, in the order of the words; and the words that name none. */
export type ResolvedItems = { metricIds: string[]; unknown: UnknownItem[] };

/**
 * Finds what items name: a metric by any of its names, or all of `team:growth`, `domain:money`, `tag:slo`. Words that name no
 * metric together may each name one.
 */
export function resolveItems(items: readonly string[], metrics: readonly Metric[]): ResolvedItems {
  const found = items.map((item) => resolveItem(item, metrics));
  return {
    metricIds: [...new Set(found.flatMap(({ metricIds }) => metricIds))],
    unknown: found.flatMap(({ unknown }) => unknown),
  };
}

function resolveItem(item: string, metrics: readonly Metric[]): ResolvedItems {
  const whole = resolveOne(item, metrics);
  if (whole.unknown.length === 0) return whole;
  const words = item.split(' ');
  if (words.length === 1) return whole;
  const each = words.map((word) => resolveOne(word, metrics));
  if (each.some(({ unknown }) => unknown.length > 0)) return whole;
  return { metricIds: each.flatMap(({ metricIds }) => metricIds), unknown: [] };
}

function resolveOne(query: string, metrics: readonly Metric[]): ResolvedItems {
  const scope = parsePrefixed(query);
  if (scope) {
    const metricIds = metricsInScope(scope, metrics, null).map(({ id }) => id);
    return { metricIds, unknown: metricIds.length === 0 ? [{ query, nearest: [] }] : [] };
  }
  const found = findMetric(query, metrics);
  if (found.kind === 'one') return { metricIds: [found.metric.id], unknown: [] };
  return { metricIds: [], unknown: [{ query, nearest: found.nearest }] };
}
