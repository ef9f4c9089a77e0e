import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, HOUR, MINUTE, parseDuration } from '../../src/lib/time.ts';
import { addPeriods, nextPeriodStart, periodStart } from '../../src/pulse/periods.ts';
import { backfillWindows, queryWindow, type WindowedMetric } from '../../src/pulse/window.ts';
import type { Period } from '../../src/registry/index.ts';
import { CLOCK_CHANGES } from './clock-changes.ts';

const MADRID = 'Europe/Madrid';

function period(text: string): Period {
  const parts = parseDuration(text);
  if (!parts || parts.unit === 'ms') throw new Error(`${text} is no period`);
  return { text, count: parts.count, unit: parts.unit, ms: parts.ms };
}

const metric = (text: string, more: Partial<WindowedMetric> = {}): WindowedMetric => ({
  period: period(text),
  correctionMs: 0,
  ...more,
});

const at = (text: string) => new Date(text);

describe('addPeriods', () => {
  it('counts days by the calendar over changes of the clocks', () => {
    expect(addPeriods(period('1d'), at('2026-10-24T22:00:00Z'), 1, MADRID)).toEqual(
      at('2026-10-25T23:00:00Z'),
    );
    expect(addPeriods(period('1w'), at('2026-10-25T23:00:00Z'), -1, MADRID)).toEqual(
      at('2026-10-18T22:00:00Z'),
    );
    expect(addPeriods(period('1d'), at('2026-10-24T07:00:00Z'), 2, MADRID)).toEqual(
      at('2026-10-26T08:00:00Z'),
    );
  });

  it('counts hours as elapsed, and longer parts of a day by the wall clock', () => {
    expect(addPeriods(period('1h'), at('2026-10-25T00:00:00Z'), 3, MADRID)).toEqual(
      at('2026-10-25T03:00:00Z'),
    );
    expect(addPeriods(period('6h'), at('2026-10-24T22:00:00Z'), 1, MADRID)).toEqual(
      at('2026-10-25T05:00:00Z'),
    );
    expect(addPeriods(period('7h'), at('2026-10-24T22:00:00Z'), 1, MADRID)).toEqual(
      at('2026-10-25T05:00:00Z'),
    );
    // 01:30 is no boundary of 2 h: elapsed
    expect(addPeriods(period('2h'), at('2026-10-24T23:30:00Z'), 1, MADRID)).toEqual(
      at('2026-10-25T01:30:00Z'),
    );
  });

  it('starts from a boundary that the clocks jumped over', () => {
    const jump = at('2026-03-29T01:00:00Z');
    expect(addPeriods(period('2h'), jump, 1, MADRID)).toEqual(at('2026-03-29T02:00:00Z'));
    expect(addPeriods(period('2h'), jump, -1, MADRID)).toEqual(at('2026-03-28T23:00:00Z'));
    expect(addPeriods(period('1d'), at('2011-12-30T10:00:00Z'), -1, 'Pacific/Apia')).toEqual(
      at('2011-12-29T10:00:00Z'),
    );
  });

  it('T05 by one is the next boundary, and by minus one the boundary before, in every zone', () => {
    const property = fc.property(
      fc.constantFrom(...CLOCK_CHANGES),
      fc.constantFrom('15m', '20m', '30m', '45m', '1h', '90m', '2h', '6h', '12h', '1d', '3d', '1w'),
      fc.integer({ min: -30 * HOUR, max: 30 * HOUR }),
      ([zone, change], text, shift) => {
        const start = periodStart(period(text), new Date(Date.parse(change) + shift), zone);
        const next = nextPeriodStart(period(text), start, zone);
        expect(addPeriods(period(text), start, 1, zone)).toEqual(next);
        expect(addPeriods(period(text), next, -1, zone)).toEqual(start);
        expect(addPeriods(period(text), start, 0, zone)).toEqual(start);
      },
    );
    fc.assert(property, { numRuns: 2_000 });
  });
});

describe('queryWindow', () => {
  it('ends at the last boundary not after the tick and looks back three periods', () => {
    expect(queryWindow(metric('1h'), at('2026-11-03T10:17:00Z'), MADRID)).toEqual({
      from: at('2026-11-03T07:00:00Z'),
      to: at('2026-11-03T10:00:00Z'),
    });
    expect(queryWindow(metric('1d'), at('2026-11-03T00:00:00Z'), MADRID)).toEqual({
      from: at('2026-10-30T23:00:00Z'),
      to: at('2026-11-02T23:00:00Z'),
    });
  });

  it('looks back further for late data', () => {
    const { from } = queryWindow(metric('1h', { correctionMs: 2 * DAY }), at('2026-11-03T10:00:00Z'), MADRID);
    expect(from).toEqual(at('2026-11-01T10:00:00Z'));
    const short = queryWindow(metric('1h', { correctionMs: HOUR }), at('2026-11-03T10:00:00Z'), MADRID);
    expect(short.from).toEqual(at('2026-11-03T07:00:00Z'));
  });

  it('ends at the tick itself where only a schedule is given', () => {
    const window = queryWindow(metric('1d', { scheduleOnly: true }), at('2026-11-03T10:17:00Z'), MADRID);
    expect(window).toEqual({ from: at('2026-10-31T10:17:00Z'), to: at('2026-11-03T10:17:00Z') });
  });

  it('T05 covers three whole days over a change of the clocks', () => {
    expect(queryWindow(metric('1d'), at('2026-10-26T05:00:00Z'), MADRID).from).toEqual(
      at('2026-10-22T22:00:00Z'),
    );
  });
});

describe('backfillWindows', () => {
  const ninetyDays = { from: at('2026-08-01T05:20:00Z'), to: at('2026-10-30T05:20:00Z') };

  it('is one window of whole periods where that is under the cap', () => {
    expect(backfillWindows(metric('1h'), ninetyDays, MADRID)).toEqual([
      { from: at('2026-08-01T05:00:00Z'), to: at('2026-10-30T05:00:00Z') },
    ]);
    expect(backfillWindows(metric('1d'), ninetyDays, MADRID)).toEqual([
      { from: at('2026-07-31T22:00:00Z'), to: at('2026-10-29T23:00:00Z') },
    ]);
  });

  it('is cut into windows that touch, each of at most 5,000 periods', () => {
    const windows = backfillWindows(metric('1m'), ninetyDays, MADRID);
    expect(windows).toHaveLength(26);
    expect(windows[0]?.from).toEqual(at('2026-08-01T05:20:00Z'));
    expect(windows.at(-1)?.to).toEqual(at('2026-10-30T05:20:00Z'));
    expect(windows.every(({ from, to }) => to.getTime() - from.getTime() <= 5_000 * MINUTE)).toBe(true);
    expect(windows.slice(1).map(({ from }) => from)).toEqual(windows.slice(0, -1).map(({ to }) => to));
  });

  it('is empty where no period is complete, and exact where only a schedule is given', () => {
    expect(backfillWindows(metric('1w'), { from: ninetyDays.to, to: ninetyDays.to }, MADRID)).toEqual([]);
    expect(backfillWindows(metric('1d', { scheduleOnly: true }), ninetyDays, MADRID)).toEqual([ninetyDays]);
  });
});
