import { deflateSync } from 'node:zlib';

import { loadImage } from '@napi-rs/canvas';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { adler32, combineAdler32 } from '../../src/pictures/adler32.ts';
import { assemblePng, compressBand, readPngSize } from '../../src/pictures/png.ts';
import { decodePng } from './decode-png.ts';

const palette = Uint8Array.from([255, 255, 255, 198, 40, 40, 17, 24, 39]);

/** zlib's own: the last four bytes of its stream. */
function zlibAdler32(bytes: Uint8Array): number {
  return deflateSync(bytes).readUInt32BE(deflateSync(bytes).length - 4);
}

describe('adler32', () => {
  it('is what zlib computes, also of parts', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 20_000 }),
        fc.uint8Array({ maxLength: 20_000 }),
        (first, second) => {
          expect(adler32(first)).toBe(zlibAdler32(first));
          const whole = Buffer.concat([first, second]);
          expect(combineAdler32(adler32(first), adler32(second), second.length)).toBe(zlibAdler32(whole));
        },
      ),
    );
  });

  it('does not overflow on long runs of the largest byte', () => {
    const bytes = new Uint8Array(300_000).fill(255);
    expect(adler32(bytes)).toBe(zlibAdler32(bytes));
    expect(combineAdler32(adler32(bytes), adler32(bytes), bytes.length)).toBe(
      zlibAdler32(new Uint8Array(600_000).fill(255)),
    );
  });
});

describe('a PNG of bands', () => {
  it('gives back the pixels it was made of', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 5 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 2 })),
        async (width, heights, stream) => {
          const bands = heights.map((height) =>
            Uint8Array.from({ length: width * height }, () => stream.next().value),
          );
          const height = heights.reduce((sum, one) => sum + one, 0);
          const compressed = await Promise.all(bands.map((indices) => compressBand(indices, width)));
          const png = assemblePng({ width, height, palette, bands: compressed });
          const decoded = decodePng(png);
          expect([decoded.width, decoded.height]).toEqual([width, height]);
          expect(Buffer.from(decoded.indices).equals(Buffer.concat(bands))).toBe(true);
        },
      ),
    );
  });

  it('is read by another decoder', async () => {
    const bands = [
      await compressBand(new Uint8Array(300).fill(1), 30),
      await compressBand(new Uint8Array(60).fill(2), 30),
    ];
    const png = assemblePng({ width: 30, height: 12, palette, bands });
    const image = await loadImage(Buffer.from(png));
    expect([image.width, image.height]).toEqual([30, 12]);
    expect(readPngSize(png)).toEqual({ width: 30, height: 12 });
  });

  it('has a buffer of its own, fit to be handed to another thread', async () => {
    const png = assemblePng({
      width: 1,
      height: 1,
      palette,
      bands: [await compressBand(new Uint8Array(1), 1)],
    });
    expect(png.byteLength).toBe(png.buffer.byteLength);
  });
});
