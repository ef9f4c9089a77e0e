import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, WEEK } from '../../src/lib/time.ts';
import { comparableOf, computeTypical, isUnusual } from '../../src/pulse/typical.ts';
import type { Period } from '../../src/registry/index.ts';

const points = (values: number[]) => values.map((value, n) => ({ at: new Date(n * HOUR), value }));

describe('computeTypical', () => {
  it('exists from 30 readings on', () => {
    expect(computeTypical(points(Array.from({ length: 29 }, () => 1)))).toBeNull();
    expect(computeTypical(points(Array.from({ length: 30 }, () => 1)))).toEqual({
      mean: 1,
      deviation: 0,
      count: 30,
    });
  });

  it('is of the newest 90', () => {
    const values = [...Array.from({ length: 50 }, () => 1_000), ...Array.from({ length: 90 }, (_, n) => n)];
    const typical = computeTypical(points(values));
    expect(typical?.count).toBe(90);
    expect(typical?.mean).toBeCloseTo(44.5, 10);
    // the sample deviation of 0…89
    expect(typical?.deviation).toBeCloseTo(26.124701, 5);
  });

  it('agrees with the two-pass formula, also far from zero', () => {
    const property = fc.property(
      fc.array(fc.integer({ min: -1_000, max: 1_000 }), { minLength: 30, maxLength: 90 }),
      fc.constantFrom(0, 1e9, -1e6),
      (values, shift) => {
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
        const typical = computeTypical(points(values.map((value) => value + shift)));
        expect(typical?.mean).toBeCloseTo(mean + shift, 5);
        expect(typical?.deviation).toBeCloseTo(Math.sqrt(variance), 4);
      },
    );
    fc.assert(property);
  });
});

describe('isUnusual', () => {
  const typical = { mean: 10, deviation: 2, count: 30 };

  it('is beyond two deviations, either way; two exactly is not', () => {
    expect([5.9, 6, 10, 14, 14.1].map((value) => isUnusual(value, typical))).toEqual([
      true,
      false,
      false,
      false,
      true,
    ]);
  });

  it('is never without typical; where nothing varied, any other value is', () => {
    expect(isUnusual(1e9, null)).toBe(false);
    const flat = { mean: 0.1, deviation: 0, count: 30 };
    expect(isUnusual(0.1, flat)).toBe(false);
    expect(isUnusual(0.1 + 1e-17, flat)).toBe(false);
    expect(isUnusual(0.2, flat)).toBe(true);
    expect(isUnusual(1, { mean: 0, deviation: 0, count: 30 })).toBe(true);
  });
});

describe('comparableOf', () => {
  const hour: Period = { text: '1h', count: 1, unit: 'h', ms: HOUR };
  const day: Period = { text: '1d', count: 1, unit: 'd', ms: DAY };
  const now = new Date('2026-11-03T10:00:00Z');
  const ago = (ms: number, value: number) => ({ at: new Date(now.getTime() - ms), value });
  const compare = (earlier: { at: Date; value: number }[], period = hour) =>
    comparableOf([...earlier, { at: now, value: 6 }], { at: now, value: 6 }, period);

  it('is the same time last week, the nearest within half a period', () => {
    const found = compare([
      ago(WEEK + 20 * 60_000, 7),
      ago(WEEK - 10 * 60_000, 8),
      ago(DAY, 9),
      ago(HOUR, 5),
    ]);
    expect(found).toEqual({ value: 8, at: ago(WEEK - 10 * 60_000, 8).at, ratio: -0.25 });
  });

  it('is else the day before for periods shorter than a day, else the previous one', () => {
    expect(compare([ago(DAY, 12), ago(HOUR, 5)])).toMatchObject({ value: 12, ratio: -0.5 });
    expect(compare([ago(HOUR, 5)])).toMatchObject({ value: 5, ratio: 0.2 });
    expect(compare([ago(2 * DAY, 4), ago(DAY, 3)], day)).toMatchObject({ value: 3, ratio: 1 });
    expect(compare([ago(HOUR, 5), ago(3 * HOUR, 4)])).toMatchObject({ value: 5 });
    expect(compare([])).toBeNull();
  });

  it('has no ratio to zero, and the sign of the change where the base is negative', () => {
    expect(compare([ago(WEEK, 0)])?.ratio).toBeNull();
    expect(compare([ago(WEEK, -3)])?.ratio).toBe(3);
  });
});
