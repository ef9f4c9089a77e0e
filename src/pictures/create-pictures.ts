import type { Worker } from 'node:worker_threads';

import { identifySpec, type SpecIdentity } from './content-hash.ts';
import {
  createDrawingThreads,
  DRAWING_TIMEOUT_MS,
  startPictureWorker,
  type DrawingThreads,
} from './drawing-threads.ts';
import { CACHE_LIMITS, createPictureCache, type CacheLimits, type PictureCache } from './picture-cache.ts';
import type { Picture, Pictures } from './types.ts';

export type PicturesOptions = {
  /** where pictures are kept beyond memory; null keeps them in memory alone */
  cacheDir: string | null;
  /** drawing threads; one draws some 15 cold cockpits a second */
  workers?: number;
  timeoutMs?: number;
  cacheLimits?: CacheLimits;
  startWorker?: () => Worker;
};

/** Starts drawing. Pictures that cannot be drawn are rejected with the code `picture_failed`. */
export function createPictures(options: PicturesOptions): Pictures {
  const threads = createDrawingThreads({
    count: options.workers ?? 1,
    timeoutMs: options.timeoutMs ?? DRAWING_TIMEOUT_MS,
    start: options.startWorker ?? startPictureWorker,
  });
  const cache = createPictureCache(options.cacheDir, options.cacheLimits ?? CACHE_LIMITS);
  const underWay = new Map<string, Promise<Picture>>();
  return {
    render: (spec) => {
      const identity = identifySpec(spec);
      const { contentHash } = identity;
      const begun = underWay.get(contentHash);
      if (begun) return begun;
      const rendering = findOrDraw(identity, cache, threads).finally(() => underWay.delete(contentHash));
      underWay.set(contentHash, rendering);
      return rendering;
    },
    cached: (spec) => cache.peek(identifySpec(spec).contentHash),
    close: async () => {
      await threads.close();
      await cache.close();
    },
  };
}

async function findOrDraw(
  identity: SpecIdentity,
  cache: PictureCache,
  threads: DrawingThreads,
): Promise<Picture> {
  const found = await cache.find(identity.contentHash);
  if (found) return found;
  const { png, width, height } = await threads.draw(identity.json);
  const picture = { png: new Uint8Array(png), contentHash: identity.contentHash, width, height };
  cache.keep(picture);
  return picture;
}
