import { findPressedMetric } from '../answers/index.ts';
import type { Metric } from '../registry/index.ts';
import type { CommandDeps } from './types.ts';
import { unknownMetric } from './unknown.ts';

/** Gives the metric that a button names, in full or shortened. Throws NotFoundError `metric_unknown` when it is retired. */
export function getPressedMetric({ registry }: Pick<CommandDeps, 'registry'>, pressed: string): Metric {
  const { metrics } = registry.current();
  const metric = metrics.get(findPressedMetric(pressed, metrics.keys()) ?? '');
  if (!metric) throw unknownMetric(pressed);
  return metric;
}
