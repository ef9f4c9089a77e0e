import type { JSX } from 'satori/jsx/jsx-runtime';

import { firstFitting, fitText } from './fit-text.ts';
import { fitValue, type FittedValue } from './fit-value.ts';
import { markOf, markWord, renderMark } from './marks.tsx';
import { blockKey, type Block, type Drawing, type Pen } from './sheet.ts';
import { renderSparkline, type SparklineSpec } from './sparkline.tsx';
import { renderFrame } from './frame.tsx';
import { alignBaseline, PlacedText, widthIn } from './text.tsx';
import { SIZE, type FontSize, type Mark } from './theme.ts';
import { listStatusTexts, type StatusStyle } from './tile-status.ts';
import type { TileSpec } from './types.ts';

/** A tile's measures. Red ones are larger: they are read first. */
type TileLayout = {
  width: number;
  height: number;
  padding: number;
  nameTop: number;
  nameSize: FontSize;
  valueTop: number;
  valueSizes: readonly [FontSize, ...FontSize[]];
  statusTop: number;
  spark: { width: number; height: number; top: number };
};

export type TileOptions = { x: number; y: number; width: number; large: boolean; usualWhen: string | null };

export const TILE_HEIGHT = 200;
export const LARGE_TILE_HEIGHT = 240;

const SPARK_GAP = 16;
const MARK_SIZE = 24;
const MARK_ROOM = 36;

function layoutTile(width: number): TileLayout {
  return {
    width,
    height: TILE_HEIGHT,
    padding: 24,
    nameTop: 20,
    nameSize: SIZE.note,
    valueTop: 72,
    valueSizes: [SIZE.title, SIZE.label, SIZE.note],
    statusTop: 144,
    spark: { width: 120, height: 72, top: 64 },
  };
}

function layoutLargeTile(width: number): TileLayout {
  const padding = 32;
  return {
    width,
    height: LARGE_TILE_HEIGHT,
    padding,
    nameTop: 24,
    nameSize: SIZE.label,
    valueTop: 80,
    valueSizes: [SIZE.value, SIZE.title, SIZE.label],
    statusTop: 180,
    spark: { width: Math.round((width - 2 * padding) * 0.4), height: 104, top: 68 },
  };
}

/** Everything a tile shows, in words. */
type TileView = {
  mark: Mark;
  name: string;
  value: FittedValue;
  known: boolean;
  word: string;
  rest: string;
  spark: SparklineSpec;
};

/** A tile of the cockpit: how bad, which, its value, its change, and its sparkline. */
export function createTile(tile: TileSpec, options: TileOptions, pen: Pen): Block {
  const { x, y, width, large, usualWhen } = options;
  const layout = large ? layoutLargeTile(width) : layoutTile(width);
  const view = viewTile(tile, layout, { usualWhen, withLine: large }, pen);
  return {
    x,
    y,
    width,
    height: layout.height,
    key: blockKey('tile', pen, large, width, view),
    draw: () => drawTile(view, layout, pen),
  };
}

function viewTile(tile: TileSpec, layout: TileLayout, style: StatusStyle, pen: Pen): TileView {
  const mark = markOf(tile);
  const room = layout.width - 2 * layout.padding;
  const word = markWord(mark, pen);
  const rest = { width: room - pen.measure(word, WORD) - REST_GAP, of: widthIn(pen.measure, REST) };
  return {
    mark,
    name: fitText(tile.name, room - MARK_ROOM, widthIn(pen.measure, { size: layout.nameSize, weight: 600 })),
    value: fitValue(tile.value, tile.unit, valueRoom(layout), pen),
    known: tile.value !== null,
    word,
    rest: firstFitting(listStatusTexts(tile, mark, style, pen), rest.width, rest.of),
    spark: { points: tile.spark, norm: tile.norm, alert: tile.alert, mark },
  };
}

const WORD = { size: SIZE.note, weight: 600 } as const;
const REST = { size: SIZE.note, weight: 400 } as const;
const REST_GAP = 8;

function drawTile(view: TileView, layout: TileLayout, pen: Pen): Drawing {
  const { colors } = pen;
  const { padding, spark } = layout;
  const markTop = layout.nameTop + (layout.nameSize === SIZE.label ? 8 : 6);
  const sparkBox = {
    x: layout.width - padding - spark.width,
    y: spark.top,
    width: spark.width,
    height: spark.height,
  };
  return {
    shapes: (
      <g>
        {renderFrame(view.mark, layout, colors)}
        {renderMark(view.mark, { x: padding, y: markTop, size: MARK_SIZE, color: colors.mark[view.mark] })}
        {renderSparkline(view.spark, sparkBox, colors)}
      </g>
    ),
    texts: (
      <>
        <PlacedText
          top={layout.nameTop}
          left={padding + MARK_ROOM}
          size={layout.nameSize}
          weight={600}
          color={colors.text}
        >
          {view.name}
        </PlacedText>
        {placeValue(view, layout, pen)}
        <PlacedText top={layout.statusTop} left={padding} {...WORD} color={colors.ink[view.mark]}>
          {view.word}
        </PlacedText>
        <PlacedText
          top={layout.statusTop}
          left={padding + Math.round(pen.measure(view.word, WORD)) + REST_GAP}
          {...REST}
          color={colors.muted}
        >
          {view.rest}
        </PlacedText>
      </>
    ),
  };
}

function valueRoom({ width, padding, spark, valueSizes }: TileLayout): Parameters<typeof fitValue>[2] {
  return { width: width - 2 * padding - spark.width - SPARK_GAP, weight: 700, sizes: valueSizes };
}

function placeValue({ value, known, mark }: TileView, layout: TileLayout, { colors }: Pen): JSX.Element {
  const color = mark === 'red' ? colors.ink.red : colors.text;
  return (
    <PlacedText
      top={alignBaseline(layout.valueTop, layout.valueSizes[0], value.size)}
      left={layout.padding}
      size={value.size}
      weight={700}
      color={known ? color : colors.muted}
      figures
    >
      {value.text}
    </PlacedText>
  );
}
