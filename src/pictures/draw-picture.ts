import { createHash } from 'node:crypto';

import { LRUCache } from 'lru-cache';

import {
  layoutPicture,
  THEMES,
  type Block,
  type Colors,
  type Pen,
  type PictureSpec,
  type Sheet,
} from '../../charts/index.ts';
import { createWords, type Words } from '../answers/index.ts';
import { splitIntoBands, type SheetBand } from './bands.ts';
import { measureText } from './measure.ts';
import { createPalette, type Palette } from './palette.ts';
import { assemblePng, compressBand, type Band } from './png.ts';
import { printableSpec } from './printable.ts';
import { rasterize } from './rasterize.ts';

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
  onRasterized: (bytes: number) => void;
};

/** Gives an artist; `onRasterized` hears of memory outside the JavaScript heap that waits to be collected. */
export function createArtist(onRasterized: (bytes: number) => void = () => {}): Artist {
  const memory: Memory = {
    blocks: new LRUCache({ maxSize: BLOCK_CACHE_BYTES, sizeCalculation: (indices) => indices.length }),
    bands: new LRUCache({ maxSize: BAND_CACHE_BYTES, sizeCalculation: (band) => band.data.length }),
    words: new LRUCache({ max: WORDS_KEPT }),
    palettes: new Map(),
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

/** Draws band by band, while those before are being compressed. */
async function listBands(sheet: Sheet, easel: Easel): Promise<Band[]> {
  const bands: Promise<Band>[] = [];
  for (const band of splitIntoBands(sheet)) {
    const places = band.blocks.map((block) => [block.x, block.y - band.top, block.key]);
    const key = digest([easel.colors.background, easel.width, band.height, places]);
    const known = easel.memory.bands.get(key);
    bands.push(known ? Promise.resolve(known) : keepBand(key, await composeBand(band, easel), easel));
  }
  return Promise.all(bands);
}

async function keepBand(key: string, indices: Uint8Array, { width, memory }: Easel): Promise<Band> {
  const band = await compressBand(indices, width);
  memory.bands.set(key, band);
  return band;
}

function digest(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}

/** Puts blocks' pixels side by side. */
async function composeBand(band: SheetBand, easel: Easel): Promise<Uint8Array> {
  const { width } = easel;
  // the background is the first colour of every palette, and so the zeros of a new array
  const canvas = new Uint8Array(width * band.height);
  for (const block of band.blocks) {
    const indices = await findPixels(block, easel);
    for (let y = 0; y < block.height; y += 1) {
      const row = indices.subarray(y * block.width, (y + 1) * block.width);
      canvas.set(row, (block.y - band.top + y) * width + block.x);
    }
  }
  return canvas;
}

async function findPixels(block: Block, { colors, palette, memory }: Easel): Promise<Uint8Array> {
  const { width, height } = block;
  const key = digest([width, height, block.key]);
  const known = memory.blocks.get(key);
  if (known) return known;
  const rgba = await rasterize(block.draw(), { width, height, background: colors.background });
  const indices = palette.quantize(rgba);
  // resvg keeps the image, and this is a copy of it
  memory.onRasterized(2 * rgba.length);
  memory.blocks.set(key, indices);
  return indices;
}
