import { DAY, MINUTE } from '../src/lib/time.ts';
import { CHART_HEIGHT, layoutPlot, type LineChartSpec } from './chart-plot.ts';
import { drawPlotShapes } from './plot-shapes.tsx';
import { writePlotTexts } from './plot-texts.tsx';
import { RANGE_DAYS } from './ranges.ts';
import { finitePoints } from './series.ts';
import { blockKey, type Block, type Drawing, type Pen } from './sheet.ts';
import { PlacedText } from './text.tsx';
import { CONTENT_WIDTH, LINE_HEIGHT, SIZE } from './theme.ts';

const SHORTEST_SPAN_MS = 10 * MINUTE;
/** A little air before the first reading. */
const YOUNG_MARGIN = 1.1;

/** The history of a metric between its lines: labelled at the right edge, with its newest reading marked. */
export function createLineChart(spec: LineChartSpec, place: { x: number; y: number }, pen: Pen): Block {
  const toMs = Math.max(pen.nowMs, spec.points.at(-1)?.atMs ?? 0);
  const fromMs = spec.fromMs ?? startOf(spec, { fromMs: pen.nowMs - RANGE_DAYS[spec.range] * DAY, toMs });
  return {
    ...place,
    width: CONTENT_WIDTH,
    height: CHART_HEIGHT,
    key: blockKey('line-chart', pen, pen.words.timezone, fromMs, toMs, spec),
    draw: () => {
      const [first, ...others] = finitePoints(spec.points).filter((point) => point.atMs >= fromMs);
      if (!first) return drawEmpty(pen);
      const plot = layoutPlot(spec, { points: [first, ...others], fromMs, toMs }, pen);
      return { shapes: drawPlotShapes(plot, pen), texts: writePlotTexts(plot, pen) };
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
  const top = (CHART_HEIGHT - LINE_HEIGHT[font.size]) / 2;
  return {
    shapes: <g />,
    texts: (
      <PlacedText top={top} left={(CONTENT_WIDTH - measure(text, font)) / 2} {...font} color={colors.muted}>
        {text}
      </PlacedText>
    ),
  };
}
