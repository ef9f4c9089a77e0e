import { Resvg } from '@resvg/resvg-js';

const OPTIONS = { font: { loadSystemFonts: false } };

/** Draws SVG elements on a plain background. Gives opaque pixels of four bytes: red, green, blue, alpha. */
export function rasterize(
  markup: string,
  size: { width: number; height: number },
  background: string,
): Uint8Array {
  const { width, height } = size;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">`;
  const ground = `<rect width="${width}" height="${height}" fill="${background}"/>`;
  return new Resvg(`${svg}${ground}${markup}</svg>`, OPTIONS).render().pixels;
}
