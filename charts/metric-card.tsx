import { parseDuration } from '../src/lib/time.ts';
import { writeAge, writeDueDay } from './dates.ts';
import { fitText, wrapText } from './fit-text.ts';
import { CHART_HEIGHT, type LineChartSpec } from './chart-plot.ts';
import { createLineChart } from './line-chart.tsx';
import { markOf, markWord, renderMark } from './marks.tsx';
import { blockKey, type Block, type Drawing, type Pen, type Sheet } from './sheet.ts';
import { alignBaseline, fitSize, NO_VALUE, PlacedText, widthIn } from './text.tsx';
import { isAnswered, writeSince } from './tile-status.ts';
import { CONTENT_WIDTH, GAP, HAIRLINE, LINE_HEIGHT, MARGIN, SIZE, WIDTH, type Mark } from './theme.ts';
import type { MetricCardSpec } from './types.ts';

const NAME = { size: SIZE.title, weight: 700 } as const;
const STATUS = { size: SIZE.label, weight: 600 } as const;
const SENTENCE = { size: SIZE.label, weight: 400 } as const;
const NOTE = { size: SIZE.note, weight: 400 } as const;

const MARK_SIZE = 36;
const MARK_ROOM = 52;
const VALUE_TOP = 64;
const SENTENCE_TOP = 160;

/** Lays out one metric: how bad, its value, a sentence, its history, and where the number comes from. */
export function layoutMetricCard(spec: MetricCardSpec, pen: Pen): Sheet {
  const head = createHead(spec, pen, MARGIN);
  const chart = createLineChart(chartSpec(spec), { x: MARGIN, y: head.y + head.height + GAP }, pen);
  const foot = createFoot(spec, pen, chart.y + CHART_HEIGHT + GAP / 2);
  return { width: WIDTH, height: foot.y + foot.height + MARGIN, blocks: [head, chart, foot] };
}

function chartSpec({ tile, points, typical, spans, range }: MetricCardSpec): LineChartSpec {
  return {
    points,
    typical,
    spans,
    range,
    unit: tile.unit,
    norm: tile.norm,
    alert: tile.alert,
    mark: markOf(tile),
  };
}

type HeadView = { mark: Mark; name: string; value: string; status: string; lines: string[] };

function createHead(spec: MetricCardSpec, pen: Pen, y: number): Block {
  const { tile } = spec;
  const mark = markOf(tile);
  const view: HeadView = {
    mark,
    name: fitText(tile.name, CONTENT_WIDTH - MARK_ROOM, widthIn(pen.measure, NAME)),
    value: tile.value === null ? NO_VALUE : pen.words.value(tile.value, tile.unit),
    status: writeStatus(spec, mark, pen),
    lines: wrapText(spec.sentence, { width: CONTENT_WIDTH, maxLines: 3 }, widthIn(pen.measure, SENTENCE)),
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

/** The level in a word, whether somebody has it, and since when. */
function writeStatus({ tile }: MetricCardSpec, mark: Mark, pen: Pen): string {
  const state = isAnswered(tile) ? pen.words.t(`picture-state-${tile.alertState}`) : '';
  const parts = [markWord(mark, pen), state, writeSince(tile, mark, pen)];
  return parts.filter((part) => part !== '').join(' · ');
}

function drawHead(view: HeadView, pen: Pen): Drawing {
  const { colors, measure } = pen;
  const statusWidth = measure(view.status, STATUS);
  const width = CONTENT_WIDTH - statusWidth - GAP;
  const size = fitSize(view.value, [SIZE.value, SIZE.title, SIZE.label], { width, weight: 700, measure });
  const value = fitText(view.value, width, widthIn(measure, { size, weight: 700 }));
  const statusLeft = measure(value, { size, weight: 700 }) + GAP;
  return {
    shapes: renderMark(view.mark, { x: 0, y: 10, size: MARK_SIZE, color: colors.mark[view.mark] }),
    texts: (
      <div style={{ display: 'flex' }}>
        <PlacedText top={0} left={MARK_ROOM} {...NAME} color={colors.text}>
          {view.name}
        </PlacedText>
        <PlacedText
          top={alignBaseline(VALUE_TOP, SIZE.value, size)}
          left={0}
          size={size}
          weight={700}
          color={view.mark === 'red' ? colors.ink.red : colors.text}
          figures
        >
          {value}
        </PlacedText>
        <PlacedText
          top={alignBaseline(VALUE_TOP, SIZE.value, STATUS.size)}
          left={statusLeft}
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
      </div>
    ),
  };
}

function createFoot(spec: MetricCardSpec, pen: Pen, y: number): Block {
  const wrap = (text: string): string[] =>
    wrapText(text, { width: CONTENT_WIDTH, maxLines: 2 }, widthIn(pen.measure, NOTE));
  const tuple = wrap(writeTuple(spec, pen));
  const origin = wrap(writeOrigin(spec, pen));
  const lineHeight = LINE_HEIGHT[NOTE.size];
  return {
    x: MARGIN,
    y,
    width: CONTENT_WIDTH,
    height: 24 + (tuple.length + origin.length) * lineHeight + 8,
    key: blockKey('card-foot', pen, tuple, origin),
    draw: () => ({
      shapes: <rect x={0} y={0} width={CONTENT_WIDTH} height={HAIRLINE} fill={pen.colors.hairline} />,
      texts: (
        <div style={{ display: 'flex' }}>
          {[...tuple, ...origin].map((line, index) => (
            <PlacedText
              top={24 + index * lineHeight + (index < tuple.length ? 0 : 8)}
              left={0}
              {...NOTE}
              color={index < tuple.length ? pen.colors.text : pen.colors.muted}
            >
              {line}
            </PlacedText>
          ))}
        </div>
      ),
    }),
  };
}

/** The 5-tuple as one line: observation, period, typical, norm, alert; and the target, which is for display only. */
function writeTuple(
  { tile, points, periodText, typical, target }: MetricCardSpec,
  { words, nowMs }: Pen,
): string {
  const written = (value: number): string => words.value(value, tile.unit);
  const at = points.at(-1)?.atMs;
  const parts: string[] = [];
  if (tile.value !== null && at !== undefined) {
    const time = words.time(new Date(at), new Date(nowMs));
    parts.push(words.t('picture-observed', { value: written(tile.value), time }));
  }
  parts.push(writePeriod(periodText, words));
  if (typical)
    parts.push(
      words.t('tuple-typical', { mean: written(typical.mean), deviation: written(typical.deviation) }),
    );
  if (tile.norm !== null) parts.push(words.t('tuple-norm', { value: written(tile.norm) }));
  if (tile.alert !== null) parts.push(words.t('tuple-alert', { value: written(tile.alert) }));
  if (target) parts.push(writeTarget(written(target.value), target.due, { words, nowMs }));
  return joinParts(parts);
}

/** Broken only between facts, never within one. */
function joinParts(parts: readonly string[]): string {
  return parts.map((part) => part.replaceAll(' ', '\u00A0')).join('\u00A0· ');
}

/** `1h` in the reader's words: every hour. */
function writePeriod(text: string, words: Pen['words']): string {
  const period = parseDuration(text);
  return period ? words.t('every', { unit: period.unit, count: period.count }) : text;
}

function writeTarget(
  value: string,
  due: string | null,
  { words, nowMs }: Pick<Pen, 'words' | 'nowMs'>,
): string {
  if (due === null) return words.t('tuple-target', { value });
  return words.t('tuple-target-due', { value, due: writeDueDay(due, nowMs, words) });
}

/** Who answers for the number, whether it is verified, and how old it is. */
function writeOrigin({ tile, owner, verifiedBy }: MetricCardSpec, { words }: Pen): string {
  const parts = [owner === null ? words.t('picture-unowned') : words.t('picture-owner', { name: owner })];
  if (!tile.verified) parts.push(words.t('picture-unverified'));
  else
    parts.push(
      verifiedBy === null
        ? words.t('picture-verified')
        : words.t('picture-verified-by', { name: verifiedBy }),
    );
  if (tile.ageMs !== null) parts.push(words.t('picture-age', { span: writeAge(tile.ageMs, words) }));
  return joinParts(parts);
}
