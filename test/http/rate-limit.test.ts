import { expect, it } from 'vitest';
import { createRateLimiter, tooManyRequests } from '../../src/http/rate-limit.ts';

it('lets a burst through, then so many a second, each key for itself', () => {
  let nowMs = 1000;
  const limiter = createRateLimiter({ burst: 3, perSecond: 2 }, () => nowMs);
  expect([1, 2, 3].map(() => limiter.take('a'))).toEqual([0, 0, 0]);
  expect(limiter.take('a')).toBe(500);
  expect(limiter.take('b')).toBe(0);
  nowMs += 499;
  expect(limiter.take('a')).toBeGreaterThan(0);
  nowMs += 1;
  expect(limiter.take('a')).toBe(0);
  expect(limiter.take('a')).toBe(500);
  nowMs += 3_600_000;
  expect([1, 2, 3, 4].map(() => limiter.take('a'))).toEqual([0, 0, 0, 500]);
});

it('answers one too many with 429 and how long to wait', async () => {
  const refused = tooManyRequests(1001);
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('2');
  expect(await refused.json()).toMatchObject({ code: 'too_many_requests' });
  expect(tooManyRequests(1).headers.get('retry-after')).toBe('1');
});
