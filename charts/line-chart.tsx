import { area } from 'd3-shape';
import type { JSX } from 'satori/jsx/jsx-runtime';

import { DAY, MINUTE } from '../src/lib/time.ts';
import type { Bucket } from './buckets.ts';
import {
  CHART_HEIGHT,
  DOT_RADIUS,
  LABEL_GAP,
  layoutPlot,
  NOTE,
  RIM,
  STRONG,
  type LineChartSpec,
  type Plot,
} from './chart-plot.ts';
import { finitePoints, splitAtGaps, tracePath } from './series.ts';
import { blockKey, type Block, type Drawing, type Pen } from './sheet.ts';
import { PlacedText } from './text.tsx';
import { CONTENT_WIDTH, HAIRLINE, LINE_HEIGHT, SIZE, STROKE } from './theme.ts';
import type { CardRange } from './types.ts';

const RANGE_DAYS: Record<CardRange, number> = { '1d': 1, '7d': 7, '28d': 28, '90d': 90 };
const HALF_LINE = LINE_HEIGHT[SIZE.note] / 2;
const TICK_HEIGHT = 8;
/** A grid line this near to one of the metric's own lines would only blur it. */
const GRID_CLEARANCE = 6;
const SHORTEST_SPAN_MS = 10 * MINUTE;
/** a little air before the first reading */
const YOUNG_MARGIN = 1.1;

/** The history of a metric between its lines: labelled at the right edge, with its newest reading marked. */
export function createLineChart(spec: LineChartSpec, place: { x: number; y: number }, pen: Pen): Block {
  const toMs = Math.max(pen.nowMs, spec.points.at(-1)?.atMs ?? 0);
  const fromMs = startOf(spec, { fromMs: pen.nowMs - RANGE_DAYS[spec.range] * DAY, toMs });
  return {
    ...place,
    width: CONTENT_WIDTH,
    height: CHART_HEIGHT,
    key: blockKey('line-chart', pen, pen.words.timezone, fromMs, toMs, spec),
    draw: () => {
      const [first, ...others] = finitePoints(spec.points).filter((point) => point.atMs >= fromMs);
      if (!first) return drawEmpty(pen);
      return drawPlot(layoutPlot(spec, { points: [first, ...others], fromMs, toMs }, pen), pen);
    },
  };
}

/** A metric younger than half of the range is drawn from its first reading on: a dot in a corner tells nothing. */
function startOf({ points }: LineChartSpec, { fromMs, toMs }: { fromMs: number; toMs: number }): number {
  const first = finitePoints(points).find((point) => point.atMs >= fromMs);
  if (!first || toMs - first.atMs > (toMs - fromMs) / 2) return fromMs;
  return toMs - Math.max(SHORTEST_SPAN_MS, (toMs - first.atMs) * YOUNG_MARGIN);
}

function drawEmpty({ colors, words, measure }: Pen): Drawing {
  const text = words.t('picture-no-readings');
  const font = { size: SIZE.label, weight: 400 } as const;
  return {
    shapes: <rect x={0} y={CHART_HEIGHT - HAIRLINE} width={0} height={HAIRLINE} fill={colors.hairline} />,
    texts: (
      <>
        <PlacedText
          top={(CHART_HEIGHT - LINE_HEIGHT[SIZE.label]) / 2}
          left={(CONTENT_WIDTH - measure(text, font)) / 2}
          {...font}
          color={colors.muted}
        >
          {text}
        </PlacedText>
      </>
    ),
  };
}

function drawPlot(plot: Plot, pen: Pen): Drawing {
  return {
    shapes: (
      <g>
        {drawSpans(plot, pen)}
        {drawTypical(plot, pen)}
        {drawGrid(plot, pen)}
        {drawRange(plot, pen)}
        {drawLines(plot, pen)}
        {drawSeries(plot, pen)}
      </g>
    ),
    texts: (
      <>
        {writeAxes(plot, pen)}
        {writeLabels(plot, pen)}
      </>
    ),
  };
}

function drawSpans({ spec, x, left, right, top, bottom }: Plot, { colors }: Pen): JSX.Element[] {
  return spec.spans.flatMap((span) => {
    if (x(span.toMs) < left || x(span.fromMs) > right) return [];
    const from = Math.max(x(span.fromMs), left);
    // an alert of one tick is still to be seen
    const to = Math.min(Math.max(x(span.toMs), from + STROKE), right);
    return [<rect x={from} y={top} width={to - from} height={bottom - top} fill={colors.span[span.level]} />];
  });
}

function drawTypical({ spec, y, left, right, top, bottom }: Plot, { colors }: Pen): JSX.Element | null {
  if (!spec.typical) return null;
  const { mean, deviation } = spec.typical;
  const from = Math.max(y(mean + deviation), top);
  const to = Math.min(y(mean - deviation), bottom);
  if (!(to > from)) return null;
  return <rect x={left} y={from} width={right - left} height={to - from} fill={colors.typical} />;
}

function drawGrid(
  { valueTicks, timeTicks, spec, y, left, right, bottom }: Plot,
  { colors }: Pen,
): JSX.Element {
  const own = [spec.norm, spec.alert].filter((value) => value !== null).map(y);
  const clear = valueTicks.filter((tick) => own.every((line) => Math.abs(line - tick.y) > GRID_CLEARANCE));
  return (
    <g>
      {clear.map((tick) => (
        <rect
          x={left}
          y={Math.round(tick.y) - HAIRLINE / 2}
          width={right - left}
          height={HAIRLINE}
          fill={colors.hairline}
        />
      ))}
      {timeTicks.map((tick) => (
        <rect
          x={Math.round(tick.x) - HAIRLINE / 2}
          y={bottom}
          width={HAIRLINE}
          height={TICK_HEIGHT}
          fill={colors.muted}
        />
      ))}
    </g>
  );
}

/** Where readings are summed up: from the lowest to the highest of each stretch. */
function drawRange({ buckets, x, y }: Plot, { colors }: Pen): JSX.Element | null {
  if (buckets.length === 0) return null;
  const trace = area<Bucket>(
    (bucket) => x(bucket.atMs),
    (bucket) => y(bucket.low),
    (bucket) => y(bucket.high),
  ).digits(1);
  return (
    <path
      d={splitAtGaps(buckets)
        .map((segment) => trace(segment) ?? '')
        .join('')}
      fill={colors.range}
    />
  );
}

function drawLines({ spec, y, left, right }: Plot, { colors }: Pen): JSX.Element[] {
  const lines = [
    { value: spec.norm, color: colors.mark.amber },
    { value: spec.alert, color: colors.mark.red },
  ];
  return lines.flatMap(({ value, color }) => {
    if (value === null) return [];
    return [
      <path
        d={`M${left} ${Math.round(y(value))}H${right}`}
        fill="none"
        stroke={color}
        strokeWidth={STROKE}
        strokeDasharray="4 8"
      />,
    ];
  });
}

function drawSeries({ line, newest, spec, x, y }: Plot, { colors }: Pen): JSX.Element {
  const { path, lone } = tracePath(line, x, y);
  const [cx, cy] = [x(newest.atMs), y(newest.value)];
  const dot = spec.mark === 'green' || spec.mark === 'silent' ? colors.series : colors.mark[spec.mark];
  return (
    <g>
      <path d={path} fill="none" stroke={colors.series} strokeWidth={STROKE} strokeLinejoin="round" />
      {lone.map((place) => (
        <circle cx={place.x} cy={place.y} r={STROKE} fill={colors.series} />
      ))}
      <circle cx={cx} cy={cy} r={DOT_RADIUS + RIM} fill={colors.background} />
      <circle cx={cx} cy={cy} r={DOT_RADIUS} fill={dot} />
    </g>
  );
}

function writeAxes({ valueTicks, timeTicks, left, bottom }: Plot, { colors }: Pen): JSX.Element[] {
  const style = { ...NOTE, color: colors.muted };
  return [
    ...valueTicks.map((tick) => (
      <PlacedText top={tick.y - HALF_LINE} right={CONTENT_WIDTH - left + LABEL_GAP} {...style} figures>
        {tick.text}
      </PlacedText>
    )),
    ...timeTicks.map((tick) => (
      <PlacedText top={bottom + TICK_HEIGHT + 4} left={tick.left} {...style}>
        {tick.text}
      </PlacedText>
    )),
  ];
}

function writeLabels(plot: Plot, { colors, words }: Pen): JSX.Element[] {
  const { edgeLabels, newestLabel, buckets, spec, left, right } = plot;
  const labels = edgeLabels.map(({ y, text, color, weight }) => (
    <PlacedText
      top={y - HALF_LINE}
      left={right + LABEL_GAP + DOT_RADIUS}
      size={SIZE.note}
      weight={weight}
      color={color}
      figures
    >
      {text}
    </PlacedText>
  ));
  if (newestLabel) {
    const { text, ...place } = newestLabel;
    labels.push(
      <PlacedText {...place} {...STRONG} color={colors.text} figures>
        {text}
      </PlacedText>,
    );
  }
  if (buckets.length > 0) {
    const text = words.t('picture-summed-up', { days: RANGE_DAYS[spec.range] });
    labels.push(
      <PlacedText top={0} left={left} {...NOTE} color={colors.muted}>
        {text}
      </PlacedText>,
    );
  }
  return labels;
}
