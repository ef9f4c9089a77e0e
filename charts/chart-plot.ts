import { inZone, DAY, HOUR, MINUTE } from '../src/lib/time.ts';
import type { Unit } from '../src/registry/index.ts';
import { sumUp, type Bucket } from './buckets.ts';
import { spreadLabels, type EdgeLabel } from './edge-labels.ts';
import { createValueScale, type ValueScale } from './series.ts';
import type { Pen } from './sheet.ts';
import { CONTENT_WIDTH, LINE_HEIGHT, SIZE, type Mark } from './theme.ts';
import { listTimeTicks } from './time-ticks.ts';
import type { CardRange, ChartPoint, MetricCardSpec } from './types.ts';
import { listValueTicks } from './value-ticks.ts';

/** What a chart of one metric over time shows. */
export type LineChartSpec = {
  points: readonly ChartPoint[];
  unit: Unit;
  norm: number | null;
  alert: number | null;
  typical: MetricCardSpec['typical'];
  spans: MetricCardSpec['spans'];
  range: CardRange;
  mark: Mark;
};

/** The part of a series that a chart shows. `points` are finite, oldest first, and at least one. */
export type ChartWindow = { points: readonly [ChartPoint, ...ChartPoint[]]; fromMs: number; toMs: number };

/** Scales and places of one chart, in its own pixels. */
export type Plot = {
  spec: LineChartSpec;
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: (atMs: number) => number;
  y: ValueScale;
  /** the line, and what it is a summary of where readings stand too close to be drawn */
  line: readonly ChartPoint[];
  buckets: readonly Bucket[];
  newest: ChartPoint;
  valueTicks: readonly { y: number; label: string }[];
  timeTicks: readonly { x: number; left: number; label: string }[];
  edgeLabels: readonly EdgeLabel[];
  /** where the newest value is written when it is far from the edge */
  newestLabel: { left: number; top: number; text: string } | null;
};

export const CHART_HEIGHT = 480;
export const NOTE = { size: SIZE.note, weight: 400 } as const;
export const STRONG = { size: SIZE.note, weight: 600 } as const;
export const LABEL_GAP = 16;
export const DOT_RADIUS = 10;
export const RIM = 4;

const TOP = 24;
const AXIS_HEIGHT = 56;
const VALUE_TICKS = 4;
/** A newest reading further than this from the edge is labelled where it stands. */
const NEAR_EDGE = 120;
/** Readings that a line of this width can show one by one. */
const MAX_POINTS = 400;

const HALF_LINE = LINE_HEIGHT[SIZE.note] / 2;

/** Stretches that a range is summed up by when it holds too many readings; `picture-summed-up` names them. */
const STRETCH_MS: Record<CardRange, number> = { '1d': 10 * MINUTE, '7d': HOUR, '28d': 6 * HOUR, '90d': DAY };

/** Lays out a chart: its margins are as wide as its labels. */
export function layoutPlot(spec: LineChartSpec, window: ChartWindow, pen: Pen): Plot {
  const { points, fromMs, toMs } = window;
  const newest = points.at(-1) ?? points[0];
  const buckets = findBuckets(spec.range, window, pen);
  const [top, bottom] = [buckets.length > 0 ? TOP + LINE_HEIGHT[SIZE.note] : TOP, CHART_HEIGHT - AXIS_HEIGHT];
  const lines = [spec.norm, spec.alert].filter((value) => value !== null);
  const y = createValueScale([...points.map((point) => point.value), ...lines], { top, bottom });
  const edgeLabels = listEdgeLabels(spec, newest, y, pen);
  const valueTicks = labelValueTicks(y, spec.unit, pen);
  const left = widest(valueTicks, pen) + LABEL_GAP;
  const right = CONTENT_WIDTH - widest(edgeLabels, pen) - LABEL_GAP - DOT_RADIUS;
  const x = (atMs: number): number => left + ((atMs - fromMs) / (toMs - fromMs)) * (right - left);
  const inside = x(newest.atMs) < right - NEAR_EDGE;
  return {
    spec,
    left,
    right,
    top,
    bottom,
    x,
    y,
    newest,
    buckets,
    valueTicks,
    line: buckets.length > 0 ? [...buckets, newest] : points,
    timeTicks: placeTimeTicks(spec.range, window, x, pen),
    edgeLabels: spreadLabels(inside ? edgeLabels.slice(0, -1) : edgeLabels, 2 * HALF_LINE, {
      top: HALF_LINE,
      bottom,
    }),
    newestLabel: inside
      ? labelNewest(x(newest.atMs), y(newest.value), edgeLabels.at(-1)?.text ?? '', pen)
      : null,
  };
}

function findBuckets(range: CardRange, { points, toMs }: ChartWindow, { words }: Pen): Bucket[] {
  if (points.length <= MAX_POINTS) return [];
  // days begin at the reader's midnight
  const offsetMs = -inZone(new Date(toMs), words.timezone).offset * MINUTE;
  return sumUp(points, { sizeMs: STRETCH_MS[range], offsetMs });
}

/** Labels of the lines and, last, of the newest value. */
function listEdgeLabels(
  spec: LineChartSpec,
  newest: ChartPoint,
  y: ValueScale,
  { colors, words }: Pen,
): EdgeLabel[] {
  const written = (value: number): string => words.value(value, spec.unit);
  const labels: EdgeLabel[] = [];
  const mean = spec.typical?.mean;
  if (mean !== undefined && mean > y.domain[0] && mean < y.domain[1]) {
    labels.push({ y: y(mean), text: words.t('picture-typical'), color: colors.muted, weight: 400 });
  }
  if (spec.norm !== null) {
    labels.push({
      y: y(spec.norm),
      text: words.t('tuple-norm', { value: written(spec.norm) }),
      color: colors.ink.amber,
      weight: 400,
    });
  }
  if (spec.alert !== null) {
    labels.push({
      y: y(spec.alert),
      text: words.t('tuple-alert', { value: written(spec.alert) }),
      color: colors.ink.red,
      weight: 400,
    });
  }
  return [...labels, { y: y(newest.value), text: written(newest.value), color: colors.text, weight: 600 }];
}

/** Two ticks that read alike are one. */
function labelValueTicks(
  y: ValueScale,
  unit: Unit,
  { words }: Pen,
): { y: number; text: string; label: string }[] {
  const ticks = listValueTicks(y.domain, unit, VALUE_TICKS).map((value) => ({
    y: y(value),
    text: words.value(value, unit),
  }));
  return ticks
    .filter((tick, index) => tick.text !== ticks[index - 1]?.text)
    .map((tick) => ({ ...tick, label: tick.text }));
}

function widest(labels: readonly { text: string }[], { measure }: Pen): number {
  return Math.ceil(Math.max(0, ...labels.map((label) => measure(label.text, STRONG))));
}

/** Centred under its tick, inside the picture; one that would touch the one before is left out. */
function placeTimeTicks(
  range: CardRange,
  window: ChartWindow,
  x: Plot['x'],
  { words, measure }: Pen,
): Plot['timeTicks'] {
  let free = 0;
  return listTimeTicks(window, range, words).flatMap(({ atMs, label }) => {
    const width = measure(label, NOTE);
    const left = Math.min(Math.max(x(atMs) - width / 2, 0), CONTENT_WIDTH - width);
    if (left < free) return [];
    free = left + width + LABEL_GAP;
    return [{ x: x(atMs), left, label }];
  });
}

/** Above its dot; below where there is no room above. */
function labelNewest(x: number, y: number, text: string, { measure }: Pen): Plot['newestLabel'] {
  const above = y - DOT_RADIUS - 2 * HALF_LINE;
  return { left: Math.max(x - measure(text, STRONG) / 2, 0), top: above >= 0 ? above : y + DOT_RADIUS, text };
}
