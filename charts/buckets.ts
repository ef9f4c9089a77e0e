import { max, mean, min } from 'd3-array';

import type { ChartPoint } from './types.ts';

/** The readings of one stretch of time. */
export type Bucket = ChartPoint & { low: number; high: number };

/** Sums readings up by stretches of `sizeMs`, which begin at multiples of it after `offsetMs`. */
export function sumUp(
  points: readonly ChartPoint[],
  { sizeMs, offsetMs }: { sizeMs: number; offsetMs: number },
): Bucket[] {
  const stretches = Map.groupBy(points, (point) => Math.floor((point.atMs - offsetMs) / sizeMs));
  return [...stretches.values()].map((members) => ({
    atMs: mean(members, (point) => point.atMs) ?? 0,
    value: mean(members, (point) => point.value) ?? 0,
    low: min(members, (point) => point.low ?? point.value) ?? 0,
    high: max(members, (point) => point.high ?? point.value) ?? 0,
  }));
}
