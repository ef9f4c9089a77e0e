import { LRUCache } from 'lru-cache';
import { SECOND } from '../lib/time.ts';
import { createProblem, problemResponse } from './problem.ts';

const KEYS_REMEMBERED = 10_000;

/** How many requests at once, and how many a second in the long run. */
export type Rate = { burst: number; perSecond: number };

/** What a person or a script may ask for; far above use, far below what hurts. */
export const RATES = {
  api: { burst: 500, perSecond: 50 },
  pages: { burst: 300, perSecond: 30 },
  /** requests without a valid token or session */
  refused: { burst: 60, perSecond: 2 },
} as const satisfies Record<string, Rate>;

export interface RateLimiter {
  /** Takes one turn of a key: 0, or the milliseconds until there is one. */
  take(key: string): number;
}

/** Counts turns by token buckets, in this process. */
export function createRateLimiter(
  { burst, perSecond }: Rate,
  nowMs: () => number = () => performance.now(),
): RateLimiter {
  const buckets = new LRUCache<string, { left: number; atMs: number }>({ max: KEYS_REMEMBERED });
  return {
    take(key) {
      const at = nowMs();
      const bucket = buckets.get(key) ?? { left: burst, atMs: at };
      const left = Math.min(burst, bucket.left + ((at - bucket.atMs) / SECOND) * perSecond);
      buckets.set(key, { left: left >= 1 ? left - 1 : left, atMs: at });
      return left >= 1 ? 0 : Math.ceil(((1 - left) / perSecond) * SECOND);
    },
  };
}

/** The answer to a request that is one too many. */
export function tooManyRequests(waitMs: number): Response {
  const seconds = Math.max(1, Math.ceil(waitMs / SECOND));
  return problemResponse(
    createProblem(429, {
      code: 'too_many_requests',
      detail: `That was too many requests. Wait ${seconds} s, then go on more slowly.`,
    }),
    { 'retry-after': String(seconds) },
  );
}
