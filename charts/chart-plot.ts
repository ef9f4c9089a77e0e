import { inZone, MINUTE } from '../src/lib/time.ts';
import type { Unit } from '../src/registry/index.ts';
import { sumUp, type Bucket } from './buckets.ts';
import { spreadLabels, type EdgeLabel } from './edge-labels.ts';
import { fitValue } from './fit-value.ts';
import { grainOf, STRETCH_MS, type Grain } from './ranges.ts';
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
  /** where the chart begins, instead of a range before now */
  fromMs?: number;
  mark: Mark;
};

/** The part of a series that a chart shows. `points` are finite, oldest first, and at least one. */
export type ChartWindow = { points: readonly [ChartPoint, ...ChartPoint[]]; fromMs: number; toMs: number };

/** Scales and places of one chart, in its own pixels. */
export type Plot = {
  spec: LineChartSpec;
  grain: Grain;
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
  valueTicks: readonly { y: number; text: string }[];
  timeTicks: readonly { x: number; left: number; text: string }[];
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
export const TICK_HEIGHT = 8;

const TOP = 24;
const AXIS_HEIGHT = 56;
const VALUE_TICKS = 4;
/** A newest reading further than this from the edge is labelled where it stands. */
const NEAR_EDGE = 120;
/** Readings that a line of this width can show one by one. */
const MAX_POINTS = 400;

const LINE = LINE_HEIGHT[SIZE.note];
/** Room for `€1,234,567.89`; longer numbers are written in thousands, millions, … */
const MAX_LABEL_WIDTH = 200;

/** Lays out a chart: its margins are as wide as its labels. */
export function layoutPlot(spec: LineChartSpec, window: ChartWindow, pen: Pen): Plot {
  const { points } = window;
  const grain = grainOf(window.toMs - window.fromMs);
  const newest = points.at(-1) ?? points[0];
  const buckets = findBuckets(grain, window, pen);
  const [top, bottom] = [buckets.length > 0 ? TOP + LINE : TOP, CHART_HEIGHT - AXIS_HEIGHT];
  const y = createValueScale(listValues(spec, points), { top, bottom });
  const valueTicks = labelValueTicks(y, spec.unit, pen);
  const lineLabels = labelLines(spec, y, pen);
  const newestText = writeValue(newest.value, spec.unit, pen);
  const margins = {
    left: widest(valueTicks, pen),
    right: widest([...lineLabels, { text: newestText }], pen),
  };
  const axis = layoutTimeAxis(window, margins);
  const at = { x: axis.x(newest.atMs), y: y(newest.value) };
  const atEdge = at.x > axis.right - NEAR_EDGE;
  const newestLabel: EdgeLabel = { y: at.y, text: newestText, color: pen.colors.text, weight: 600 };
  const labels = withTypical(atEdge ? [newestLabel, ...lineLabels] : lineLabels, spec, y, pen);
  return {
    ...axis,
    spec,
    grain,
    top,
    bottom,
    y,
    newest,
    buckets,
    line: buckets.length > 0 ? [...buckets, newest] : points,
    valueTicks,
    timeTicks: placeTimeTicks(grain, window, axis.x, pen),
    edgeLabels: spreadLabels(labels, { gap: LINE, top: LINE / 2, bottom }),
    newestLabel: atEdge ? null : { text: newestText, left: at.x + DOT_RADIUS + RIM, top: at.y - LINE / 2 },
  };
}

function layoutTimeAxis(
  { fromMs, toMs }: ChartWindow,
  margins: { left: number; right: number },
): Pick<Plot, 'left' | 'right' | 'x'> {
  const left = margins.left + LABEL_GAP;
  const right = CONTENT_WIDTH - margins.right - LABEL_GAP - DOT_RADIUS;
  return { left, right, x: (atMs) => left + ((atMs - fromMs) / (toMs - fromMs)) * (right - left) };
}

/** Everything that the value axis has to hold. */
function listValues({ norm, alert, typical }: LineChartSpec, points: readonly ChartPoint[]): number[] {
  const band = typical ? [typical.mean - typical.deviation, typical.mean + typical.deviation] : [];
  const lines = [norm, alert].filter((value) => value !== null);
  const values = points.flatMap(({ value, low = value, high = value }) => [low, high]);
  return [...values, ...lines, ...band.filter(Number.isFinite)];
}

function findBuckets(grain: Grain, { points, toMs }: ChartWindow, { words }: Pen): Bucket[] {
  // points that are means already have their extremes
  if (points.length <= MAX_POINTS && points.every(({ low }) => low === undefined)) return [];
  // days begin at the reader's midnight
  const offsetMs = -inZone(new Date(toMs), words.timezone).offset * MINUTE;
  return sumUp(points, { sizeMs: STRETCH_MS[grain], offsetMs });
}

function labelLines({ norm, alert, unit }: LineChartSpec, y: ValueScale, pen: Pen): EdgeLabel[] {
  const label = (value: number | null, key: string, color: string): EdgeLabel[] => {
    if (value === null) return [];
    return [
      { y: y(value), text: pen.words.t(key, { value: writeValue(value, unit, pen) }), color, weight: 400 },
    ];
  };
  return [
    ...label(norm, 'tuple-norm', pen.colors.ink.amber),
    ...label(alert, 'tuple-alert', pen.colors.ink.red),
  ];
}

/** The band is named where nothing more important is written. */
function withTypical(
  labels: readonly EdgeLabel[],
  { typical }: LineChartSpec,
  y: ValueScale,
  pen: Pen,
): EdgeLabel[] {
  const at = typical ? y(typical.mean) : Number.NaN;
  const isFree = labels.every((label) => Math.abs(label.y - at) >= LINE);
  if (Number.isNaN(at) || !isFree) return [...labels];
  return [...labels, { y: at, text: pen.words.t('picture-typical'), color: pen.colors.muted, weight: 400 }];
}

/** Two ticks that read alike are one. */
function labelValueTicks(y: ValueScale, unit: Unit, pen: Pen): { y: number; text: string }[] {
  const ticks = listValueTicks(y.domain, unit, VALUE_TICKS).map((value) => ({
    y: y(value),
    text: writeValue(value, unit, pen),
  }));
  return ticks.filter((tick, index) => tick.text !== ticks[index - 1]?.text);
}

function writeValue(value: number, unit: Unit, pen: Pen): string {
  return fitValue(value, unit, { width: MAX_LABEL_WIDTH, weight: STRONG.weight, sizes: [STRONG.size] }, pen)
    .text;
}

function widest(labels: readonly { text: string }[], { measure }: Pen): number {
  return Math.ceil(Math.max(0, ...labels.map((label) => measure(label.text, STRONG))));
}

/** Centred under its tick, inside the picture; one that would touch the one before is left out. */
function placeTimeTicks(
  grain: Grain,
  window: ChartWindow,
  x: Plot['x'],
  { words, measure }: Pen,
): Plot['timeTicks'] {
  let free = 0;
  return listTimeTicks(window, grain, words).flatMap(({ atMs, label }) => {
    const width = measure(label, NOTE);
    const left = Math.min(Math.max(x(atMs) - width / 2, 0), CONTENT_WIDTH - width);
    if (left < free) return [];
    free = left + width + LABEL_GAP;
    return [{ x: x(atMs), left, text: label }];
  });
}
