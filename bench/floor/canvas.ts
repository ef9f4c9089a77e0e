import { crc32, deflateSync, inflateSync } from 'node:zlib';

import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';

import { THEMES } from '../../charts/index.ts';
import type { TileSpec } from '../../charts/types.ts';
import { loadFonts } from '../../src/pictures/fonts.ts';
import { readPngSize } from '../../src/pictures/png.ts';

const TILE = { x: 448, y: 704, width: 384, height: 200 };
const COLORS = THEMES.light;

/**
 * The floor: the rows of a cockpit as they stand in its PNG; one tile is drawn by hand on a canvas and copied in, a byte a
 * pixel, and all is compressed at zlib's fastest level. No layout, no words, no nearest colours.
 */
export function createHandDrawn(cockpit: Uint8Array): (tile: TileSpec, value: string) => number {
  for (const { data } of Object.values(loadFonts())) GlobalFonts.register(data, 'Inter');
  const context = createCanvas(TILE.width, TILE.height).getContext('2d');
  const rows = readRows(Buffer.from(cockpit));
  const stride = readPngSize(cockpit).width + 1;
  return (tile, value) => {
    drawTile(context, tile, value);
    const { data } = context.getImageData(0, 0, TILE.width, TILE.height);
    for (let y = 0; y < TILE.height; y += 1) {
      const row = (TILE.y + y) * stride + 1 + TILE.x;
      for (let x = 0; x < TILE.width; x += 1) rows[row + x] = 255 - (data[(y * TILE.width + x) * 4] ?? 0);
    }
    return crc32(deflateSync(rows, { level: 1 }));
  };
}

function readRows(png: Buffer): Uint8Array {
  const at = png.indexOf('IDAT', 0, 'latin1');
  return inflateSync(png.subarray(at + 4, at + 4 + png.readUInt32BE(at - 4)));
}

function drawTile(context: SKRSContext2D, tile: TileSpec, value: string): void {
  context.fillStyle = COLORS.background;
  context.fillRect(0, 0, TILE.width, TILE.height);
  context.strokeStyle = COLORS.hairline;
  context.lineWidth = 2;
  context.beginPath();
  context.roundRect(1, 1, TILE.width - 2, TILE.height - 2, 15);
  context.stroke();
  const lines = [
    [tile.name, '600 26px Inter', 46],
    [value, '700 44px Inter', 116],
    ['Amber · 1 h · −9.7 %', '400 26px Inter', 170],
  ] as const;
  for (const [text, font, y] of lines) {
    context.fillStyle = COLORS.text;
    context.font = font;
    context.fillText(text, 24, y);
  }
  context.strokeStyle = COLORS.series;
  context.lineWidth = 4;
  context.beginPath();
  for (const [index, point] of tile.spark.entries())
    context.lineTo(240 + index * 2.5, 70 + (point.value % 60));
  context.stroke();
}
