import { crc32, inflateSync } from 'node:zlib';

import { expect } from 'vitest';

/** A PNG read back strictly: signature, checksums of chunks and stream, one byte a pixel. */
export type DecodedPng = {
  width: number;
  height: number;
  colors: number;
  /** the colour of a pixel, such as `#C62828` */
  at(x: number, y: number): string;
  /** the indices of all pixels */
  indices: Uint8Array;
  /** rows in which a colour appears */
  rowsWith(color: string): number[];
};

export function decodePng(png: Uint8Array): DecodedPng {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8).toString('hex')).toBe('89504e470d0a1a0a');
  const chunks = readChunks(bytes);
  const header = chunks.get('IHDR') ?? Buffer.alloc(0);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  expect([...header.subarray(8)]).toEqual([8, 3, 0, 0, 0]);
  const palette = chunks.get('PLTE') ?? Buffer.alloc(0);
  const rows = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  expect(rows).toHaveLength((width + 1) * height);
  const indices = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    expect(rows[y * (width + 1)]).toBe(0);
    indices.set(rows.subarray(y * (width + 1) + 1, (y + 1) * (width + 1)), y * width);
  }
  const at = (x: number, y: number): string => hex(palette, indices[y * width + x] ?? 0);
  return {
    width,
    height,
    colors: palette.length / 3,
    at,
    indices,
    rowsWith: (color) => {
      const index = Array.from({ length: palette.length / 3 }, (_, entry) => hex(palette, entry)).indexOf(
        color,
      );
      const has = (y: number): boolean => indices.subarray(y * width, (y + 1) * width).includes(index);
      return Array.from({ length: height }, (_, y) => y).filter(has);
    },
  };
}

function readChunks(bytes: Buffer): Map<string, Buffer> {
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const body = bytes.subarray(at + 4, at + 8 + length);
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(body));
    chunks.set(body.toString('latin1', 0, 4), body.subarray(4));
    at += length + 12;
  }
  expect([...chunks.keys()]).toEqual(['IHDR', 'PLTE', 'IDAT', 'IEND']);
  return chunks;
}

function hex(palette: Buffer, index: number): string {
  return `#${palette.toString('hex', index * 3, index * 3 + 3).toUpperCase()}`;
}
