import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, parseDuration, WEEK } from '../../src/lib/time.ts';
import { checkCron, cronGapMs, lastDue, nextDue, type Schedule } from '../../src/pulse/due.ts';
import { CLOCK_CHANGES } from './clock-changes.ts';

const ZONES = [
  'Europe/Madrid',
  'America/New_York',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/Havana',
  'UTC',
];
const MADRID = 'Europe/Madrid';

function every(text: string): Schedule {
  const parts = parseDuration(text);
  if (!parts || parts.unit === 'ms') throw new Error(`${text} is no period`);
  return { period: { text, count: parts.count, unit: parts.unit, ms: parts.ms }, schedule: null };
}

/** Any instant of two decades in a zone, often one near a change of its clocks. */
const moments = fc.oneof(
  fc.tuple(fc.constantFrom(...ZONES), fc.integer({ min: Date.UTC(2010, 0), max: Date.UTC(2030, 0) })),
  fc
    .tuple(fc.constantFrom(...CLOCK_CHANGES), fc.integer({ min: -30 * HOUR, max: 30 * HOUR }))
    .map(([[zone, change], shift]): [string, number] => [zone, Date.parse(change) + shift]),
);

const cron = (schedule: string): Schedule => ({ ...every('1h'), schedule });

function dues(metric: Schedule, after: string, zone: string, count: number): string[] {
  const found: string[] = [];
  let at = new Date(after);
  for (let n = 0; n < count; n += 1) {
    at = nextDue(metric, at, zone);
    found.push(at.toISOString().replace(':00.000Z', 'Z'));
  }
  return found;
}

describe('nextDue by period', () => {
  it('is the boundary strictly after, in the zone', () => {
    expect(dues(every('1h'), '2026-11-03T10:00:00Z', MADRID, 2)).toEqual([
      '2026-11-03T11:00Z',
      '2026-11-03T12:00Z',
    ]);
    expect(dues(every('1d'), '2026-11-03T10:00:00Z', MADRID, 2)).toEqual([
      '2026-11-03T23:00Z',
      '2026-11-04T23:00Z',
    ]);
    expect(dues(every('1h'), '2026-11-03T10:00:00Z', 'Asia/Kolkata', 1)).toEqual(['2026-11-03T10:30Z']);
    expect(dues(every('30s'), '2026-11-03T10:00:01.500Z', MADRID, 1)).toEqual(['2026-11-03T10:00:30.000Z']);
  });

  it('begins weeks on Monday, counts days from the same Mondays, and odd periods from the epoch', () => {
    expect(dues(every('1w'), '2026-11-03T10:00:00Z', MADRID, 2)).toEqual([
      '2026-11-08T23:00Z',
      '2026-11-15T23:00Z',
    ]);
    expect(dues(every('7d'), '2026-11-03T10:00:00Z', MADRID, 1)).toEqual(['2026-11-08T23:00Z']);
    expect(dues(every('24h'), '2026-11-03T10:00:00Z', MADRID, 1)).toEqual(['2026-11-03T23:00Z']);
    const sevenHours = nextDue(every('7h'), new Date('2026-11-03T10:00:00Z'), MADRID);
    expect(sevenHours.getTime() % (7 * HOUR)).toBe(0);
  });

  it('T05 neither skips, doubles nor sticks when clocks are put back', () => {
    expect(dues(every('1h'), '2026-10-24T23:30:00Z', MADRID, 4)).toEqual([
      '2026-10-25T00:00Z',
      '2026-10-25T01:00Z',
      '2026-10-25T02:00Z',
      '2026-10-25T03:00Z',
    ]);
    expect(dues(every('2h'), '2026-10-24T23:30:00Z', MADRID, 3)).toEqual([
      '2026-10-25T00:00Z',
      '2026-10-25T03:00Z',
      '2026-10-25T05:00Z',
    ]);
    expect(dues(every('1d'), '2026-10-24T10:00:00Z', MADRID, 2)).toEqual([
      '2026-10-24T22:00Z',
      '2026-10-25T23:00Z',
    ]);
    // Havana shows 00:00 twice: the day begins once, at the first
    expect(dues(every('12h'), '2026-10-31T22:00:00Z', 'America/Havana', 2)).toEqual([
      '2026-11-01T04:00Z',
      '2026-11-01T17:00Z',
    ]);
  });

  it('T05 neither skips, doubles nor sticks when clocks are put forward', () => {
    expect(dues(every('1h'), '2026-03-28T23:30:00Z', MADRID, 3)).toEqual([
      '2026-03-29T00:00Z',
      '2026-03-29T01:00Z',
      '2026-03-29T02:00Z',
    ]);
    // 02:00 does not exist: the slot begins with the jump
    expect(dues(every('2h'), '2026-03-28T22:30:00Z', MADRID, 3)).toEqual([
      '2026-03-28T23:00Z',
      '2026-03-29T01:00Z',
      '2026-03-29T02:00Z',
    ]);
    expect(dues(every('45m'), '2026-03-29T00:50:00Z', MADRID, 2)).toEqual([
      '2026-03-29T01:00Z',
      '2026-03-29T01:45Z',
    ]);
  });

  it('T05 lives through a shift of half an hour and a day that never was', () => {
    expect(dues(every('1h'), '2026-04-04T13:30:00Z', 'Australia/Lord_Howe', 3)).toEqual([
      '2026-04-04T14:00Z',
      '2026-04-04T15:30Z',
      '2026-04-04T16:30Z',
    ]);
    expect(dues(every('1h'), '2026-10-03T14:00:00Z', 'Australia/Lord_Howe', 3)).toEqual([
      '2026-10-03T14:30Z',
      '2026-10-03T15:30Z',
      '2026-10-03T16:00Z',
    ]);
    expect(dues(every('1d'), '2011-12-29T00:00:00Z', 'Pacific/Apia', 3)).toEqual([
      '2011-12-29T10:00Z',
      '2011-12-30T10:00Z',
      '2011-12-31T10:00Z',
    ]);
  });

  it('T05 is strictly monotonic, and lastDue is its inverse, in every zone and period', () => {
    const texts = [
      '7s',
      '1m',
      '15m',
      '20m',
      '30m',
      '45m',
      '1h',
      '2h',
      '6h',
      '7h',
      '12h',
      '1d',
      '3d',
      '1w',
      '2w',
    ];
    const property = fc.property(moments, fc.constantFrom(...texts), ([zone, ms], text) => {
      const metric = every(text);
      const at = new Date(ms);
      const next = nextDue(metric, at, zone);
      const last = lastDue(metric, at, zone);
      expect(next.getTime()).toBeGreaterThan(ms);
      expect(last.getTime()).toBeLessThanOrEqual(ms);
      expect(lastDue(metric, next, zone)).toEqual(next);
      expect(lastDue(metric, new Date(next.getTime() - 1), zone)).toEqual(last);
      expect(nextDue(metric, last, zone)).toEqual(next);
      // the longest day lasts 25 hours, Apia's missing day apart
      expect(next.getTime() - last.getTime()).toBeLessThanOrEqual(metric.period.ms + HOUR);
    });
    fc.assert(property, { numRuns: 2_000 });
  });

  it('T05 walks whole years over the changes without a gap', () => {
    for (const zone of ZONES) {
      let at = new Date('2026-01-01T00:00:00Z');
      while (at < new Date('2027-01-01T00:00:00Z')) {
        const next = nextDue(every('1h'), at, zone);
        const gap = next.getTime() - at.getTime();
        expect(gap).toBeGreaterThan(0);
        expect(gap).toBeLessThanOrEqual(zone === 'Australia/Lord_Howe' ? 1.5 * HOUR : HOUR);
        at = next;
      }
    }
  });

  it('names a zone that does not exist', () => {
    expect(() => nextDue(every('1d'), new Date(0), 'Mars/Olympus')).toThrow(
      /"Mars\/Olympus" is no time zone/,
    );
  });

  it('schedules 10,000 metrics in well under a second', () => {
    const metrics = Array.from({ length: 10_000 }, (_, n) => every(n % 2 ? '1h' : '1d'));
    const start = performance.now();
    for (const metric of metrics) nextDue(metric, new Date('2026-11-03T10:20:30Z'), MADRID);
    expect(performance.now() - start).toBeLessThan(1_000);
  });
});

describe('nextDue by cron', () => {
  it('runs by the wall clock of the zone, with 5 or 6 fields', () => {
    expect(dues(cron('17 * * * *'), '2026-11-03T10:17:00Z', MADRID, 2)).toEqual([
      '2026-11-03T11:17Z',
      '2026-11-03T12:17Z',
    ]);
    expect(dues(cron('0 9 * * 1-5'), '2026-11-06T12:00:00Z', MADRID, 1)).toEqual(['2026-11-09T08:00Z']);
    expect(dues(cron('30 15 9 * * *'), '2026-11-06T12:00:00Z', MADRID, 1)).toEqual([
      '2026-11-07T08:15:30.000Z',
    ]);
  });

  it('lastDue is the run at or before', () => {
    const metric = cron('17 * * * *');
    expect(lastDue(metric, new Date('2026-11-03T10:17:00.000Z'), MADRID)).toEqual(
      new Date('2026-11-03T10:17:00Z'),
    );
    expect(lastDue(metric, new Date('2026-11-03T10:16:59.999Z'), MADRID)).toEqual(
      new Date('2026-11-03T09:17:00Z'),
    );
    expect(lastDue(metric, new Date('2026-11-03T10:17:00.500Z'), MADRID)).toEqual(
      new Date('2026-11-03T10:17:00Z'),
    );
  });

  it('T05 runs a daily cron once on the days that clocks change', () => {
    expect(dues(cron('30 2 * * *'), '2026-10-24T12:00:00Z', MADRID, 2)).toEqual([
      '2026-10-25T00:30Z',
      '2026-10-26T01:30Z',
    ]);
    expect(dues(cron('30 2 * * *'), '2026-03-28T12:00:00Z', MADRID, 2)).toEqual([
      '2026-03-29T01:00Z',
      '2026-03-30T00:30Z',
    ]);
  });

  it('T05 is strictly monotonic in every zone', () => {
    const property = fc.property(
      moments,
      fc.constantFrom(
        '17 * * * *',
        '30 2 * * *',
        '*/20 * * * *',
        '0 0 * * *',
        '*/15 1-3 * * *',
        '0 9 1 * *',
        '15 30 1 * * 0',
      ),
      ([zone, ms], schedule) => {
        const metric = cron(schedule);
        const next = nextDue(metric, new Date(ms), zone);
        expect(next.getTime()).toBeGreaterThan(ms);
        expect(lastDue(metric, next, zone)).toEqual(next);
        expect(lastDue(metric, new Date(ms), zone).getTime()).toBeLessThanOrEqual(ms);
        expect(nextDue(metric, next, zone).getTime()).toBeGreaterThan(next.getTime());
      },
    );
    fc.assert(property, { numRuns: 500 });
  });

  it('throws a coded error when it never runs', () => {
    expect(() => nextDue(cron('0 0 31 2 *'), new Date(0), MADRID)).toThrow(/never runs/);
  });
});

describe('checkCron', () => {
  it.each(['17 * * * *', '*/5 9-17 * * 1-5', '0 30 2 * * *', '0 0 L * *'])('accepts %s', (text) => {
    expect(checkCron(text, MADRID)).toBeNull();
  });

  it.each([
    ['99 * * * *', /minute: 99/],
    ['* * *', /3 fields/],
    ['* * * * * * *', /7 fields/],
    ['@daily', /1 fields/],
    ['2026-01-01T00:00:00', /1 fields/],
    ['', /fields/],
    ['0 0 31 2 *', /never runs/],
    ['a b c d e', /minute|illegal|invalid/i],
  ])('refuses %s', (text, reason) => {
    expect(checkCron(text, MADRID)).toMatch(reason);
  });
});

describe('cronGapMs', () => {
  it.each([
    ['17 * * * *', HOUR],
    ['0 9 * * 1-5', 3 * DAY],
    // Friday 17:55 to Monday 09:00
    ['*/5 9-17 * * 1-5', 2 * DAY + 15 * HOUR + 5 * MINUTE],
    ['0 9 * * 1', WEEK],
    ['* * * * * *', 1000],
  ])('gives the longest gap of %s, in elapsed time', (text, gap) => {
    expect(cronGapMs(text, 'UTC')).toBe(gap);
  });

  it('counts the longest month', () => {
    expect(cronGapMs('0 9 1 * *', 'UTC')).toBe(31 * DAY);
  });

  it('throws for what is no cron', () => {
    expect(() => cronGapMs('x', MADRID)).toThrow(/1 fields/);
  });
});
