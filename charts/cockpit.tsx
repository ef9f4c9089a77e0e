import { countMarks, groupTiles, type Group } from './cockpit-order.ts';
import { createHeader, HEADER_HEIGHT } from './header.tsx';
import { blockKey, type Block, type Pen, type Sheet } from './sheet.ts';
import {
  createStripEntry,
  createStripRest,
  createStripTitle,
  STRIP_ROW_HEIGHT,
  STRIP_TITLE_HEIGHT,
} from './strip.tsx';
import { PlacedText } from './text.tsx';
import { createTile, LARGE_TILE_HEIGHT, TILE_HEIGHT } from './tile.tsx';
import { findUsualWhen } from './tile-status.ts';
import { CONTENT_WIDTH, GAP, LINE_HEIGHT, MARGIN, SIZE, WIDTH } from './theme.ts';
import type { CockpitSpec, TileSpec } from './types.ts';

const COLUMNS = 3;
const LARGE_COLUMNS = 2;
/** Between a strip and the tiles after it, more than a row's gap. */
const STRIP_CLEARANCE = 16;

/** Telegram takes a photo whose width and height are at most 10,000 together. */
const MAX_HEIGHT = 8640;
/** Rows of strips that have room below as many tiles as there can be. */
const SURE_STRIP_ROWS = 30;

/** Blocks laid out from the top down, and where the next one goes. */
type Flow = {
  pen: Pen;
  usualWhen: string | null;
  blocks: Block[];
  y: number;
  /** rows that strips may still have, and whether they would have needed more */
  stripRows: number;
  isCut: boolean;
};

/** Lays out the cockpit: red tiles first and larger, then amber, stale, green, and unverified at the end. */
export function layoutCockpit(spec: CockpitSpec, pen: Pen): Sheet {
  const flow = layoutFlow(spec, SURE_STRIP_ROWS, pen);
  const spareRows = Math.floor((MAX_HEIGHT - heightOf(flow)) / STRIP_ROW_HEIGHT);
  const whole = flow.isCut ? layoutFlow(spec, SURE_STRIP_ROWS + spareRows, pen) : flow;
  return { width: WIDTH, height: heightOf(whole), blocks: whole.blocks };
}

function heightOf(flow: Flow): number {
  return flow.y - GAP + MARGIN;
}

function layoutFlow({ title, tiles, reader }: CockpitSpec, stripRows: number, pen: Pen): Flow {
  const usualWhen = findUsualWhen(tiles, pen);
  const header = createHeader({ title, usualWhen, counts: countMarks(tiles) }, pen);
  const flow: Flow = {
    pen,
    usualWhen,
    blocks: [header],
    y: MARGIN + HEADER_HEIGHT + GAP,
    stripRows,
    isCut: false,
  };
  let waiting: TileSpec[] = [];
  for (const group of groupTiles(tiles, reader.locale)) {
    if (group.mark === 'red') addLargeTiles(flow, group.tiles);
    else waiting.push(...group.tiles);
    if (group.folded.length === 0) continue;
    addTiles(flow, waiting);
    waiting = [];
    addStrip(flow, group);
  }
  addTiles(flow, waiting);
  if (tiles.length === 0) addNote(flow, pen.words.t('picture-no-metrics'));
  return flow;
}

/** Two in a row; an odd first one, the worst, has a row to itself. */
function addLargeTiles(flow: Flow, tiles: readonly TileSpec[]): void {
  const alone = tiles.length % LARGE_COLUMNS;
  const create = tileCreator(flow, true);
  const height = LARGE_TILE_HEIGHT + GAP;
  addRows(flow, { tiles: tiles.slice(0, alone), columns: 1, height }, create);
  addRows(flow, { tiles: tiles.slice(alone), columns: LARGE_COLUMNS, height }, create);
}

function addTiles(flow: Flow, tiles: readonly TileSpec[]): void {
  addRows(flow, { tiles, columns: COLUMNS, height: TILE_HEIGHT + GAP }, tileCreator(flow, false));
}

function tileCreator({ pen, usualWhen }: Flow, large: boolean): CreateBlock {
  return (tile, place) => createTile(tile, { ...place, large, usualWhen }, pen);
}

/** Names and values of folded metrics; the last place says how many had no room. */
function addStrip(flow: Flow, { mark, folded }: Group): void {
  flow.blocks.push(createStripTitle(mark, folded.length, { x: MARGIN, y: flow.y }, flow.pen));
  flow.y += STRIP_TITLE_HEIGHT;
  const rows = Math.min(Math.ceil(folded.length / COLUMNS), flow.stripRows);
  const leftOut = folded.length > rows * COLUMNS ? folded.length - rows * COLUMNS + 1 : 0;
  flow.stripRows -= rows;
  flow.isCut ||= leftOut > 0;
  addRows(
    flow,
    { tiles: folded.slice(0, rows * COLUMNS), columns: COLUMNS, height: STRIP_ROW_HEIGHT },
    (tile, place) =>
      leftOut > 0 && tile === folded[rows * COLUMNS - 1]
        ? createStripRest(leftOut, place, flow.pen)
        : createStripEntry(tile, place, flow.pen),
  );
  flow.y += GAP + STRIP_CLEARANCE;
}

type CreateBlock = (tile: TileSpec, place: { x: number; y: number; width: number }) => Block;

/** Adds tiles in rows of equal columns; `height` is from one row to the next. */
function addRows(
  flow: Flow,
  rows: { tiles: readonly TileSpec[]; columns: number; height: number },
  create: CreateBlock,
): void {
  const width = (CONTENT_WIDTH - (rows.columns - 1) * GAP) / rows.columns;
  for (const [index, tile] of rows.tiles.entries()) {
    const x = MARGIN + (index % rows.columns) * (width + GAP);
    const y = flow.y + Math.floor(index / rows.columns) * rows.height;
    flow.blocks.push(create(tile, { x, y, width }));
  }
  flow.y += Math.ceil(rows.tiles.length / rows.columns) * rows.height;
}

function addNote(flow: Flow, text: string): void {
  const { colors } = flow.pen;
  flow.blocks.push({
    x: MARGIN,
    y: flow.y,
    width: CONTENT_WIDTH,
    height: LINE_HEIGHT[SIZE.label],
    key: blockKey('note', flow.pen, text),
    draw: () => ({
      shapes: <g />,
      texts: (
        <>
          <PlacedText top={0} left={0} size={SIZE.label} weight={400} color={colors.muted}>
            {text}
          </PlacedText>
        </>
      ),
    }),
  });
  flow.y += LINE_HEIGHT[SIZE.label] + GAP;
}
