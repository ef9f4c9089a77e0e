import { expect, it } from 'vitest';
import { pointsOf } from '../../src/alerts/preview-points.ts';
import { MINUTE } from '../../src/lib/time.ts';
import { START } from './judge-driver.ts';
import { historyOf } from './preview-histories.ts';

it('gives readings as they are while they can be drawn', () => {
  expect(pointsOf(historyOf([]))).toEqual([]);
  expect(pointsOf(historyOf([1, 2]))).toEqual([
    { atMs: START.getTime(), value: 1 },
    { atMs: START.getTime() + MINUTE, value: 2 },
  ]);
  expect(pointsOf(historyOf(Array.from({ length: 1460 }, () => 1)))).toHaveLength(1460);
});

it('keeps the least and the most of each stretch of a long history, and its mean', () => {
  const values = Array.from({ length: 14_600 }, (_, index) => (index === 7001 ? -50 : index === 3 ? 99 : 4));
  const points = pointsOf(historyOf(values));
  expect(points).toHaveLength(1461);
  expect(points.at(-1)).toEqual({ atMs: START.getTime() + 14_599 * MINUTE, value: 4 });
  expect(points[0]).toEqual({
    atMs: START.getTime() + 4.5 * MINUTE,
    value: (9 * 4 + 99) / 10,
    low: 4,
    high: 99,
  });
  expect(Math.min(...points.map(({ low }) => low ?? 0))).toBe(-50);
  expect(points.every(({ atMs }, index) => index === 0 || atMs > (points[index - 1]?.atMs ?? 0))).toBe(true);
});

it('leaves silence out', () => {
  const { atMs, values } = historyOf(Array.from({ length: 4000 }, () => 4));
  atMs.subarray(2000).forEach((at, index) => {
    atMs[2000 + index] = at + 10_000 * MINUTE;
  });
  const points = pointsOf({ atMs, values });
  expect(points.length).toBeLessThan(500);
});
