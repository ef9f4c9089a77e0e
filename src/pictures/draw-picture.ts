import { createHash } from 'node:crypto';

import { LRUCache } from 'lru-cache';

import {
  layoutPicture,
  THEMES,
  type Block,
  type Colors,
  type Pen,
  type PictureSpec,
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
/** About 400 tiles. */
const BLOCK_CACHE_BYTES = 32 * MEBIBYTE;
const BAND_CACHE_BYTES = 8 * MEBIBYTE;
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

async function draw(spec: PictureSpec, memory: Memory): Promise<DrawnPicture> {
  const { theme, nowMs } = spec.reader;
  const ground = { colors: THEMES[theme], palette: findPalette(THEMES[theme], memory) };
  const pen: Pen = { words: findWords(spec, memory), colors: ground.colors, measure: measureText, nowMs };
  const { width, height, blocks } = layoutPicture(printableSpec(spec), pen);
  const bands: Band[] = [];
  for (const band of splitIntoBands({ width, height, blocks })) {
    bands.push(await findBand(band, { ...ground, width }, memory));
  }
  return { png: assemblePng({ width, height, palette: ground.palette.rgb, bands }), width, height };
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

type Ground = { colors: Colors; palette: Palette; width: number };

async function findBand(band: SheetBand, ground: Ground, memory: Memory): Promise<Band> {
  const places = band.blocks.map((block) => [block.x, block.y - band.top, block.key]);
  const key = digest([ground.colors.background, ground.width, band.height, places]);
  const known = memory.bands.get(key);
  if (known) return known;
  const made = compressBand(await composeBand(band, ground, memory), ground.width);
  memory.bands.set(key, made);
  return made;
}

function digest(parts: unknown): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}

/** Puts blocks' pixels side by side. */
async function composeBand(band: SheetBand, ground: Ground, memory: Memory): Promise<Uint8Array> {
  // the background is the first colour of every palette, and so the zeros of a new array
  const canvas = new Uint8Array(ground.width * band.height);
  for (const block of band.blocks) {
    const indices = await findPixels(block, ground, memory);
    for (let y = 0; y < block.height; y += 1) {
      const row = indices.subarray(y * block.width, (y + 1) * block.width);
      canvas.set(row, (block.y - band.top + y) * ground.width + block.x);
    }
  }
  return canvas;
}

async function findPixels(block: Block, { colors, palette }: Ground, memory: Memory): Promise<Uint8Array> {
  const { width, height } = block;
  const key = digest([width, height, block.key]);
  const known = memory.blocks.get(key);
  if (known) return known;
  const rgba = await rasterize(block.draw(), { width, height, background: colors.background });
  const indices = palette.quantize(rgba);
  memory.onRasterized(rgba.length);
  memory.blocks.set(key, indices);
  return indices;
}
