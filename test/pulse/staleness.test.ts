import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../src/lib/time.ts';
import { ageMs, isStale } from '../../src/pulse/staleness.ts';
import type { Period } from '../../src/registry/index.ts';

const day: Period = { text: '1d', count: 1, unit: 'd', ms: DAY };
const asOf = new Date('2026-10-24T22:00:00Z');
const context = (now: string) => ({ now: new Date(now), timezone: 'Europe/Madrid' });

describe('ageMs', () => {
  it('of a series counts from the end of its period, by the calendar', () => {
    // 25 October 2026 has 25 hours in Madrid
    expect(ageMs({ period: day }, { asOf, series: true }, context('2026-10-26T01:00:00Z'))).toBe(2 * HOUR);
  });

  it('counts from as_of otherwise', () => {
    expect(ageMs({ period: day }, { asOf, series: false }, context('2026-10-26T01:00:00Z'))).toBe(27 * HOUR);
  });

  it('T05 is never negative when a clock jumps back', () => {
    expect(ageMs({ period: day }, { asOf, series: false }, context('2026-10-20T00:00:00Z'))).toBe(0);
  });
});

describe('isStale', () => {
  it('is older than the patience; equal is not', () => {
    const stale = (series: boolean, now: string) =>
      isStale({ period: day, staleAfterMs: HOUR }, { asOf, series }, context(now));
    expect(stale(false, '2026-10-24T23:00:00Z')).toBe(false);
    expect(stale(false, '2026-10-24T23:00:00.001Z')).toBe(true);
    expect(stale(true, '2026-10-24T23:00:00.001Z')).toBe(false);
  });
});
