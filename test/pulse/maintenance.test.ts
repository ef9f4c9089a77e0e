import { describe, expect, it } from 'vitest';
import { findWindow } from '../../src/alerts/index.ts';
import { listOpenWindows } from '../../src/pulse/index.ts';
import type { MaintenanceWindow } from '../../src/registry/index.ts';
import { aMetric } from '../support/deps.ts';

const ZONE = 'Europe/Madrid';

function openAt(now: string, over: Partial<MaintenanceWindow>, timezone = ZONE) {
  const window: MaintenanceWindow = {
    name: 'Upgrade',
    from: null,
    to: null,
    cron: null,
    for: null,
    metrics: [],
    domains: [],
    sources: [],
    ...over,
  };
  return listOpenWindows({ maintenance: [window], timezone }, new Date(now));
}

const untilAt = (now: string, over: Partial<MaintenanceWindow>, timezone = ZONE): string | null =>
  openAt(now, over, timezone)[0]?.until.toISOString() ?? null;

describe('a window by cron', () => {
  const nightly = { cron: '30 2 * * *', for: '45m' };

  it.each([
    ['before its start', '2026-11-20T01:29:59.999Z', null],
    ['at its start', '2026-11-20T01:30:00.000Z', '2026-11-20T02:15:00.000Z'],
    ['in its last instant', '2026-11-20T02:14:59.999Z', '2026-11-20T02:15:00.000Z'],
    ['at its end', '2026-11-20T02:15:00.000Z', null],
  ])('T05 is open from its start to just before its end: %s', (_when, now, until) => {
    expect(untilAt(now, nightly)).toBe(until);
  });

  it('T05 of six fields starts at its second', () => {
    const weekly = { cron: '15 30 2 * * 5', for: '90s' };
    expect(untilAt('2026-11-20T01:30:14.999Z', weekly)).toBeNull();
    expect(untilAt('2026-11-20T01:30:15.000Z', weekly)).toBe('2026-11-20T01:31:45.000Z');
    expect(untilAt('2026-11-20T01:31:45.000Z', weekly)).toBeNull();
    expect(untilAt('2026-11-21T01:30:15.000Z', weekly)).toBeNull();
  });

  it.each([
    ['summer begins', '2026-03-28T23:00:00.000Z', '2026-03-29T03:00:00.000Z'],
    ['summer ends', '2026-10-24T22:00:00.000Z', '2026-10-25T02:00:00.000Z'],
  ])('T05 lasts its full time over a night in which %s', (_what, from, until) => {
    const midnight = { cron: '0 0 * * *', for: '4h' };
    const before = (instant: string): string => new Date(Date.parse(instant) - 1).toISOString();
    expect(untilAt(before(from), midnight)).toBeNull();
    expect(untilAt(from, midnight)).toBe(until);
    expect(untilAt(before(until), midnight)).toBe(until);
    expect(untilAt(until, midnight)).toBeNull();
  });

  it('T05 at an hour that the clock leaves out or has twice is open once', () => {
    const openMinutes = (day: string): number =>
      Array.from({ length: 24 * 60 }, (_, minute) => Date.parse(day) + minute * 60_000).filter(
        (t) => untilAt(new Date(t).toISOString(), nightly) !== null,
      ).length;
    expect(openMinutes('2026-03-28T12:00:00Z')).toBe(45);
    expect(openMinutes('2026-10-24T12:00:00Z')).toBe(45);
  });

  it('follows the zone of the workspace', () => {
    expect(untilAt('2026-11-20T01:30:00.000Z', nightly, 'UTC')).toBeNull();
    expect(untilAt('2026-11-20T02:30:00.000Z', nightly, 'UTC')).toBe('2026-11-20T03:15:00.000Z');
  });

  it('longer than its gaps is always open, until its newest run ends', () => {
    const long = { cron: '0 * * * *', for: '90m' };
    expect(untilAt('2026-11-20T09:59:59.999Z', long)).toBe('2026-11-20T10:30:00.000Z');
    expect(untilAt('2026-11-20T10:00:00.000Z', long)).toBe('2026-11-20T11:30:00.000Z');
  });
});

describe('a window of two instants', () => {
  const once = { from: '2026-11-20T22:00', to: '2026-11-20T23:30' };

  it('T05 is open from the first to just before the second, by the clock of the workspace', () => {
    expect(untilAt('2026-11-20T20:59:59.999Z', once)).toBeNull();
    expect(untilAt('2026-11-20T21:00:00.000Z', once)).toBe('2026-11-20T22:30:00.000Z');
    expect(untilAt('2026-11-20T22:29:59.999Z', once)).toBe('2026-11-20T22:30:00.000Z');
    expect(untilAt('2026-11-20T22:30:00.000Z', once)).toBeNull();
  });

  it('T05 with a zone of its own keeps to that', () => {
    const zoned = { from: '2026-11-20T22:00Z', to: '2026-11-20T23:30+00:00' };
    expect(untilAt('2026-11-20T21:59:59.999Z', zoned)).toBeNull();
    expect(untilAt('2026-11-20T22:00:00.000Z', zoned)).toBe('2026-11-20T23:30:00.000Z');
  });
});

describe('what a window is of', () => {
  const nightly = { cron: '30 2 * * *', for: '45m' };
  const isIn = (over: Partial<MaintenanceWindow>): boolean =>
    findWindow(aMetric(), openAt('2026-11-20T01:45:00Z', { ...nightly, ...over })) !== undefined;

  it('is everything, or the metrics, domains and sources that it names', () => {
    expect(isIn({})).toBe(true);
    expect(isIn({ metrics: ['conversion'] })).toBe(true);
    expect(isIn({ metrics: ['other'] })).toBe(false);
    expect(isIn({ domains: ['growth'] })).toBe(true);
    expect(isIn({ domains: ['money'] })).toBe(false);
    expect(isIn({ sources: ['marts.orders'] })).toBe(true);
    expect(isIn({ sources: ['marts.stock'] })).toBe(false);
    expect(isIn({ domains: ['money'], sources: ['marts.orders'] })).toBe(true);
  });
});
