import { Resvg } from '@resvg/resvg-js';
import satori from 'satori';

import type { Drawing } from '../../charts/index.ts';
import { FONT_FAMILY, loadFonts } from './fonts.ts';
import { renderMarkup } from './markup.ts';

type Frame = { width: number; height: number; background: string };

const RESVG_OPTIONS = { font: { loadSystemFonts: false } };

let satoriFonts: Parameters<typeof satori>[1]['fonts'] | undefined;

/** Draws shapes, and texts over them, on a plain background. Gives opaque pixels of four bytes: red, green, blue, alpha. */
export async function rasterize(drawing: Drawing, frame: Frame): Promise<Uint8Array> {
  const { width, height, background } = frame;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`,
    `<rect width="${width}" height="${height}" fill="${background}"/>`,
    renderMarkup(drawing.shapes),
    await renderTexts(drawing.texts, frame),
    '</svg>',
  ].join('');
  return new Resvg(svg, RESVG_OPTIONS).render().pixels;
}

async function renderTexts(texts: Drawing['texts'], { width, height }: Frame): Promise<string> {
  satoriFonts ??= Object.values(loadFonts()).map(({ data, weight }) => ({
    name: FONT_FAMILY,
    data,
    weight,
    style: 'normal' as const,
  }));
  const style = { display: 'flex', width, height, fontFamily: FONT_FAMILY, whiteSpace: 'pre' };
  const root = { type: 'div', props: { style, children: texts } };
  const svg = await satori(root as Parameters<typeof satori>[0], { width, height, fonts: satoriFonts });
  // satori adds a mask to each text and never uses it: there is nothing to hide
  return svg.replaceAll(/<mask id="satori_om[^"]*">.*?<\/mask>/gu, '');
}
