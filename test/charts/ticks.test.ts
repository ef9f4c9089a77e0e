import { describe, expect, it } from 'vitest';

import { listTimeTicks } from '../../charts/time-ticks.ts';
import { listValueTicks } from '../../charts/value-ticks.ts';
import { createWords } from '../../src/answers/index.ts';
import { DAY, HOUR, MINUTE } from '../../src/lib/time.ts';
import { grainOf } from '../../charts/ranges.ts';

describe('listValueTicks', () => {
  it('gives round numbers', () => {
    expect(listValueTicks([3.02, 4.87], { kind: 'percent' }, 4)).toEqual([3.5, 4, 4.5]);
  });

  it.each([5e-324, 1e-310, 2e-308])('T14 gives none in a span of %s', (span) => {
    expect(listValueTicks([-span, span], { kind: 'percent' }, 4)).toEqual([]);
    expect(listValueTicks([0, span], { kind: 'duration', of: 'h' }, 4)).toEqual([]);
  });

  it('gives whole counts only', () => {
    expect(listValueTicks([0, 2], { kind: 'count' }, 4)).toEqual([0, 1, 2]);
  });

  it.each([
    ['s', [0, 7500], [0, 1800, 3600, 5400, 7200]],
    ['min', [3, 95], [30, 60, 90]],
    ['h', [10, 60], [12, 24, 36, 48, 60]],
    ['ms', [0, 420], [0, 100, 200, 300, 400]],
  ] as const)('gives round spans of time, in %s', (of, domain, ticks) => {
    expect(listValueTicks(domain, { kind: 'duration', of }, 4)).toEqual(ticks);
  });

  it('gives round numbers of days when they are many', () => {
    expect(listValueTicks([0, 400], { kind: 'duration', of: 'd' }, 4)).toEqual([0, 100, 200, 300, 400]);
  });
});

describe('grainOf', () => {
  it.each([
    [10 * MINUTE, 'hours'],
    [DAY, '1d'],
    [3 * DAY, '7d'],
    [28 * DAY, '28d'],
    [46 * DAY, '90d'],
    [90 * DAY, '90d'],
    [365 * DAY, 'year'],
  ] as const)('takes the grain of what is shown: %i ms as %s', (spanMs, grain) => {
    expect(grainOf(spanMs)).toBe(grain);
  });
});

describe('listTimeTicks', () => {
  const span = (to: string, days: number) => ({ fromMs: Date.parse(to) - days * DAY, toMs: Date.parse(to) });
  const labels = (zone: string, to: string, range: '1d' | '7d' | '28d' | '90d', locale: 'en' | 'ru' = 'en') =>
    listTimeTicks(span(to, Number.parseInt(range, 10)), range, createWords(locale, zone)).map(
      (tick) => tick.label,
    );

  it('stands every six hours, midnight named by its day', () => {
    expect(labels('Europe/Madrid', '2026-11-20T13:00:00Z', '1d')).toEqual([
      '18:00',
      'Fri 20',
      '06:00',
      '12:00',
    ]);
  });

  it('stands at midnights of the reader', () => {
    const ticks = listTimeTicks(span('2026-11-20T13:00:00Z', 7), '7d', createWords('en', 'Asia/Tokyo'));
    expect(ticks.map((tick) => new Date(tick.atMs).toISOString().slice(11, 16))).toEqual(
      Array.from({ length: 7 }, () => '15:00'),
    );
  });

  it('stands at Mondays', () => {
    expect(labels('Europe/Madrid', '2026-11-20T13:00:00Z', '28d')).toEqual([
      '26 Oct',
      '2 Nov',
      '9 Nov',
      '16 Nov',
    ]);
  });

  it('stands at firsts of months, January named by its year', () => {
    expect(labels('Europe/Madrid', '2027-02-20T13:00:00Z', '90d')).toEqual(['Dec', 'Jan 2027', 'Feb']);
  });

  it('writes in the reader’s language', () => {
    expect(labels('Europe/Moscow', '2026-11-20T13:00:00Z', '28d', 'ru')[0]).toBe('26 окт.');
  });

  it.each([
    [10 * MINUTE, ['09:14', '09:16', '09:18', '09:20', '09:22', '09:24']],
    [55 * MINUTE, ['09:20', '09:30', '09:40', '09:50', '10:00']],
    [3 * HOUR, ['09:30', '10:00', '10:30', '11:00', '11:30', '12:00']],
    [11 * HOUR, ['10:00', '12:00', '14:00', '16:00', '18:00', '20:00']],
  ])('stands at round minutes of the clock in a short span (%i ms)', (spanMs, labels) => {
    const fromMs = Date.parse('2026-11-20T08:14:00Z');
    const ticks = listTimeTicks(
      { fromMs, toMs: fromMs + spanMs },
      'hours',
      createWords('en', 'Europe/Madrid'),
    );
    expect(ticks.map((tick) => tick.label)).toEqual(labels);
  });

  it('T05 stays on the clock over the end of summer time', () => {
    const ticks = listTimeTicks(span('2026-10-26T12:00:00Z', 7), '7d', createWords('en', 'Europe/Madrid'));
    const hours = ticks.map((tick) =>
      new Date(tick.atMs).toLocaleTimeString('en-GB', { timeZone: 'Europe/Madrid' }),
    );
    expect(new Set(hours)).toEqual(new Set(['00:00:00']));
    expect(labels('Europe/Madrid', '2026-10-25T20:00:00Z', '1d')).toEqual([
      'Sun 25',
      '06:00',
      '12:00',
      '18:00',
    ]);
  });
});
