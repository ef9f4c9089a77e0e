import { describe, expect, it } from 'vitest';
import { unitText } from '../../src/registry/index.ts';
import { canonicalMoment, parseUnit, periodOfGap } from '../../src/registry/file-values.ts';

const HOUR_MS = 3_600_000;

describe('the period of a schedule', () => {
  it.each([
    [24 * HOUR_MS, '1d'],
    [25 * HOUR_MS, '1d'],
    [23 * HOUR_MS, '1d'],
    [72 * HOUR_MS + HOUR_MS, '3d'],
    [168 * HOUR_MS, '1w'],
    [36 * HOUR_MS, '36h'],
    [1.5 * HOUR_MS, '90m'],
    [10_000, '10s'],
    [400, '1s'],
  ])('with a longest gap of %d ms is %s, clock changes aside', (gapMs, text) => {
    expect(periodOfGap(gapMs).text).toBe(text);
  });
});

describe('units', () => {
  it.each(['percent', 'count', 'ratio', 'score', 'currency:EUR', 'duration:ms', 'duration:min'])(
    '%s is written as it is read',
    (text) => {
      const unit = parseUnit(text);
      expect(unit && unitText(unit)).toBe(text);
    },
  );

  it('have no invented currencies', () => {
    expect(parseUnit('currency:XYZ')).toBeUndefined();
  });
});

describe('moments', () => {
  it.each([
    ['2026-11-01', '2026-11-01'],
    ['2026-11-01T09:30', '2026-11-01T09:30:00'],
    ['2026-11-01 09:30:15', '2026-11-01T09:30:15'],
    ['2026-11-01T09:30:00-05:00', '2026-11-01T14:30:00.000Z'],
    ['2026-11-01 09:30:00 +02', '2026-11-01T07:30:00.000Z'],
    ['2026-02-29', undefined],
    ['2026-11-01T25:00', undefined],
  ])('%s is kept as %s', (written, kept) => {
    expect(canonicalMoment(written)).toBe(kept);
  });
});
