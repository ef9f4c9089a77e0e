import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SECOND } from '../../src/lib/time.ts';
import { type EmbeddedWarehouse, openEmbeddedWarehouse } from '../../src/marts/embedded.ts';
import { checked } from './checked.ts';

const window = { from: new Date(0), to: new Date(0) };
const options = { timeoutMs: 10 * SECOND, timezone: 'UTC' };
const SLOW =
  'select sum(sqrt(a.i * b.i)) as value from generate_series(1, 30000) a(i), generate_series(1, 30000) b(i)';

const ask = async (warehouse: EmbeddedWarehouse, sql: string, more: Partial<typeof options> = {}) => {
  const result = await warehouse.query(checked(sql), window, { ...options, ...more });
  return result.kind === 'failed' ? `${result.fault}: ${result.reason}` : result.rows[0]?.value;
};

describe('in memory', () => {
  let warehouse: EmbeddedWarehouse;
  beforeAll(async () => {
    warehouse = openEmbeddedWarehouse({ dataDir: null, timezone: 'UTC' });
    await warehouse.load('create table t (a int primary key, b text, at timestamptz, ok boolean)');
  }, 60_000);
  afterAll(() => warehouse.close());
  afterEach(() => warehouse.load('truncate t'));

  it('loads all of the statements or none, and says why without data', async () => {
    await warehouse.load("insert into t values (1, 'x'); insert into t values (2, 'y')");
    await expect(
      warehouse.load("insert into t values (3); insert into t values ('ann@shop.test')"),
    ).rejects.toMatchObject({
      code: 'marts_load_failed',
      message: expect.stringMatching(/invalid input syntax for type integer: "…"/),
    });
    expect(await ask(warehouse, 'select count(*) as value from t')).toBe(2);
  });

  it('only reads after a load, also after one that failed or left a transaction open', async () => {
    await warehouse.load("set timezone = 'Asia/Tokyo'; begin; insert into t values (1)");
    await warehouse.load('select 1 / 0').catch(() => undefined);
    expect(await ask(warehouse, 'select count(*) as value from t')).toBe(0);
    const state =
      "select (current_setting('default_transaction_read_only') = 'on' and current_setting('timezone') = 'UTC')::int as value";
    expect(await ask(warehouse, state)).toBe(1);
  });

  it('copies rows in bulk, whatever they hold', async () => {
    const awkward = 'tab\t line\n return\r back\\slash \\N ";,\' 🐎';
    await warehouse.copy(
      'public.t',
      ['a', 'b', 'at', 'ok'],
      [
        [1, awkward, new Date('2026-11-03T10:00:00Z'), true],
        [2, null, null, false],
      ],
    );
    expect(
      await ask(
        warehouse,
        `select (b = E'tab\\t line\\n return\\r back\\\\slash \\\\N ";,'' 🐎' and ok)::int as value from t where a = 1`,
      ),
    ).toBe(1);
    expect(await ask(warehouse, 'select extract(epoch from at) as value from t where a = 1')).toBe(
      Date.parse('2026-11-03T10:00:00Z') / 1000,
    );
    expect(
      await ask(warehouse, 'select count(*) as value from t where b is null and at is null and not ok'),
    ).toBe(1);
  });

  it('copies many rows in portions, from anything that yields them', async () => {
    function* rows() {
      for (let n = 0; n < 12_345; n += 1) yield [n, `row ${n}`];
    }
    await warehouse.copy('t', ['a', 'b'], rows());
    expect(await ask(warehouse, 'select count(*) + sum(a) as value from t')).toBe(
      12_345 + (12_344 * 12_345) / 2,
    );
    await expect(warehouse.copy('t', ['a'], [['x']])).rejects.toMatchObject({ code: 'marts_load_failed' });
    await expect(warehouse.copy('t', ['nope'], [['x']])).rejects.toThrow(
      /column "nope" of relation "t" does not exist/,
    );
  });

  it('serves loads and queries that come at once, one after another', async () => {
    const counts = await Promise.all(
      Array.from({ length: 10 }, async (_, n) => {
        await warehouse.load(`insert into t values (${n})`);
        return ask(warehouse, 'select count(*) as value from t');
      }),
    );
    expect(Math.max(...counts.map(Number))).toBe(10);
  });

  it('T22 a query that overruns takes its thread with it: what was loaded, and who waits, are not lost', async () => {
    await warehouse.load("insert into t values (1, 'kept')");
    await warehouse.copy('t', ['a'], [[2]]);
    const slow = ask(warehouse, SLOW, { timeoutMs: 300 });
    const waiting = Array.from({ length: 5 }, () => ask(warehouse, 'select count(*) as value from t'));
    expect(await slow).toBe('timeout: the SQL took longer than 0.3 s and was stopped');
    expect(await Promise.all(waiting)).toEqual([2, 2, 2, 2, 2]);
  }, 30_000);

  it('closes without waiting long for what runs', async () => {
    const own = openEmbeddedWarehouse({ dataDir: null, timezone: 'UTC' });
    await own.ping();
    const start = performance.now();
    const slow = ask(own, SLOW, { timeoutMs: 60_000 });
    const waiting = ask(own, 'select 1 as value');
    await own.close();
    expect(await slow).toBe('connection: the warehouse does not answer: it is closed');
    expect(await waiting).toBe('connection: the warehouse does not answer: it is closed');
    expect(performance.now() - start).toBeLessThan(10_000);
  }, 30_000);

  it('lets so many wait and no more', async () => {
    const own = openEmbeddedWarehouse({ dataDir: null, timezone: 'UTC' });
    const waiting = Array.from({ length: 20_000 }, () => ask(own, 'select 1 as value'));
    expect(await ask(own, 'select 1 as value')).toBe(
      'connection: the warehouse does not answer: too many statements wait',
    );
    await own.close();
    expect(await waiting.at(-1)).toContain('connection');
  }, 60_000);
});

describe('in a folder', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hb-marts-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('keeps its data over a close, and over a thread that was ended', async () => {
    const dataDir = join(folder, 'marts');
    const first = openEmbeddedWarehouse({ dataDir, timezone: 'UTC' });
    await first.load('create table t as select i as a from generate_series(1, 1000) i');
    await first.close();
    const second = openEmbeddedWarehouse({ dataDir, timezone: 'UTC' });
    await second.load('insert into t values (0)');
    expect(await ask(second, SLOW, { timeoutMs: 300 })).toContain('timeout');
    expect(await ask(second, 'select count(*) as value from t')).toBe(1001);
    await second.load('insert into t values (-1)');
    await second.close();
    const third = openEmbeddedWarehouse({ dataDir, timezone: 'UTC' });
    expect(await ask(third, 'select count(*) as value from t')).toBe(1002);
    await third.close();
    expect(await ask(third, 'select 1 as value')).toBe(
      'connection: the warehouse does not answer: it is closed',
    );
    await expect(third.load('select 1')).rejects.toMatchObject({ code: 'marts_load_failed' });
  }, 60_000);

  it('that cannot be opened is told to everyone, and opened when it can', async () => {
    const dataDir = join(folder, 'blocked', 'marts');
    await writeFile(join(folder, 'blocked'), 'no folder');
    const warnings: object[] = [];
    const warehouse = openEmbeddedWarehouse({
      dataDir,
      timezone: 'UTC',
      log: { info: () => undefined, warn: (details) => warnings.push(details) },
    });
    expect(await ask(warehouse, 'select 1 as value')).toBe(
      'connection: the warehouse does not answer: the embedded engine has stopped',
    );
    expect(await warehouse.ping()).toMatchObject({ ok: false });
    await expect(warehouse.load('select 1')).rejects.toMatchObject({ code: 'marts_load_failed' });
    expect(warnings).toHaveLength(3);
    await rm(join(folder, 'blocked'));
    expect(await ask(warehouse, 'select 1 as value')).toBe(1);
    await warehouse.close();
  }, 60_000);
});
