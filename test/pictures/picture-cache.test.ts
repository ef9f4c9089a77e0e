import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { createPictureCache } from '../../src/pictures/picture-cache.ts';
import { assemblePng, compressBand } from '../../src/pictures/png.ts';
import type { Picture } from '../../src/pictures/index.ts';

const KILOBYTE = 1000;
const band = await compressBand(new Uint8Array(6), 3);
let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'heartbeat-pictures-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** A real PNG, padded to a size. */
function picture(digit: string, bytes = KILOBYTE): Picture {
  const png = new Uint8Array(bytes);
  png.set(assemblePng({ width: 3, height: 2, palette: new Uint8Array(3), bands: [band] }));
  return { png, contentHash: digit.repeat(64), width: 3, height: 2 };
}

const limits = { memoryBytes: 3 * KILOBYTE, diskBytes: 5 * KILOBYTE };
const kept = async (): Promise<string[]> => (await readdir(dir)).map((file) => file.slice(0, 1)).toSorted();

describe('a cache in memory', () => {
  it('forgets what was not asked for longest when it is full', async () => {
    const cache = createPictureCache(null, limits);
    for (const digit of ['1', '2', '3']) cache.keep(picture(digit));
    expect(cache.peek('1'.repeat(64))).toBeDefined();
    cache.keep(picture('4'));
    expect(['1', '2', '3', '4'].map((digit) => cache.peek(digit.repeat(64)) !== undefined)).toEqual([
      true,
      false,
      true,
      true,
    ]);
    expect(await cache.find('2'.repeat(64))).toBeUndefined();
    await cache.close();
  });

  it('does not keep a picture that is larger than all its room', () => {
    const cache = createPictureCache(null, limits);
    cache.keep(picture('1', 10 * KILOBYTE));
    expect(cache.peek('1'.repeat(64))).toBeUndefined();
  });
});

describe('a cache on disk', () => {
  it('gives back what memory has forgotten', async () => {
    const cache = createPictureCache(dir, { ...limits, memoryBytes: KILOBYTE });
    cache.keep(picture('1'));
    cache.keep(picture('2'));
    await cache.close();
    expect(cache.peek('1'.repeat(64))).toBeUndefined();
    expect(await cache.find('1'.repeat(64))).toMatchObject({
      contentHash: '1'.repeat(64),
      width: 3,
      height: 2,
    });
    expect(cache.peek('1'.repeat(64))).toBeDefined();
  });

  it('holds no more than its share', async () => {
    const cache = createPictureCache(dir, limits);
    for (const digit of '12345678') cache.keep(picture(digit));
    await cache.close();
    expect(await kept()).toEqual(['4', '5', '6', '7', '8']);
  });

  it('begins empty, and touches no file that is not its own', async () => {
    await mkdir(dir, { recursive: true });
    await writeFile(join(dir, `${'a'.repeat(64)}.png`), 'of an earlier version');
    await writeFile(join(dir, `${'b'.repeat(64)}.png.part`), 'half');
    await writeFile(join(dir, 'notes.txt'), 'somebody’s');
    const cache = createPictureCache(dir, limits);
    expect(await cache.find('a'.repeat(64))).toBeUndefined();
    await cache.close();
    expect(await readdir(dir)).toEqual(['notes.txt']);
  });

  it('does without a file that is gone, and without a folder that cannot be made', async () => {
    const cache = createPictureCache(dir, { ...limits, memoryBytes: 1 });
    cache.keep(picture('1'));
    await cache.close();
    await rm(join(dir, `${'1'.repeat(64)}.png`));
    expect(await cache.find('1'.repeat(64))).toBeUndefined();

    await writeFile(join(dir, 'file'), '');
    const lost = createPictureCache(join(dir, 'file', 'under'), limits);
    lost.keep(picture('2'));
    await lost.close();
    expect(lost.peek('2'.repeat(64))).toBeDefined();
  });
});
