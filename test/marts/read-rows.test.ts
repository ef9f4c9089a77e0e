import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRows } from '../../src/marts/read-rows.ts';

const one = (value: string | null) => readRows([[value]], false);

describe('readRows: values', () => {
  it.each([
    ['0', 0],
    ['-0', 0],
    ['12', 12],
    ['-3.50', -3.5],
    ['+.5', 0.5],
    ['5.', 5],
    ['1e3', 1000],
    ['-1.5E-3', -0.0015],
    [' 42 ', 42],
    ['9007199254740993', 9007199254740992],
    [`0.${'3'.repeat(62)}`, 1 / 3],
  ])('T04 reads %s as a number', (text, value) => {
    expect(one(text)).toEqual({ kind: 'rows', rows: [{ asOf: null, value }] });
  });

  it.each([
    ['NaN', 'is NaN'],
    ['Infinity', 'is infinite'],
    ['-Infinity', 'is infinite'],
    ['inf', 'is infinite'],
    ['1e999', 'too large'],
    ['9'.repeat(64), 'too large'],
    ['true', 'true or false'],
    ['f', 'true or false'],
    ['2026-11-03', 'a date or time'],
    ['2026-11-03 10:00:00+01', 'a date or time'],
    ['01:30:00', 'an interval'],
    ['1 day 02:00:00', 'an interval'],
    ['3 days', 'an interval'],
    ['hello', 'is text'],
    ['', 'is text'],
    ['12 %', 'is text'],
    ['1,234', 'is text'],
    ['$5', 'is text'],
    ['0x10', 'is text'],
    ['1_000', 'is text'],
    ['{"a": 1}', 'is text'],
  ])('T04 refuses %s, with a reason', (text, reason) => {
    expect(one(text)).toMatchObject({ kind: 'refused', reason: expect.stringContaining(reason) });
  });

  it('T04 never quotes the value it refuses', () => {
    const result = one('ann@shop.test');
    expect(JSON.stringify(result)).not.toContain('ann');
  });

  it('T01 leaves out null and rows without as_of: no data is not zero', () => {
    expect(one(null)).toEqual({ kind: 'rows', rows: [] });
    expect(readRows([], false)).toEqual({ kind: 'rows', rows: [] });
    expect(
      readRows(
        [
          ['1', null],
          [null, '0'],
        ],
        true,
      ),
    ).toEqual({ kind: 'rows', rows: [] });
  });

  it('T04 gives a finite number or a reason for any text', () => {
    const property = fc.property(
      fc.oneof(fc.string(), fc.double().map(String), fc.bigInt().map(String)),
      (text) => {
        const result = one(text);
        const finite = result.kind === 'rows' && result.rows.every(({ value }) => Number.isFinite(value));
        expect(finite || (result.kind === 'refused' && result.reason.length > 0)).toBe(true);
      },
    );
    fc.assert(property, { numRuns: 2_000 });
  });
});

describe('readRows: rows', () => {
  it('dates a series by its seconds since the epoch, to the millisecond', () => {
    expect(readRows([['1', '1793696400.123456']], true)).toEqual({
      kind: 'rows',
      rows: [{ asOf: new Date('2026-11-03T09:00:00.123Z'), value: 1 }],
    });
    expect(readRows([['1', '-86400']], true)).toMatchObject({
      rows: [{ asOf: new Date('1969-12-31T00:00:00Z') }],
    });
  });

  it.each(['Infinity', '-Infinity', 'NaN', '1e18', 'x'])(
    'refuses an as_of of %s and names the row',
    (asOf) => {
      expect(
        readRows(
          [
            ['1', '0'],
            ['1', asOf],
          ],
          true,
        ),
      ).toMatchObject({ reason: expect.stringMatching(/^row 2: as_of/) });
    },
  );

  it('T22 refuses more than 10,000 rows, and more than one without as_of', () => {
    const rows = Array.from({ length: 10_001 }, (_, n) => ['1', String(n)]);
    expect(readRows(rows, true)).toMatchObject({ reason: expect.stringContaining('more than 10,000 rows') });
    expect(readRows(rows.slice(1), true)).toMatchObject({ kind: 'rows' });
    expect(readRows([['1'], ['2']], false)).toMatchObject({
      reason: expect.stringContaining('more than one row and no as_of'),
    });
  });
});
