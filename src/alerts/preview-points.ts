import type { History } from './preview-types.ts';

/** A reading, or the mean, least and most of several. */
export type HistoryPoint = { atMs: number; value: number; low?: number; high?: number };

/** Some four a day of a year: more than a chart has pixels for. */
const POINTS_MAX = 1460;

/** Sums a history up for a chart: its readings, or equal stretches of time and the newest reading where there are too many. */
export function pointsOf({ atMs, values }: History): HistoryPoint[] {
  const [first, last] = [atMs[0], atMs.at(-1)];
  if (first === undefined || last === undefined) return [];
  if (values.length <= POINTS_MAX)
    return Array.from(values, (value, index) => ({ atMs: atMs[index] ?? 0, value }));
  const stretchMs = (last - first + 1) / POINTS_MAX;
  const points: HistoryPoint[] = [];
  for (let index = 0; index < values.length;) {
    const end = firstAfter(
      atMs,
      index,
      first + (Math.floor(((atMs[index] ?? 0) - first) / stretchMs) + 1) * stretchMs,
    );
    points.push(sumUp(atMs.subarray(index, end), values.subarray(index, end)));
    index = end;
  }
  // the newest reading stands for itself: it is the one that is named
  return [...points, { atMs: last, value: values.at(-1) ?? 0 }];
}

function firstAfter(atMs: Float64Array, from: number, untilMs: number): number {
  let index = from + 1;
  while (index < atMs.length && (atMs[index] ?? Infinity) < untilMs) index += 1;
  return index;
}

function sumUp(atMs: Float64Array, values: Float64Array): HistoryPoint {
  let [sum, low, high] = [0, Infinity, -Infinity];
  for (const value of values) {
    sum += value;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return {
    atMs: Math.round(((atMs[0] ?? 0) + (atMs.at(-1) ?? 0)) / 2),
    value: sum / values.length,
    low,
    high,
  };
}
