import { createRequire } from 'node:module';

import { Resvg } from '@resvg/resvg-js';
import { init } from 'echarts';

import { THEMES } from '../../charts/index.ts';
import type { ChartPoint } from '../../charts/types.ts';

type LineChart = {
  points: readonly ChartPoint[];
  norm: number;
  alert: number;
  width: number;
  height: number;
};

const colors = THEMES.light;
const fontFile = createRequire(import.meta.url).resolve(
  '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
);

/** Draws a line with two labelled lines, as ECharts does on a server, and resvg after it. */
export function drawWithECharts({ points, norm, alert, width, height }: LineChart): Uint8Array {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  const line = (yAxis: number, name: string, color: string): object => ({
    yAxis,
    lineStyle: { color, width: 4, type: 'dashed' },
    label: { formatter: `${name} ${yAxis} %`, color, fontSize: 26 },
  });
  chart.setOption({
    animation: false,
    backgroundColor: colors.background,
    textStyle: { fontFamily: 'Inter' },
    grid: { left: 100, right: 180, top: 24, bottom: 56 },
    xAxis: { type: 'time', axisLabel: { fontSize: 26, color: colors.muted } },
    yAxis: {
      type: 'value',
      scale: true,
      axisLabel: { fontSize: 26, color: colors.muted, formatter: '{value} %' },
    },
    series: {
      type: 'line',
      symbol: 'none',
      lineStyle: { width: 4, color: colors.series },
      data: points.map((point) => [point.atMs, point.value]),
      markLine: {
        symbol: 'none',
        data: [line(norm, 'norm', colors.mark.amber), line(alert, 'alert', colors.mark.red)],
      },
    },
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  const font = { loadSystemFonts: false, fontFiles: [fontFile], defaultFontFamily: 'Inter' };
  return new Resvg(svg, { font }).render().asPng();
}
