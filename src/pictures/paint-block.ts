import { PlacedText, type Drawing, type LineOfText } from '../../charts/index.ts';
import { renderMarkup } from './markup.ts';
import type { Palette } from './palette.ts';
import { rasterize } from './rasterize.ts';
import type { Ink } from './typeset.ts';

/** A rectangle of pixels, each the number of a colour in the palette. */
type Canvas = { width: number; height: number; indices: Uint8Array };

type Paint = {
  background: string;
  palette: Palette;
  inkOf: (line: LineOfText) => Ink;
  onRasterized: (bytes: number) => void;
};

/** Draws a block: its shapes, and its lines of text over them. Gives a palette number for each pixel. */
export function paintBlock(
  drawing: Drawing,
  size: { width: number; height: number },
  paint: Paint,
): Uint8Array {
  const { palette, inkOf } = paint;
  const rgba = rasterize(renderMarkup(drawing.shapes), size, paint.background);
  // resvg keeps the image, and this is a copy of it
  paint.onRasterized(2 * rgba.length);
  const canvas = { ...size, indices: palette.quantize(rgba) };
  for (const line of listLines(drawing.texts)) printLine(canvas, line, inkOf(line), palette);
  return canvas.indices;
}

/** Gives the lines of text in a template's tree. */
export function listLines(node: unknown): LineOfText[] {
  if (Array.isArray(node)) return node.flatMap(listLines);
  if (typeof node !== 'object' || node === null || !('type' in node) || !('props' in node)) return [];
  if (node.type === PlacedText) return [node.props as LineOfText];
  return listLines((node.props as { children?: unknown }).children);
}

function printLine(
  canvas: Canvas,
  { left, right, top, color }: LineOfText,
  ink: Ink,
  palette: Palette,
): void {
  const x =
    right === undefined ? Math.round((left ?? 0) + ink.left) : canvas.width - Math.round(right) - ink.width;
  const y = Math.round(top);
  const from = Math.max(0, -x);
  const to = Math.min(ink.width, canvas.width - x);
  let behind = -1;
  let table = palette.inkOver(0, color);
  for (let row = Math.max(0, -y); row < ink.height && y + row < canvas.height; row += 1) {
    const start = (y + row) * canvas.width + x;
    for (let column = from; column < to; column += 1) {
      const coverage = ink.coverage[row * ink.width + column] ?? 0;
      if (coverage === 0) continue;
      const under = canvas.indices[start + column] ?? 0;
      if (under !== behind) [behind, table] = [under, palette.inkOver(under, color)];
      canvas.indices[start + column] = table[coverage] ?? 0;
    }
  }
}
