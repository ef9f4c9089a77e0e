import { area } from 'd3-shape';
import type { JSX } from 'satori/jsx/jsx-runtime';

import type { Bucket } from './buckets.ts';
import { DOT_RADIUS, RIM, TICK_HEIGHT, type Plot } from './chart-plot.ts';
import { splitAtGaps, tracePath } from './series.ts';
import type { Pen } from './sheet.ts';
import { HAIRLINE, STROKE } from './theme.ts';

/** A grid line this near to one of the metric's own lines would only blur it. */
const GRID_CLEARANCE = 6;

/** Draws a chart from back to front: past alerts, what is typical, grid, lines, the series. */
export function drawPlotShapes(plot: Plot, pen: Pen): JSX.Element {
  return (
    <g>
      {drawSpans(plot, pen)}
      {drawTypical(plot, pen)}
      {drawGrid(plot, pen)}
      {drawRange(plot, pen)}
      {drawLines(plot, pen)}
      {drawSeries(plot, pen)}
    </g>
  );
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
