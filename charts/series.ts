import { greatest, max, mean, min } from 'd3-array';
import { scaleLinear, type ScaleLinear } from 'd3-scale';
import { line } from 'd3-shape';

import type { ChartPoint } from './types.ts';

/** A silence of more than this many usual steps is a gap: the line is not drawn over it. A weekend is three. */
const GAP_STEPS = 3.5;

/** A scale of values to pixels, safe for any finite numbers. */
export type ValueScale = { (value: number): number; domain: [number, number] };

/** Gives the points that can be drawn. */
export function finitePoints(points: readonly ChartPoint[]): ChartPoint[] {
  return points.filter((point) => Number.isFinite(point.value) && Number.isFinite(point.atMs));
}

/** Splits a series where readings are missing, so that no line pretends to know what was in between. */
export function splitAtGaps<Point extends { atMs: number }>(points: readonly Point[]): Point[][] {
  const steps = points.slice(1).map((point, index) => point.atMs - (points[index]?.atMs ?? point.atMs));
  const usual = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] ?? 0;
  const segments: Point[][] = [];
  for (const [index, point] of points.entries()) {
    const step = steps[index - 1] ?? 0;
    const segment = segments.at(-1);
    if (segment && step <= usual * GAP_STEPS) segment.push(point);
    else segments.push([point]);
  }
  return segments;
}

/**
 * Keeps about `count` points that carry the line's shape: of each stretch the one that makes the largest triangle with the
 * point kept before it and the mean of the stretch after it (Steinarsson, "Downsampling time series", 2013).
 */
export function thin(points: readonly ChartPoint[], count: number): readonly ChartPoint[] {
  const last = points.at(-1);
  if (points.length <= count || count < 3 || !last) return points;
  const kept = points.slice(0, 1);
  const stretch = (points.length - 2) / (count - 2);
  const cut = (index: number): readonly ChartPoint[] =>
    points.slice(1 + Math.floor(index * stretch), 1 + Math.floor((index + 1) * stretch));
  for (let index = 0; index < count - 2; index += 1) {
    const following = index === count - 3 ? [last] : cut(index + 1);
    const ahead = {
      atMs: mean(following, (point) => point.atMs) ?? 0,
      value: mean(following, (point) => point.value) ?? 0,
    };
    const chosen = greatest(cut(index), (point) => triangle(kept.at(-1) ?? point, point, ahead));
    if (chosen) kept.push(chosen);
  }
  return [...kept, last];
}

function triangle(a: ChartPoint, b: ChartPoint, c: ChartPoint): number {
  return Math.abs((a.atMs - c.atMs) * (b.value - a.value) - (a.atMs - b.atMs) * (c.value - a.value));
}

/** Gives a scale from values (bottom) to pixels that holds all of them, and a flat series in the middle. */
export function createValueScale(
  values: readonly number[],
  range: { top: number; bottom: number },
): ValueScale {
  // in units of the largest value: the span of two huge numbers must not overflow
  const size = (max(values, Math.abs) ?? 0) || 1;
  const low = (min(values) ?? 0) / size;
  const high = (max(values) ?? 0) / size;
  const margin = high - low > 1e-9 ? (high - low) * 0.08 : 0.5;
  const scale: ScaleLinear<number, number> = scaleLinear(
    [low - margin, high + margin],
    [range.bottom, range.top],
  );
  return Object.assign((value: number) => scale(value / size), {
    domain: [(low - margin) * size, (high + margin) * size] as [number, number],
  });
}

/** Gives the SVG path of a series and, for readings that stand alone, their places. */
export function tracePath(
  points: readonly ChartPoint[],
  x: (atMs: number) => number,
  y: (value: number) => number,
): { path: string; lone: { x: number; y: number }[] } {
  const segments = splitAtGaps(points);
  const trace = line<ChartPoint>(
    (point) => x(point.atMs),
    (point) => y(point.value),
  ).digits(1);
  const path = segments
    .filter((segment) => segment.length > 1)
    .map((segment) => trace(segment) ?? '')
    .join('');
  const lone = segments.flatMap((segment) => (segment.length === 1 ? segment : []));
  return { path, lone: lone.map((point) => ({ x: x(point.atMs), y: y(point.value) })) };
}
