import { DAY, WEEK } from '../lib/time.ts';
import type { Metric } from '../registry/index.ts';
import type { Point, Typical } from './types.ts';

/** Typical exists from this many readings on. */
export const TYPICAL_MIN_READINGS = 30;
/** … and is of this many at most: the newest. */
export const TYPICAL_MAX_READINGS = 90;
const UNUSUAL_DEVIATIONS = 2;
/** Rounding of sums: a deviation below this share of the mean is none. */
const ROUNDING = 1e-9;

/**
 * Computes mean and sample deviation, √(Σ(x − mean)² / (n − 1)), of the newest readings by Welford's method (B. P. Welford,
 * Technometrics 4, 1962), which does not lose digits where values are large and differ little. Points are oldest first; null
 * below 30 of them.
 */
export function computeTypical(points: readonly Point[]): Typical | null {
  if (points.length < TYPICAL_MIN_READINGS) return null;
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (const { value } of points.slice(-TYPICAL_MAX_READINGS)) {
    count += 1;
    const delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
  }
  return { mean, deviation: Math.sqrt(squares / (count - 1)), count };
}

/** Tells whether a value is more than two deviations from typical; where nothing ever varied, any other value is. */
export function isUnusual(value: number, typical: Typical | null): boolean {
  if (!typical) return false;
  const tolerance = Math.abs(typical.mean) * ROUNDING;
  return Math.abs(value - typical.mean) > Math.max(UNUSUAL_DEVIATIONS * typical.deviation, tolerance);
}

/** An earlier reading that a value is fairly compared with, and the relative change since; null where the earlier one is 0. */
export type Comparable = { value: number; at: Date; ratio: number | null };

/**
 * Finds the reading to compare an observation with: at the same time last week, else, for periods shorter than a day, the day
 * before (each the nearest within half a period), else the newest one before it. Points may come in any order.
 */
export function comparableOf(
  points: readonly Point[],
  observation: Point,
  period: Metric['period'],
): Comparable | null {
  const earlier = points.filter(({ at }) => at < observation.at);
  const back = (spanMs: number, withinMs: number) =>
    nearest(earlier, observation.at.getTime() - spanMs, withinMs);
  const half = period.ms / 2;
  const base = back(WEEK, half) ?? (period.ms < DAY ? back(DAY, half) : undefined) ?? back(0, Infinity);
  if (!base) return null;
  const ratio = base.value === 0 ? null : (observation.value - base.value) / Math.abs(base.value);
  return { value: base.value, at: base.at, ratio };
}

function nearest(points: readonly Point[], targetMs: number, withinMs: number): Point | undefined {
  const distance = ({ at }: Point) => Math.abs(at.getTime() - targetMs);
  let best: Point | undefined;
  for (const point of points) {
    if (distance(point) <= withinMs && (!best || distance(point) < distance(best))) best = point;
  }
  return best;
}
