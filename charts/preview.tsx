import type { JSX } from 'satori/jsx/jsx-runtime';

import { CHART_HEIGHT } from './chart-plot.ts';
import { fitText, wrapText } from './fit-text.ts';
import { createLineChart } from './line-chart.tsx';
import { renderMark } from './marks.tsx';
import { blockKey, type Block, type Drawing, type Pen, type Sheet } from './sheet.ts';
import { alignBaseline, PlacedText, widthIn } from './text.tsx';
import { CONTENT_WIDTH, GAP, HAIRLINE, LINE_HEIGHT, MARGIN, SIZE, WIDTH } from './theme.ts';
import type { PreviewSpec } from './types.ts';

const NAME = { size: SIZE.title, weight: 700 } as const;
const SENTENCE = { size: SIZE.label, weight: 400 } as const;
const NOTE = { size: SIZE.note, weight: 400 } as const;

const SENTENCE_TOP = LINE_HEIGHT[SIZE.title] + 16;
const FOOT_TOP = 24;
const LEGEND_HEIGHT = 48;
const SWATCH = { width: 56, height: 36 } as const;
const MARK_SIZE = 20;
const TEXT_GAP = 12;

/** Lays out what lines would have raised: a sentence, the history with the alerts shaded, and the lines. */
export function layoutPreview(spec: PreviewSpec, pen: Pen): Sheet {
  const head = createHead(spec, pen);
  const chart = createLineChart(
    { ...spec, typical: null, range: '90d' },
    { x: MARGIN, y: head.y + head.height + GAP },
    pen,
  );
  const foot = createFoot(spec, pen, chart.y + CHART_HEIGHT + GAP / 2);
  return { width: WIDTH, height: foot.y + foot.height + MARGIN, blocks: [head, chart, foot] };
}

type HeadView = { name: string; kind: string; lines: readonly string[] };

function createHead({ name, sentence }: PreviewSpec, pen: Pen): Block {
  const kind = pen.words.t('preview-word');
  const view: HeadView = {
    kind,
    name: fitText(name, CONTENT_WIDTH - pen.measure(kind, NOTE) - GAP, widthIn(pen.measure, NAME)),
    lines: wrapText(sentence, { width: CONTENT_WIDTH, maxLines: 3 }, widthIn(pen.measure, SENTENCE)),
  };
  return {
    x: MARGIN,
    y: MARGIN,
    width: CONTENT_WIDTH,
    height: SENTENCE_TOP + view.lines.length * LINE_HEIGHT[SENTENCE.size],
    key: blockKey('preview-head', pen, view),
    draw: () => drawHead(view, pen),
  };
}

function drawHead({ name, kind, lines }: HeadView, { colors }: Pen): Drawing {
  return {
    shapes: <g />,
    texts: (
      <>
        <PlacedText top={0} left={0} {...NAME} color={colors.text}>
          {name}
        </PlacedText>
        <PlacedText top={alignBaseline(0, NAME.size, NOTE.size)} right={0} {...NOTE} color={colors.muted}>
          {kind}
        </PlacedText>
        {lines.map((line, index) => (
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

/** What a shade means: its level as a shape and in words. */
type Legend = { level: 'red' | 'amber'; text: string; x: number };
type FootView = { legends: readonly Legend[]; lines: readonly string[] };

function createFoot({ counts, linesText }: PreviewSpec, pen: Pen, y: number): Block {
  const view: FootView = {
    // without lines nothing could have been raised
    legends: linesText === '' ? [] : placeLegends(counts, pen),
    lines: wrapText(linesText, { width: CONTENT_WIDTH, maxLines: 2 }, widthIn(pen.measure, NOTE)),
  };
  return {
    x: MARGIN,
    y,
    width: CONTENT_WIDTH,
    height: FOOT_TOP + LEGEND_HEIGHT + view.lines.length * LINE_HEIGHT[NOTE.size],
    key: blockKey('preview-foot', pen, view),
    draw: () => drawFoot(view, pen),
  };
}

function placeLegends(counts: PreviewSpec['counts'], pen: Pen): Legend[] {
  let x = 0;
  return (['red', 'amber'] as const).map((level) => {
    const text = pen.words.t('picture-preview-count', { level, count: counts[level] });
    const legend = { level, text, x };
    x += SWATCH.width + TEXT_GAP + Math.ceil(pen.measure(text, NOTE)) + GAP * 2;
    return legend;
  });
}

function drawFoot({ legends, lines }: FootView, { colors }: Pen): Drawing {
  const centre = (SWATCH.height - MARK_SIZE) / 2;
  return {
    shapes: (
      <g>
        <rect x={0} y={0} width={CONTENT_WIDTH} height={HAIRLINE} fill={colors.hairline} />
        {legends.map(({ level, x }) => (
          <rect x={x} y={FOOT_TOP} {...SWATCH} fill={colors.span[level]} />
        ))}
        {legends.map(({ level, x }) =>
          renderMark(level, {
            x: x + (SWATCH.width - MARK_SIZE) / 2,
            y: FOOT_TOP + centre,
            size: MARK_SIZE,
            color: colors.mark[level],
          }),
        )}
      </g>
    ),
    texts: (
      <>
        {legends.map(({ text, x }) =>
          placeNote(text, { left: x + SWATCH.width + TEXT_GAP, top: FOOT_TOP, color: colors.text }),
        )}
        {lines.map((line, index) =>
          placeNote(line, {
            left: 0,
            top: FOOT_TOP + LEGEND_HEIGHT + index * LINE_HEIGHT[NOTE.size],
            color: colors.muted,
          }),
        )}
      </>
    ),
  };
}

function placeNote(text: string, place: { left: number; top: number; color: string }): JSX.Element {
  return (
    <PlacedText {...NOTE} {...place}>
      {text}
    </PlacedText>
  );
}
