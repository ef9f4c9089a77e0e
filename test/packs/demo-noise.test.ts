import { describe, expect, it } from 'vitest';
import {
  dayDemand,
  dayText,
  hourShape,
  listDays,
  listSteps,
  localMidnight,
  localTime,
} from '../../packs/demo/calendar.ts';
import { createNoise, drift, roundBy, roundParts } from '../../packs/demo/noise.ts';
import { HOUR } from '../../src/lib/time.ts';
import { local } from './demo-marts.ts';

const POSITIONS = Array.from({ length: 20_000 }, (_, i) => i);

describe('noise', () => {
  it('gives the same number for the same name and position, in any order', () => {
    const a = createNoise('visits');
    const forwards = [1, 2, 3].map((at) => a.even(at));
    const backwards = [3, 2, 1].map((at) => createNoise('visits').even(at)).toReversed();
    expect(forwards).toEqual(backwards);
    expect(forwards).not.toEqual([1, 2, 3].map((at) => createNoise('orders').even(at)));
  });

  it('is even between 0 and 1, and its bell has mean 0 and deviation 1', () => {
    const noise = createNoise('shape');
    const even = POSITIONS.map((at) => noise.even(at));
    const bell = POSITIONS.map((at) => noise.bell(at));
    const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(Math.min(...even)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...even)).toBeLessThan(1);
    expect(mean(even)).toBeCloseTo(0.5, 1);
    expect(mean(bell)).toBeCloseTo(0, 1);
    expect(Math.sqrt(mean(bell.map((value) => value ** 2)))).toBeCloseTo(1, 1);
    expect(Math.max(...bell.map(Math.abs))).toBeLessThanOrEqual(3);
  });

  it('changes slowly where it drifts', () => {
    const noise = createNoise('slow');
    const steps = POSITIONS.slice(0, 500).map((at) =>
      Math.abs(drift(noise, (at + 1) / 50) - drift(noise, at / 50)),
    );
    expect(Math.max(...steps)).toBeLessThan(0.2);
    expect(drift(noise, 7)).toBe(noise.bell(7));
  });
});

describe('rounding', () => {
  it('loses nothing in the sum when the chance is spread', () => {
    const noise = createNoise('sum');
    const sum = POSITIONS.slice(0, 1000).reduce((total, at) => total + roundBy(0.3, noise.spread(at)), 0);
    expect(Math.abs(sum - 300)).toBeLessThanOrEqual(2);
    expect(roundBy(-4, 0.9)).toBe(0);
  });

  it('rounds parts to the rounded total', () => {
    expect(roundParts([1.4, 1.4, 1.4], 0.5).reduce((a, b) => a + b, 0)).toBe(4);
    expect(roundParts([2, 3], 0.99)).toEqual([2, 3]);
  });
});

describe('the shop’s calendar', () => {
  it('keeps to the wall clock over summer time', () => {
    expect(localTime(Date.UTC(2026, 2, 29, 0, 30))).toMatchObject({ hour: 1, minute: 30 });
    expect(localTime(Date.UTC(2026, 2, 29, 1, 0))).toMatchObject({ hour: 3, weekday: 6, month: 3, date: 29 });
    expect(localTime(Date.UTC(2026, 9, 25, 0, 0))).toMatchObject({ hour: 2 });
    expect(localTime(Date.UTC(2026, 9, 25, 1, 0))).toMatchObject({ hour: 2, dayOfYear: 297 });
  });

  it('begins days at local midnight, 23 and 25 hours long when clocks change', () => {
    const spring = localTime(Date.UTC(2026, 2, 29, 12)).day;
    const autumn = localTime(Date.UTC(2026, 9, 25, 12)).day;
    expect(localMidnight(spring)).toBe(local('2026-03-29').getTime());
    expect(localMidnight(spring + 1) - localMidnight(spring)).toBe(23 * HOUR);
    expect(localMidnight(autumn + 1) - localMidnight(autumn)).toBe(25 * HOUR);
    expect(dayText(autumn)).toBe('2026-10-25');
  });

  it('lists what ends in a span, each once when spans follow each other', () => {
    const start = Date.UTC(2026, 10, 20, 10, 20);
    expect(listSteps(HOUR, start, start + 40 * 60_000)).toEqual([Date.UTC(2026, 10, 20, 10)]);
    expect(listSteps(HOUR, start, start + 39 * 60_000)).toEqual([]);
    expect(listSteps(HOUR, Date.UTC(2026, 10, 20, 11), Date.UTC(2026, 10, 20, 12))).toEqual([
      Date.UTC(2026, 10, 20, 11),
    ]);
    expect(
      listDays(local('2026-11-19T12:00').getTime(), local('2026-11-21T00:00').getTime()).map(dayText),
    ).toEqual(['2026-11-19', '2026-11-20']);
  });

  it('demands more on a Friday, before Christmas and a year later, less in August', () => {
    const demand = (day: string): number => dayDemand(localTime(local(`${day}T12:00`).getTime()));
    expect(demand('2026-11-20')).toBeGreaterThan(1.1 * demand('2026-11-18'));
    expect(demand('2026-12-18')).toBeGreaterThan(1.25 * demand('2026-11-20'));
    expect(demand('2026-08-14')).toBeLessThan(0.9 * demand('2026-07-10'));
    expect(demand('2026-11-20')).toBeGreaterThan(1.15 * demand('2025-11-21'));
    expect(demand('1999-06-04')).toBeGreaterThan(0);
    expect(hourShape(localTime(local('2026-11-20T20:30').getTime()))).toBeGreaterThan(1.5);
  });
});
