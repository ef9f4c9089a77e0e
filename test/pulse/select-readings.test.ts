import { describe, expect, it } from 'vitest';
import type { ValueRow } from '../../src/marts/index.ts';
import { DAY, HOUR } from '../../src/lib/time.ts';
import { selectReadings } from '../../src/pulse/select-readings.ts';
import type { Period } from '../../src/registry/index.ts';

const hour: Period = { text: '1h', count: 1, unit: 'h', ms: HOUR };
const day: Period = { text: '1d', count: 1, unit: 'd', ms: DAY };
const tick = new Date('2026-11-03T10:17:00Z');
const window = { from: new Date('2026-11-03T07:00:00Z'), to: new Date('2026-11-03T10:00:00Z') };
const at = (text: string) => new Date(text);
const row = (asOf: string, value: number): ValueRow => ({ asOf: at(asOf), value });

const select = (rows: ValueRow[], series = true, period = hour) =>
  selectReadings({ rows, series, metric: { period }, tick, window, timezone: 'Europe/Madrid' });

describe('selectReadings of a series', () => {
  it('takes the newest complete period and keeps older ones, in order', () => {
    expect(
      select([
        row('2026-11-03T09:00:00Z', 3),
        row('2026-11-03T07:00:00Z', 1),
        row('2026-11-03T08:00:00Z', 2),
      ]),
    ).toEqual({
      kind: 'selected',
      reading: { asOf: at('2026-11-03T09:00:00Z'), value: 3 },
      older: [
        { asOf: at('2026-11-03T07:00:00Z'), value: 1 },
        { asOf: at('2026-11-03T08:00:00Z'), value: 2 },
      ],
    });
  });

  it('leaves out periods that still run and those of the future', () => {
    const result = select([
      row('2026-11-03T08:00:00Z', 2),
      row('2026-11-03T10:00:00Z', 0),
      row('2026-12-01T00:00:00Z', 9),
    ]);
    expect(result).toEqual({
      kind: 'selected',
      reading: { asOf: at('2026-11-03T08:00:00Z'), value: 2 },
      older: [],
    });
  });

  it('T01 gives no reading where no row is complete: no data is not zero', () => {
    expect(select([])).toEqual({ kind: 'selected', reading: null, older: [] });
    expect(select([row('2026-11-03T09:30:00Z', 5)])).toEqual({ kind: 'selected', reading: null, older: [] });
    expect(select([{ asOf: null, value: 1 }])).toEqual({ kind: 'selected', reading: null, older: [] });
  });

  it('T05 a day of 25 hours is complete after 25', () => {
    const long = { from: at('2026-10-20T22:00:00Z'), to: at('2026-10-25T22:30:00Z') };
    const request = {
      rows: [row('2026-10-24T22:00:00Z', 7)],
      series: true,
      metric: { period: day },
      tick,
      timezone: 'Europe/Madrid',
    };
    expect(selectReadings({ ...request, window: long })).toMatchObject({ reading: null });
    expect(selectReadings({ ...request, window: { ...long, to: at('2026-10-25T23:00:00Z') } })).toMatchObject(
      { reading: { value: 7 } },
    );
  });

  it('refuses two rows of one as_of, with the instant', () => {
    const result = select([row('2026-11-03T08:00:00Z', 2), row('2026-11-03T08:00:00Z', 4)]);
    expect(result).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('2026-11-03T08:00:00.000Z'),
    });
  });
});

describe('selectReadings of a single value', () => {
  it('is dated by the tick', () => {
    expect(select([{ asOf: null, value: 4 }], false)).toEqual({
      kind: 'selected',
      reading: { asOf: tick, value: 4 },
      older: [],
    });
  });

  it('T01 no row is no reading', () => {
    expect(select([], false)).toEqual({ kind: 'selected', reading: null, older: [] });
  });

  it('refuses more rows than one', () => {
    const rows = [
      { asOf: null, value: 1 },
      { asOf: null, value: 2 },
    ];
    expect(select(rows, false)).toMatchObject({
      kind: 'failed',
      reason: expect.stringContaining('2 rows and no as_of'),
    });
  });
});
