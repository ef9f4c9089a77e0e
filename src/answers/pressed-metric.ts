import { checksum } from './checksum.ts';

/** A slug may have 63 characters, a button 64 bytes: longer ones keep a readable start and a checksum. */
const METRIC_MAX = 50;
const METRIC_START = 40;

/** Gives a metric's id as a button carries it. */
export function shortMetric(id: string): string {
  return id.length <= METRIC_MAX ? id : `${id.slice(0, METRIC_START)}~${checksum(id)}`;
}

/** Gives the metric's id that a press names, among those that exist; undefined when it is gone. */
export function findPressedMetric(pressed: string, ids: Iterable<string>): string | undefined {
  for (const id of ids) if (id === pressed || shortMetric(id) === pressed) return id;
  return undefined;
}
