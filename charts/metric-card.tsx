import type { JSX } from 'satori/jsx/jsx-runtime';

import { listOrigin, listTuple } from './card-facts.ts';
import { CHART_HEIGHT, type LineChartSpec } from './chart-plot.ts';
import { fitText, wrapFacts, wrapText } from './fit-text.ts';
import { fitValue, type FittedValue } from './fit-value.ts';
import { createLineChart } from './line-chart.tsx';
import { markOf, markWord, renderMark } from './marks.tsx';
import { blockKey, type Block, type Drawing, type Pen, type Sheet } from './sheet.ts';
import { alignBaseline, PlacedText, widthIn } from './text.tsx';
import { CONTENT_WIDTH, GAP, HAIRLINE, LINE_HEIGHT, MARGIN, SIZE, WIDTH, type Mark } from './theme.ts';
import { listStates, writeSince } from './tile-status.ts';
import type { MetricCardSpec } from './types.ts';

const NAME = { size: SIZE.title, weight: 700 } as const;
const VALUE_SIZES = [SIZE.value, SIZE.title, SIZE.label] as const;
const STATUS = { size: SIZE.label, weight: 600 } as const;
const SENTENCE = { size: SIZE.label, weight: 400 } as const;
const NOTE = { size: SIZE.note, weight: 400 } as const;

const MARK_SIZE = 36;
const MARK_ROOM = 52;
const VALUE_TOP = 64;
const SENTENCE_TOP = 160;
const FACTS_TOP = 24;
const FACTS_GAP = 8;

/** Lays out one metric: how bad, its value, a sentence, its history, and where the number comes from. */
export function layoutMetricCard(spec: MetricCardSpec, pen: Pen): Sheet {
  const head = createHead(spec, pen, MARGIN);
  const chart = createLineChart(chartSpec(spec), { x: MARGIN, y: head.y + head.height + GAP }, pen);
  const foot = createFoot(spec, pen, chart.y + CHART_HEIGHT + GAP / 2);
  return { width: WIDTH, height: foot.y + foot.height + MARGIN, blocks: [head, chart, foot] };
}

function chartSpec({ tile, points, typical, spans, range }: MetricCardSpec): LineChartSpec {
  const { unit, norm, alert } = tile;
  return { points, typical, spans, range, unit, norm, alert, mark: markOf(tile) };
}

type HeadView = {
  mark: Mark;
  name: string;
  value: FittedValue;
  known: boolean;
  status: string;
  lines: readonly string[];
};

function createHead({ tile, sentence }: MetricCardSpec, pen: Pen, y: number): Block {
  const mark = markOf(tile);
  const status = [markWord(mark, pen), ...listStates(tile, mark, pen), ...writeSince(tile, mark, pen)].join(
    ' · ',
  );
  const valueWidth = CONTENT_WIDTH - pen.measure(status, STATUS) - GAP;
  const view: HeadView = {
    mark,
    status,
    name: fitText(tile.name, CONTENT_WIDTH - MARK_ROOM, widthIn(pen.measure, NAME)),
    value: fitValue(tile.value, tile.unit, { width: valueWidth, weight: 700, sizes: VALUE_SIZES }, pen),
    known: tile.value !== null,
    lines: wrapText(sentence, { width: CONTENT_WIDTH, maxLines: 3 }, widthIn(pen.measure, SENTENCE)),
  };
  return {
    x: MARGIN,
    y,
    width: CONTENT_WIDTH,
    height: SENTENCE_TOP + view.lines.length * LINE_HEIGHT[SENTENCE.size],
    key: blockKey('card-head', pen, view),
    draw: () => drawHead(view, pen),
  };
}

function drawHead(view: HeadView, pen: Pen): Drawing {
  const { colors, measure } = pen;
  return {
    shapes: renderMark(view.mark, { x: 0, y: 10, size: MARK_SIZE, color: colors.mark[view.mark] }),
    texts: (
      <>
        <PlacedText top={0} left={MARK_ROOM} {...NAME} color={colors.text}>
          {view.name}
        </PlacedText>
        {placeValue(view, pen)}
        <PlacedText
          top={alignBaseline(VALUE_TOP, SIZE.value, STATUS.size)}
          left={Math.round(measure(view.value.text, { size: view.value.size, weight: 700 })) + GAP}
          {...STATUS}
          color={colors.ink[view.mark]}
        >
          {view.status}
        </PlacedText>
        {view.lines.map((line, index) => (
          <PlacedText
            top={SENTENCE_TOP + index * LINE_HEIGHT[SENTENCE.size]}
            left={0}
            {...SENTENCE}
            color={colors.text}
          >
            {line}
          </PlacedText>
        ))}
      </>
    ),
  };
}

function placeValue({ value, known, mark }: HeadView, { colors }: Pen): JSX.Element {
  const color = mark === 'red' ? colors.ink.red : colors.text;
  return (
    <PlacedText
      top={alignBaseline(VALUE_TOP, SIZE.value, value.size)}
      left={0}
      size={value.size}
      weight={700}
      color={known ? color : colors.muted}
      figures
    >
      {value.text}
    </PlacedText>
  );
}

function createFoot(spec: MetricCardSpec, pen: Pen, y: number): Block {
  const wrap = (facts: readonly string[]): string[] =>
    wrapFacts(facts, { width: CONTENT_WIDTH, maxLines: 2 }, widthIn(pen.measure, NOTE));
  const tuple = wrap(listTuple(spec, pen));
  const origin = wrap(listOrigin(spec, pen));
  return {
    x: MARGIN,
    y,
    width: CONTENT_WIDTH,
    height: FACTS_TOP + (tuple.length + origin.length) * LINE_HEIGHT[NOTE.size] + FACTS_GAP,
    key: blockKey('card-foot', pen, tuple, origin),
    draw: () => drawFoot({ tuple, origin }, pen),
  };
}

function drawFoot({ tuple, origin }: { tuple: string[]; origin: string[] }, { colors }: Pen): Drawing {
  const placed = (line: string, index: number, style: { color: string; top: number }): JSX.Element => (
    <PlacedText {...NOTE} left={0} color={style.color} top={style.top + index * LINE_HEIGHT[NOTE.size]}>
      {line}
    </PlacedText>
  );
  const originTop = FACTS_TOP + tuple.length * LINE_HEIGHT[NOTE.size] + FACTS_GAP;
  return {
    shapes: <rect x={0} y={0} width={CONTENT_WIDTH} height={HAIRLINE} fill={colors.hairline} />,
    texts: (
      <>
        {tuple.map((line, index) => placed(line, index, { color: colors.text, top: FACTS_TOP }))}
        {origin.map((line, index) => placed(line, index, { color: colors.muted, top: originTop }))}
      </>
    ),
  };
}
