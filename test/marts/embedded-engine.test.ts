import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedEngine, openEmbeddedEngine } from '../../src/marts/embedded-engine.ts';

let engine: EmbeddedEngine;
beforeAll(async () => {
  engine = await openEmbeddedEngine(null);
}, 60_000);
afterAll(() => engine.close());

const read = (text: string, values: string[] = [], timezone = 'UTC') =>
  engine.run({ kind: 'read', text, values, timezone });

describe('the embedded engine', () => {
  it('reads as text, in the zone asked for', async () => {
    expect(await read("select 1 as a, null as b, 'x' as c, '{\"d\": 1}'::json as d")).toEqual({
      kind: 'rows',
      columns: ['a', 'b', 'c', 'd'],
      rows: [['1', null, 'x', '{"d":1}']],
    });
    const midnight = "select ($1::date)::timestamptz at time zone 'UTC' || ''";
    expect(await read(midnight, ['2026-07-01'], 'Europe/Madrid')).toMatchObject({
      rows: [['2026-06-30 22:00:00']],
    });
    expect(await read(midnight, ['2026-07-01'], 'Asia/Kolkata')).toMatchObject({
      rows: [['2026-06-30 18:30:00']],
    });
  });

  it('writes only by load and copy', async () => {
    expect(await engine.run({ kind: 'load', statements: 'create table t (a int)' })).toMatchObject({
      kind: 'rows',
    });
    expect(
      await engine.run({ kind: 'copy', statement: "copy t from '/dev/blob'", data: '1\n2\n' }),
    ).toMatchObject({ kind: 'rows' });
    expect(await read('insert into t values (3)')).toMatchObject({
      kind: 'failed',
      fault: 'sql',
      code: '25006',
    });
    expect(await read('select count(*)::text from t')).toMatchObject({ rows: [['2']] });
  });

  it('answers a failure, and goes on', async () => {
    expect(
      await engine.run({ kind: 'load', statements: 'begin; create table u (a int); select 1 / 0' }),
    ).toMatchObject({ code: '22012' });
    expect(await read("select to_regclass('u')::text")).toMatchObject({ rows: [[null]] });
    expect(await read('select 1', [], 'Mars/Olympus')).toMatchObject({ kind: 'failed' });
    expect(await read('select 1::text')).toMatchObject({ rows: [['1']] });
  });
});
