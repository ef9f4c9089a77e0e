import { promisify } from 'node:util';
import { constants, crc32, deflateRaw } from 'node:zlib';

import { adler32, combineAdler32 } from './adler32.ts';

/** Whole rows of a picture, compressed so that bands can follow one another in one stream. */
export type Band = { data: Uint8Array; checksum: number; byteLength: number };

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const BITS_PER_INDEX = 8;
const COLOR_TYPE_INDEXED = 3;
/** Where a zlib stream begins (deflate, window of 32 KiB), and where its last block is: empty. */
const STREAM_START = Buffer.from([0x78, 0x9c]);
const STREAM_END = Buffer.from([0x03, 0x00]);
/** Bands are kept, so a better level than the fastest costs only the ones that change. Short blocks fit text better. */
const DEFLATE = { level: 7, memLevel: 4, finishFlush: constants.Z_FULL_FLUSH };

const deflate = promisify(deflateRaw) as (data: Uint8Array, options: typeof DEFLATE) => Promise<Buffer>;

/** Compresses rows of palette numbers, beside this thread: meanwhile the next band can be drawn. */
export async function compressBand(indices: Uint8Array, width: number): Promise<Band> {
  const rows = withFilterBytes(indices, width);
  const [data, checksum] = [deflate(rows, DEFLATE), adler32(rows)];
  return { data: await data, checksum, byteLength: rows.length };
}

/** Each row begins with the number of its filter: 0, none. */
function withFilterBytes(indices: Uint8Array, width: number): Uint8Array {
  const height = indices.length / width;
  const rows = new Uint8Array((width + 1) * height);
  for (let y = 0; y < height; y += 1)
    rows.set(indices.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  return rows;
}

type PngParts = { width: number; height: number; palette: Uint8Array; bands: readonly Band[] };

/** Puts a PNG together: one byte a pixel, a palette of three bytes a colour. It has a buffer of its own, fit to be transferred. */
export function assemblePng({ width, height, palette, bands }: PngParts): Uint8Array<ArrayBuffer> {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.writeUInt8(BITS_PER_INDEX, 8);
  header.writeUInt8(COLOR_TYPE_INDEXED, 9);
  const checksum = bands.reduce((sum, band) => combineAdler32(sum, band.checksum, band.byteLength), 1);
  const stream = [STREAM_START, ...bands.map((band) => band.data), STREAM_END, uint32(checksum)];
  return concatenate([
    SIGNATURE,
    ...chunk('IHDR', [header]),
    ...chunk('PLTE', [palette]),
    ...chunk('IDAT', stream),
    ...chunk('IEND', []),
  ]);
}

function chunk(type: string, parts: readonly Uint8Array[]): Uint8Array[] {
  const name = Buffer.from(type, 'latin1');
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  const check = [name, ...parts].reduce((crc, part) => crc32(part, crc), 0);
  return [uint32(length), name, ...parts, uint32(check)];
}

function uint32(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

function concatenate(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** Gives the size that a PNG's header declares. */
export function readPngSize(png: Uint8Array): { width: number; height: number } {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  return { width: view.getUint32(16), height: view.getUint32(20) };
}
