import { fitText } from './fit-text.ts';
import { fitValue } from './fit-value.ts';
import { renderMark } from './marks.tsx';
import { blockKey, type Block, type Drawing, type Pen } from './sheet.ts';
import { PlacedText, widthIn } from './text.tsx';
import { CONTENT_WIDTH, HAIRLINE, SIZE, type Mark } from './theme.ts';
import type { TileSpec } from './types.ts';

export const STRIP_ROW_HEIGHT = 56;
export const STRIP_TITLE_HEIGHT = 64;

const NAME = { size: SIZE.note, weight: 400 } as const;
const VALUE = { size: SIZE.note, weight: 600 } as const;
const COLUMN_GAP = 16;
/** Of an entry's width; the rest is the name's. */
const MAX_VALUE_SHARE = 0.6;
const MARK_SIZE = 24;
const MARK_ROOM = 36;

/** The line above folded metrics: their mark and how many they are. */
export function createStripTitle(
  mark: Mark,
  count: number,
  place: { x: number; y: number },
  pen: Pen,
): Block {
  const counted = pen.words.t('count', { standing: mark, count });
  const text = mark === 'green' ? counted : pen.words.t('picture-more', { counted });
  return {
    ...place,
    width: CONTENT_WIDTH,
    height: STRIP_TITLE_HEIGHT,
    key: blockKey('strip-title', pen, mark, text),
    draw: () => ({
      shapes: renderMark(mark, { x: 0, y: 20, size: MARK_SIZE, color: pen.colors.mark[mark] }),
      texts: (
        <>
          <PlacedText top={12} left={MARK_ROOM} size={SIZE.label} weight={600} color={pen.colors.text}>
            {text}
          </PlacedText>
        </>
      ),
    }),
  };
}

/** One folded metric: its name and its value over a hairline. */
export function createStripEntry(
  tile: TileSpec,
  place: { x: number; y: number; width: number },
  pen: Pen,
): Block {
  const room = { width: place.width * MAX_VALUE_SHARE, weight: VALUE.weight, sizes: [VALUE.size] as const };
  const value = fitValue(tile.value, tile.unit, room, pen).text;
  const nameWidth = place.width - pen.measure(value, VALUE) - COLUMN_GAP;
  const name = fitText(tile.name, nameWidth, widthIn(pen.measure, NAME));
  return {
    ...place,
    height: STRIP_ROW_HEIGHT,
    key: blockKey('strip-entry', pen, place.width, name, value),
    draw: () => drawEntry({ name, value, width: place.width }, pen),
  };
}

/** In an entry's place: how many more there are. */
export function createStripRest(
  count: number,
  place: { x: number; y: number; width: number },
  pen: Pen,
): Block {
  const name = pen.words.t('and-more', { count });
  return {
    ...place,
    height: STRIP_ROW_HEIGHT,
    key: blockKey('strip-rest', pen, place.width, name),
    draw: () => drawEntry({ name, value: '', width: place.width }, pen),
  };
}

function drawEntry(view: { name: string; value: string; width: number }, { colors }: Pen): Drawing {
  return {
    shapes: (
      <rect
        x={0}
        y={STRIP_ROW_HEIGHT - HAIRLINE}
        width={view.width}
        height={HAIRLINE}
        fill={colors.hairline}
      />
    ),
    texts: (
      <>
        <PlacedText top={10} left={0} {...NAME} color={colors.muted}>
          {view.name}
        </PlacedText>
        <PlacedText top={10} right={0} {...VALUE} color={colors.text} figures>
          {view.value}
        </PlacedText>
      </>
    ),
  };
}
