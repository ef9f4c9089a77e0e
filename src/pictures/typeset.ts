import { LRUCache } from 'lru-cache';
import satori from 'satori';

import { LINE_HEIGHT, PlacedText, type LineOfText } from '../../charts/index.ts';
import { FONT_FAMILY, loadFonts } from './fonts.ts';
import { measureText } from './measure.ts';
import { rasterize } from './rasterize.ts';

/** A line's ink: for each pixel the part of 255 that is covered. `left` is from the line's start to the first ink. */
export type Ink = { left: number; width: number; height: number; coverage: Uint8Array };

/** Gives the ink of each of the lines. A text that was set before is not set again, whatever its place or colour. */
export type Typesetter = (lines: readonly LineOfText[]) => Promise<(line: LineOfText) => Ink>;

const MEBIBYTE = 1024 * 1024;
/** Some 800 lines. */
const CACHE_BYTES = 6 * MEBIBYTE;
/** Lines that are set at once: many share the cost of a call, few share the width of the widest. */
const LINES_AT_ONCE = 12;
/** Room for letters that reach beyond their line's ends. */
const OVERHANG = 8;

/** Gives a typesetter; `onRasterized` hears of memory outside the heap that is done with. */
export function createTypesetter(onRasterized: (bytes: number) => void): Typesetter {
  const cache = new LRUCache<string, Ink>({
    maxSize: CACHE_BYTES,
    sizeCalculation: (ink) => ink.coverage.length + 1,
  });
  return async (lines) => {
    const inks = new Map<string, Ink>();
    const missing = new Map<string, LineOfText>();
    for (const line of lines) {
      const known = cache.get(keyOf(line));
      if (known) inks.set(keyOf(line), known);
      else missing.set(keyOf(line), line);
    }
    const byWidth = [...missing.values()].toSorted((a, b) => widthOf(a) - widthOf(b));
    for (let from = 0; from < byWidth.length; from += LINES_AT_ONCE) {
      for (const [key, ink] of await setLines(byWidth.slice(from, from + LINES_AT_ONCE), onRasterized)) {
        cache.set(key, ink);
        inks.set(key, ink);
      }
    }
    return (line) => inks.get(keyOf(line)) ?? NO_INK;
  };
}

const NO_INK: Ink = { left: 0, width: 0, height: 0, coverage: new Uint8Array() };

function keyOf({ size, weight, figures, children }: LineOfText): string {
  return `${size} ${weight} ${figures === true} ${children}`;
}

function widthOf({ children, size, weight }: LineOfText): number {
  return Math.ceil(measureText(children, { size, weight }));
}

/** Sets lines one below the other in one picture, black on white, and cuts it. */
async function setLines(
  lines: readonly LineOfText[],
  onRasterized: (bytes: number) => void,
): Promise<[string, Ink][]> {
  const tops: number[] = [];
  const size = { width: Math.max(...lines.map(widthOf)) + 2 * OVERHANG, height: 0 };
  for (const line of lines) {
    tops.push(size.height);
    size.height += LINE_HEIGHT[line.size];
  }
  const texts = lines.map((line, index) => renderAlone(line, tops[index] ?? 0));
  const rgba = rasterize(await renderTexts(texts, size), size, '#FFFFFF');
  // resvg keeps the image, and this is a copy of it
  onRasterized(2 * rgba.length);
  return lines.map((line, index) => {
    const strip = {
      top: tops[index] ?? 0,
      width: widthOf(line) + 2 * OVERHANG,
      height: LINE_HEIGHT[line.size],
    };
    return [keyOf(line), cutInk(rgba, size.width, strip)];
  });
}

function renderAlone(
  { children, size, weight, figures = false }: LineOfText,
  top: number,
): ReturnType<typeof PlacedText> {
  return PlacedText({ children, size, weight, figures, top, left: OVERHANG, color: '#000000' });
}

let satoriFonts: Parameters<typeof satori>[1]['fonts'] | undefined;

async function renderTexts(children: unknown, size: { width: number; height: number }): Promise<string> {
  satoriFonts ??= Object.values(loadFonts()).map(({ data, weight }) => ({
    name: FONT_FAMILY,
    data,
    weight,
    style: 'normal' as const,
  }));
  const style = { display: 'flex', ...size, fontFamily: FONT_FAMILY, whiteSpace: 'pre' };
  const root = { type: 'div', props: { style, children } };
  const svg = await satori(root as Parameters<typeof satori>[0], { ...size, fonts: satoriFonts });
  // satori adds a mask to each text and never uses it: there is nothing to hide
  return svg.replaceAll(/<mask id="satori_om[^"]*">.*?<\/mask>/gu, '');
}

type Strip = { top: number; width: number; height: number };

/** Takes a line's ink out of black on white, as wide as there is any. */
function cutInk(rgba: Uint8Array, stride: number, { top, width, height }: Strip): Ink {
  const whole = new Uint8Array(width * height);
  let [first, last] = [width, -1];
  for (let y = 0; y < height; y += 1) {
    for (let x = 0, at = (top + y) * stride * 4; x < width; x += 1, at += 4) {
      const ink = 255 - (rgba[at] ?? 255);
      if (ink === 0) continue;
      whole[y * width + x] = ink;
      if (x < first) first = x;
      if (x > last) last = x;
    }
  }
  const inked = Math.max(last - first + 1, 0);
  const coverage = new Uint8Array(inked * height);
  for (let y = 0; y < height; y += 1) {
    coverage.set(whole.subarray(y * width + first, y * width + first + inked), y * inked);
  }
  return { left: first - OVERHANG, width: inked, height, coverage };
}
