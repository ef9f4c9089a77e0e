import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { LRUCache } from 'lru-cache';

import { readPngSize } from './png.ts';
import type { Picture } from './types.ts';

const MEBIBYTE = 1024 * 1024;

/** Some 200 cockpits in memory, ten times as many on disk. */
export const CACHE_LIMITS = { memoryBytes: 16 * MEBIBYTE, diskBytes: 160 * MEBIBYTE };
export type CacheLimits = typeof CACHE_LIMITS;

/** Pictures drawn before, by the hash of their spec: in memory, and behind that on disk. */
export type PictureCache = {
  peek(contentHash: string): Picture | undefined;
  find(contentHash: string): Promise<Picture | undefined>;
  keep(picture: Picture): void;
  /** Waits for what is being written. */
  close(): Promise<void>;
};

/** Makes a cache; with a folder, pictures that memory has no room for are kept in files. */
export function createPictureCache(dir: string | null, limits: CacheLimits = CACHE_LIMITS): PictureCache {
  const memory = new LRUCache<string, Picture>({
    maxSize: limits.memoryBytes,
    sizeCalculation: (picture) => picture.png.length,
  });
  const disk = dir === null ? null : createDiskCache(dir, limits.diskBytes);
  return {
    peek: (contentHash) => memory.get(contentHash),
    find: async (contentHash) => {
      const found = memory.get(contentHash) ?? (await disk?.read(contentHash));
      if (found) memory.set(contentHash, found);
      return found;
    },
    keep: (picture) => {
      memory.set(picture.contentHash, picture);
      disk?.write(picture);
    },
    close: async () => disk?.settled(),
  };
}

type DiskCache = {
  read(contentHash: string): Promise<Picture | undefined>;
  write(picture: Picture): void;
  settled(): Promise<void>;
};

/**
 * Pictures as files. It begins empty: another version of the program may have drawn what lies there. Losing a file costs
 * one drawing, so a disk that fails is no error.
 */
function createDiskCache(dir: string, maxBytes: number): DiskCache {
  const evicted: string[] = [];
  const sizes = new LRUCache<string, number>({
    maxSize: maxBytes,
    sizeCalculation: (bytes) => bytes,
    dispose: (_, contentHash, reason) => {
      if (reason === 'evict') evicted.push(contentHash);
    },
  });
  const fileOf = (contentHash: string): string => join(dir, `${contentHash}.png`);
  let work = emptyFolder(dir).catch(() => {});
  const later = (step: () => Promise<void>): void => {
    work = work.then(step).catch(() => {});
  };
  return {
    read: async (contentHash) => {
      if (!sizes.get(contentHash)) return undefined;
      return readFile(fileOf(contentHash)).then(toPicture(contentHash), () => undefined);
    },
    write: ({ contentHash, png }) =>
      later(async () => {
        // a file is there whole or not at all
        await writeFile(`${fileOf(contentHash)}.part`, png);
        await rename(`${fileOf(contentHash)}.part`, fileOf(contentHash));
        sizes.set(contentHash, png.length);
        await Promise.all(evicted.splice(0).map((old) => rm(fileOf(old), { force: true })));
      }),
    settled: () => work,
  };
}

const OWN_FILE = /^[0-9a-f]{64}\.png(\.part)?$/u;

async function emptyFolder(dir: string): Promise<void> {
  await mkdir(dir, { recursive: true });
  const files = (await readdir(dir)).filter((file) => OWN_FILE.test(file));
  await Promise.all(files.map((file) => rm(join(dir, file), { force: true })));
}

function toPicture(contentHash: string): (png: Uint8Array) => Picture {
  return (png) => ({ png, contentHash, ...readPngSize(png) });
}
