import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { sumUp } from '../../charts/buckets.ts';
import { createValueScale, finitePoints, splitAtGaps, thin, tracePath } from '../../charts/series.ts';
import { HOUR, MINUTE } from '../../src/lib/time.ts';

const series = (...values: number[]) => values.map((value, index) => ({ atMs: index * HOUR, value }));

describe('finitePoints', () => {
  it('T04 leaves out what is no number', () => {
    expect(finitePoints([...series(1, Number.NaN, Infinity), { atMs: Number.NaN, value: 1 }])).toEqual(
      series(1),
    );
  });
});

describe('splitAtGaps', () => {
  it('T01 draws no line over missing readings', () => {
    const points = series(1, 2, 3, 4, 5, 6, 7, 8);
    const silent = points.filter((_, index) => index < 2 || index > 5);
    expect(splitAtGaps(silent).map((segment) => segment.length)).toEqual([2, 2]);
  });

  it('keeps a weekend in a series of working days', () => {
    const days = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11, 14].map((day) => ({ atMs: day * 24 * HOUR, value: 1 }));
    expect(splitAtGaps(days)).toHaveLength(1);
  });

  it('gives nothing of nothing', () => {
    expect(splitAtGaps([])).toEqual([]);
  });
});

describe('thin', () => {
  it('keeps the ends and the peak', () => {
    const points = Array.from({ length: 1000 }, (_, index) => ({
      atMs: index,
      value: index === 617 ? 50 : Math.sin(index),
    }));
    const kept = thin(points, 40);
    expect(kept).toHaveLength(40);
    expect(kept[0]).toBe(points[0]);
    expect(kept.at(-1)).toBe(points.at(-1));
    expect(kept).toContain(points[617]);
  });

  it('leaves a short series alone', () => {
    const points = series(1, 2, 3);
    expect(thin(points, 3)).toBe(points);
    expect(thin(points, 2)).toBe(points);
  });
});

describe('createValueScale', () => {
  const range = { top: 10, bottom: 110 };

  it('puts a flat series in the middle', () => {
    const y = createValueScale([7, 7, 7], range);
    expect(y(7)).toBeCloseTo(60);
  });

  it('puts a series of zeros in the middle', () => {
    expect(createValueScale([0, 0], range)(0)).toBeCloseTo(60);
  });

  it('keeps all finite values inside, however huge', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }),
        (values) => {
          const y = createValueScale(values, range);
          for (const value of values) {
            expect(y(value)).toBeGreaterThanOrEqual(range.top - 0.001);
            expect(y(value)).toBeLessThanOrEqual(range.bottom + 0.001);
          }
        },
      ),
    );
  });

  it('holds more values than a call has room for', () => {
    const y = createValueScale(
      Array.from({ length: 200_000 }, (_, index) => index),
      range,
    );
    expect(y(0)).toBeGreaterThan(y(199_999));
  });
});

describe('tracePath', () => {
  it('draws lines, and dots for readings that stand alone', () => {
    const points = [...series(1, 2, 3), { atMs: 20 * HOUR, value: 4 }];
    const { path, lone } = tracePath(
      points,
      (atMs) => atMs / HOUR,
      (value) => value,
    );
    expect(path).toBe('M0,1L1,2L2,3');
    expect(lone).toEqual([{ x: 20, y: 4 }]);
  });
});

describe('sumUp', () => {
  it('gives mean, lowest and highest of each stretch', () => {
    const points = [1, 5, 3, 10].map((value, index) => ({ atMs: index * 20 * MINUTE, value }));
    expect(sumUp(points, { sizeMs: HOUR, offsetMs: 0 })).toEqual([
      { atMs: 20 * MINUTE, value: 3, low: 1, high: 5 },
      { atMs: 60 * MINUTE, value: 10, low: 10, high: 10 },
    ]);
  });

  it('begins stretches where it is told', () => {
    const points = [
      { atMs: 23 * HOUR, value: 1 },
      { atMs: 25 * HOUR, value: 3 },
    ];
    expect(sumUp(points, { sizeMs: 24 * HOUR, offsetMs: -2 * HOUR })).toHaveLength(1);
  });
});
