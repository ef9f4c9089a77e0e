import type { JSX } from 'satori/jsx/jsx-runtime';

import { DOT_RADIUS, LABEL_GAP, NOTE, STRONG, TICK_HEIGHT, type Plot } from './chart-plot.ts';
import { MINUTE } from '../src/lib/time.ts';
import { STRETCH_MS } from './ranges.ts';
import type { Pen } from './sheet.ts';
import { PlacedText } from './text.tsx';
import { CONTENT_WIDTH, LINE_HEIGHT, SIZE } from './theme.ts';

const HALF_LINE = LINE_HEIGHT[SIZE.note] / 2;

/** Writes a chart's axes, the names of its lines, and its newest value. */
export function writePlotTexts(plot: Plot, pen: Pen): JSX.Element {
  return (
    <>
      {writeAxes(plot, pen)}
      {writeLabels(plot, pen)}
    </>
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
  const { edgeLabels, newestLabel, buckets, grain, left, right } = plot;
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
    const text = words.t('picture-summed-up', { minutes: STRETCH_MS[grain] / MINUTE });
    labels.push(
      <PlacedText top={0} left={left} {...NOTE} color={colors.muted}>
        {text}
      </PlacedText>,
    );
  }
  return labels;
}
