import { createHash } from 'node:crypto';

import { LRUCache } from 'lru-cache';

import {
  layoutPicture,
  THEMES,
  type Block,
  type Colors,
  type Drawing,
  type Pen,
  type PictureSpec,
  type Sheet,
} from '../../charts/index.ts';
import { createWords, type Words } from '../answers/index.ts';
import { splitIntoBands, type SheetBand } from './bands.ts';
import { measureText } from './measure.ts';
import { listLines, paintBlock } from './paint-block.ts';
import { createPalette, type Palette } from './palette.ts';
import { assemblePng, compressBand, type Band } from './png.ts';
import { printableSpec } from './printable.ts';
import { createTypesetter, type Typesetter } from './typeset.ts';

export type DrawnPicture = { png: Uint8Array<ArrayBuffer>; width: number; height: number };

/** Draws pictures in the thread that calls it, and remembers the parts they are made of. */
export type Artist = { draw(spec: PictureSpec): Promise<DrawnPicture> };

const MEBIBYTE = 1024 * 1024;
/** About 150 tiles. */
const BLOCK_CACHE_BYTES = 12 * MEBIBYTE;
/** About 50 cockpits. */
const BAND_CACHE_BYTES = 4 * MEBIBYTE;
const WORDS_KEPT = 16;

type Memory = {
  /** pixels of blocks, as palette numbers */
  blocks: LRUCache<string, Uint8Array>;
  bands: LRUCache<string, Band>;
  words: LRUCache<string, Words>;
  palettes: Map<Colors, Palette>;
  typeset: Typesetter;
  onRasterized: (bytes: number) => void;
};

/** Gives an artist; `onRasterized` hears of memory outside the JavaScript heap that waits to be collected. */
export function createArtist(onRasterized: (bytes: number) => void = () => {}): Artist {
  const memory: Memory = {
    blocks: new LRUCache({ maxSize: BLOCK_CACHE_BYTES, sizeCalculation: (indices) => indices.length }),
    bands: new LRUCache({ maxSize: BAND_CACHE_BYTES, sizeCalculation: (band) => band.data.length }),
    words: new LRUCache({ max: WORDS_KEPT }),
    palettes: new Map(),
    typeset: createTypesetter(onRasterized),
    onRasterized,
  };
  return { draw: (spec) => draw(spec, memory) };
}

/** What one picture is drawn with. */
type Easel = { width: number; colors: Colors; palette: Palette; memory: Memory };

async function draw(spec: PictureSpec, memory: Memory): Promise<DrawnPicture> {
  const { theme, nowMs } = spec.reader;
  const colors = THEMES[theme];
  const palette = findPalette(colors, memory);
  const pen: Pen = { words: findWords(spec, memory), colors, measure: measureText, nowMs };
  const sheet = layoutPicture(printableSpec(spec), pen);
  const { width, height } = sheet;
  const bands = await listBands(sheet, { width, colors, palette, memory });
  return { png: assemblePng({ width, height, palette: palette.rgb, bands }), width, height };
}

function findPalette(colors: Colors, { palettes }: Memory): Palette {
  const palette = palettes.get(colors) ?? createPalette(colors);
  palettes.set(colors, palette);
  return palette;
}

function findWords({ reader }: PictureSpec, { words }: Memory): Words {
  const key = `${reader.locale} ${reader.timezone}`;
  const found = words.get(key) ?? createWords(reader.locale, reader.timezone);
  words.set(key, found);
  return found;
}

/** Draws what is new, band by band, while the bands before are being compressed. */
async function listBands(sheet: Sheet, easel: Easel): Promise<Band[]> {
  const bands = splitIntoBands(sheet).map((band) => {
    const key = keyOfBand(band, easel);
    return { ...band, key, made: easel.memory.bands.get(key) };
  });
  const painters = await preparePainters(
    bands.flatMap((band) => (band.made ? [] : band.blocks)),
    easel,
  );
  return Promise.all(
    bands.map((band) => (band.made ? Promise.resolve(band.made) : makeBand(band, painters, easel))),
  );
}

function keyOfBand({ blocks, top, height }: SheetBand, { colors, width }: Easel): string {
  return digest([
    colors.background,
    width,
    height,
    blocks.map((block) => [block.x, block.y - top, block.key]),
  ]);
}

function digest(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}

/** What gives a block's pixels when they are wanted. */
type Painters = ReadonlyMap<Block, () => Uint8Array>;

/** Finds pixels drawn before, and sets the lines of all other blocks at once. */
async function preparePainters(
  blocks: readonly Block[],
  { colors, palette, memory }: Easel,
): Promise<Painters> {
  const painters = new Map<Block, () => Uint8Array>();
  const drawings = new Map<Block, { key: string; drawing: Drawing }>();
  for (const block of blocks) {
    const key = digest([block.width, block.height, block.key]);
    const kept = memory.blocks.get(key);
    if (kept) painters.set(block, () => kept);
    else drawings.set(block, { key, drawing: block.draw() });
  }
  const lines = [...drawings.values()].flatMap(({ drawing }) => listLines(drawing.texts));
  const inkOf = await memory.typeset(lines);
  const paint = { background: colors.background, palette, inkOf, onRasterized: memory.onRasterized };
  for (const [block, { key, drawing }] of drawings) {
    painters.set(block, () => {
      const indices = paintBlock(drawing, block, paint);
      memory.blocks.set(key, indices);
      return indices;
    });
  }
  return painters;
}

async function makeBand(band: SheetBand & { key: string }, painters: Painters, easel: Easel): Promise<Band> {
  const { width, memory } = easel;
  // the background is the first colour of every palette, and so the zeros of a new array
  const canvas = new Uint8Array(width * band.height);
  for (const block of band.blocks) {
    const indices = painters.get(block)?.() ?? new Uint8Array();
    for (let y = 0; y < block.height; y += 1) {
      const row = indices.subarray(y * block.width, (y + 1) * block.width);
      canvas.set(row, (block.y - band.top + y) * width + block.x);
    }
  }
  const made = await compressBand(canvas, width);
  memory.bands.set(band.key, made);
  return made;
}
