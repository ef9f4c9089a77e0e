import type { JSX } from 'satori/jsx/jsx-runtime';

import { createValueScale, finitePoints, thin, tracePath } from './series.ts';
import type { Mark } from './theme.ts';
import { STROKE, type Colors } from './theme.ts';
import type { ChartPoint } from './types.ts';

export type SparklineSpec = {
  points: readonly ChartPoint[];
  norm: number | null;
  alert: number | null;
  mark: Mark;
};

type Box = { x: number; y: number; width: number; height: number };

const DOT_RADIUS = 8;
/** More points than one in so many pixels would make a line of this weight a blot. */
const PIXELS_A_POINT = 5;
const RIM = 4;
const RULE_WIDTH = 4;

/** A word-sized chart: the series, its two lines, and the newest reading as a dot in the colour of its level. */
export function renderSparkline(spec: SparklineSpec, box: Box, colors: Colors): JSX.Element {
  const points = thin(finitePoints(spec.points), box.width / PIXELS_A_POINT);
  const newest = points.at(-1);
  if (!newest) return <g />;
  const lines = [spec.norm, spec.alert].filter((value) => value !== null);
  const y = createValueScale([...points.map((point) => point.value), ...lines], {
    top: box.y + DOT_RADIUS,
    bottom: box.y + box.height - DOT_RADIUS,
  });
  const x = createTimeScale(points, box);
  const faded = spec.mark === 'stale' || spec.mark === 'unverified';
  const series = faded ? colors.mark[spec.mark] : colors.series;
  const { path, lone } = tracePath(points, x, y);
  return (
    <g>
      {spec.norm === null ? null : <Rule y={y(spec.norm)} box={box} color={colors.mark.amber} />}
      {spec.alert === null ? null : <Rule y={y(spec.alert)} box={box} color={colors.mark.red} />}
      <path d={path} fill="none" stroke={series} strokeWidth={STROKE} strokeLinejoin="round" />
      {lone.map((place) => (
        <circle cx={place.x} cy={place.y} r={STROKE / 2} fill={series} />
      ))}
      <circle cx={x(newest.atMs)} cy={y(newest.value)} r={DOT_RADIUS + RIM} fill={colors.background} />
      <circle cx={x(newest.atMs)} cy={y(newest.value)} r={DOT_RADIUS} fill={dotColor(spec.mark, colors)} />
    </g>
  );
}

/** A green reading needs no colour of its own: its dot is the end of the line. */
function dotColor(mark: Mark, colors: Colors): string {
  return mark === 'red' || mark === 'amber' || mark === 'stale' || mark === 'unverified'
    ? colors.mark[mark]
    : colors.series;
}

function createTimeScale(points: readonly ChartPoint[], box: Box): (atMs: number) => number {
  const right = box.x + box.width - DOT_RADIUS - RIM;
  const from = points[0]?.atMs ?? 0;
  const to = points.at(-1)?.atMs ?? 0;
  return (atMs) => (to === from ? right : box.x + ((atMs - from) / (to - from)) * (right - box.x));
}

/** Dots on whole pixels: sharp, and small in the file. */
function Rule({ y, box, color }: { y: number; box: Box; color: string }): JSX.Element {
  return (
    <path
      d={`M${box.x} ${Math.round(y)}h${box.width}`}
      stroke={color}
      strokeWidth={RULE_WIDTH}
      strokeDasharray={`${RULE_WIDTH} 10`}
      fill="none"
    />
  );
}
