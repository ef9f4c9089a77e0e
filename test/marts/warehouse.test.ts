import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SECOND } from '../../src/lib/time.ts';
import { openEmbeddedWarehouse } from '../../src/marts/embedded.ts';
import { checkSqlAgainstCatalogue, explainSlow, type InspectedWarehouse } from '../../src/marts/index.ts';
import { openServerWarehouse } from '../../src/marts/server.ts';
import { createServerDatabase } from '../support/database.ts';
import { runSql } from '../support/sql.ts';
import { checked } from './checked.ts';

const MADRID = 'Europe/Madrid';
const window = { from: new Date('2026-10-20T09:00:00Z'), to: new Date('2026-10-20T12:00:00Z') };
const options = { timeoutMs: 10 * SECOND, timezone: MADRID };
const SETUP_MS = 60_000;

const TABLES = `
  create schema marts;
  create table marts.orders as
    select i as id, timestamptz '2026-10-20 08:00+00' + i * interval '1 minute' as created_at, 1.5 as amount, 'ann@shop.test' as email
    from generate_series(0, 299) i;
  create table marts.big as select i as id, i % 100 as kind from generate_series(1, 60000) i;
  create function marts.sneak() returns int language sql volatile as 'insert into marts.orders (id) values (1) returning id';
  create function marts.fail() returns int language plpgsql as 'begin raise exception ''order of Ann''; end';
  analyze`;

type Opened = { warehouse: InspectedWarehouse; close: () => Promise<void> };
type Kind = { name: string; open: () => Promise<Opened> };

const KINDS: Kind[] = [
  {
    name: 'embedded',
    open: async () => {
      const warehouse = openEmbeddedWarehouse({ dataDir: null, timezone: MADRID });
      await warehouse.load(TABLES);
      return { warehouse, close: () => warehouse.close() };
    },
  },
  {
    name: 'server',
    open: async () => {
      const database = await createServerDatabase();
      const url = database.address.databaseUrl ?? '';
      await runSql(url, TABLES);
      const warehouse = openServerWarehouse({ url, timezone: MADRID });
      return {
        warehouse,
        close: async () => {
          await warehouse.close();
          await database.remove();
        },
      };
    },
  },
];

describe.each(KINDS)('the $name warehouse', ({ name, open }) => {
  let warehouse: InspectedWarehouse;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ warehouse, close } = await open());
  }, SETUP_MS);
  afterAll(() => close());

  const query = (sql: string, more: Partial<typeof options> = {}) =>
    warehouse.query(checked(sql), window, { ...options, ...more });
  const reasonOf = async (sql: string) => {
    const result = await query(sql);
    return result.kind === 'failed' ? `${result.fault}: ${result.reason}` : result.rows;
  };

  it('answers a ping', async () => {
    expect(warehouse.kind).toBe(name);
    expect(await warehouse.ping()).toEqual({ ok: true });
  });

  it('gives a series in its window, and a single value', async () => {
    const series =
      await query(`select date_trunc('hour', created_at) as as_of, sum(amount) as value from marts.orders
      where created_at >= :from and created_at < :to group by 1 order by 1`);
    expect(series).toMatchObject({
      kind: 'rows',
      series: true,
      rows: [9, 10, 11].map((hour) => ({ asOf: new Date(Date.UTC(2026, 9, 20, hour)), value: 90 })),
      durationMs: expect.any(Number),
    });
    const single = await query('select extract(epoch from :to - :from) as value, 1 as other');
    expect(single).toMatchObject({ kind: 'rows', series: false, rows: [{ asOf: null, value: 10_800 }] });
    expect(
      await query("select count(*) as value from marts.orders where created_at < :to -- it's the end"),
    ).toMatchObject({
      rows: [{ value: 240 }],
    });
  });

  it("reads dates and times without a zone in the workspace's zone", async () => {
    const day = "select 1 as value, date '2026-10-25' as as_of union all select 2, '2026-10-26'";
    expect(await query(day)).toMatchObject({
      rows: [{ asOf: new Date('2026-10-24T22:00:00Z') }, { asOf: new Date('2026-10-25T23:00:00Z') }],
    });
    expect(await query(day, { timezone: 'Asia/Kolkata' })).toMatchObject({
      rows: [{ asOf: new Date('2026-10-24T18:30:00Z') }, {}],
    });
    expect(await query("select 1 as value, timestamp '2026-07-01 00:00' as as_of")).toMatchObject({
      rows: [{ asOf: new Date('2026-06-30T22:00:00Z') }],
    });
  });

  it('learns the columns of select * by asking once', async () => {
    expect(await query("select * from (select 1 as value, date '2026-10-25' as as_of) q")).toMatchObject({
      series: true,
    });
    expect(await query('select * from (select 1 as value) q')).toMatchObject({
      series: false,
      rows: [{ value: 1 }],
    });
    expect(await reasonOf('select * from (select 1 as number) q')).toBe(
      'result: there is no column value; it gives number',
    );
    expect(await reasonOf('select * from marts.nowhere')).toContain(
      'sql: line 1: relation "marts.nowhere" does not exist',
    );
  });

  it('T04 parses or refuses every kind of number', async () => {
    expect(await reasonOf("select '12.50'::text as value")).toEqual([{ asOf: null, value: 12.5 }]);
    expect(await reasonOf('select 9007199254740993::bigint as value')).toEqual([
      { asOf: null, value: 9007199254740992 },
    ]);
    expect(await reasonOf('select 1::numeric / 3 as value')).toEqual([{ asOf: null, value: 1 / 3 }]);
    expect(await reasonOf("select 'NaN'::float8 as value")).toContain('result: value is NaN');
    expect(await reasonOf("select 'Infinity'::float8 as value")).toContain('result: value is infinite');
    expect(await reasonOf("select '-Infinity'::numeric as value")).toContain('result: value is infinite');
    expect(await reasonOf('select true as value')).toContain('result: value is true or false');
    expect(await reasonOf('select current_date as value')).toContain('result: value is a date or time');
    expect(await reasonOf("select interval '90 min' as value")).toContain('result: value is an interval');
    expect(await reasonOf('select 10::numeric ^ 400 as value')).toContain('result: value is too large');
  });

  it('T01 no row, and null, are no data', async () => {
    expect(await reasonOf('select 1 as value where false')).toEqual([]);
    expect(await reasonOf('select sum(amount) as value from marts.orders where id < 0')).toEqual([]);
    expect(
      await reasonOf('select max(created_at) as as_of, count(*) as value from marts.orders where id < 0'),
    ).toEqual([]);
  });

  it('T22 text is refused, without quoting it', async () => {
    const reason = await reasonOf('select max(email) as value from marts.orders');
    expect(reason).toBe('result: value is text, not a number');
    expect(JSON.stringify(await reasonOf('select max(email)::int as value from marts.orders'))).not.toContain(
      'ann',
    );
    expect(await reasonOf('select 5 as as_of, 1 as value')).toBe(
      'result: as_of is neither a date nor a time',
    );
    expect(await reasonOf("select 'infinity'::timestamptz as as_of, 1 as value")).toContain(
      'as_of is no time',
    );
  });

  it('T22 two columns named alike are refused, also those that only the warehouse sees', async () => {
    expect(await reasonOf('select * from (select 1 as value, 2 as value) q')).toBe(
      'result: two columns are named value',
    );
  });

  it('T22 a million rows are cut off in bounded time and memory', async () => {
    const before = process.memoryUsage().rss;
    const series = await reasonOf(
      "select now() - g * interval '1 s' as as_of, g as value from generate_series(1, 1000000) g",
    );
    expect(series).toContain('result: the SQL gives more than 10,000 rows');
    expect(await reasonOf('select g as value from generate_series(1, 1000000) g')).toContain(
      'more than one row and no as_of',
    );
    const wide = await reasonOf("select repeat('x', 50000000) as value");
    expect(wide).toContain('result: value is text');
    expect(process.memoryUsage().rss - before).toBeLessThan(300_000_000);
  });

  it('T22 a write that the parser cannot see is refused by the session', async () => {
    expect(await reasonOf('select marts.sneak() as value')).toBe(
      'sql: cannot execute INSERT in a read-only transaction (25006)',
    );
    expect(await reasonOf('select count(*) as value from marts.orders')).toEqual([
      { asOf: null, value: 300 },
    ]);
  });

  it('T22 a query that overruns its time is stopped, and the next one runs', async () => {
    const start = performance.now();
    const slow = await query(
      'select sum(sqrt(a.i * b.i)) as value from generate_series(1, 20000) a(i), generate_series(1, 20000) b(i)',
      {
        timeoutMs: 400,
      },
    );
    expect(slow).toMatchObject({
      kind: 'failed',
      fault: 'timeout',
      reason: 'the SQL took longer than 0.4 s and was stopped',
    });
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(await reasonOf('select count(*) as value from marts.orders')).toEqual([
      { asOf: null, value: 300 },
    ]);
  }, 30_000);

  it('says what PostgreSQL says, with the line and without data', async () => {
    expect(await reasonOf('select count(*) as value\nfrom marts.orders\nwhere created > now()')).toMatch(
      /^sql: line 3: column "created" does not exist.* \(42703\)$/,
    );
    expect(await reasonOf('select 1 / 0 as value')).toBe('sql: division by zero (22012)');
    expect(await reasonOf('select marts.fail() as value')).toBe(
      'sql: a function of the warehouse raised an error (P0001)',
    );
    expect(
      JSON.stringify(await reasonOf('select count(*) as value from marts.orders where email::date > now()')),
    ).not.toContain('ann');
  });

  it('tells doctor of names that the warehouse does not know', async () => {
    expect(
      await checkSqlAgainstCatalogue(warehouse, checked('select id as value from marts.orders')),
    ).toEqual({ kind: 'ok' });
    expect(
      await checkSqlAgainstCatalogue(warehouse, checked('select\nidd as value from marts.orders')),
    ).toMatchObject({
      kind: 'problems',
      problems: [{ reason: expect.stringContaining('column "idd" does not exist'), line: 2 }],
    });
    expect(await checkSqlAgainstCatalogue(warehouse, checked('select * from marts.orders'))).toMatchObject({
      problems: [{ reason: 'there is no column value; it gives id, created_at, amount, email' }],
    });
    expect(await checkSqlAgainstCatalogue(warehouse, checked('select marts.sneak() as value'))).toEqual({
      kind: 'ok',
    });
  });

  it('tells doctor which index a slow query wants', async () => {
    const slow = await explainSlow(
      warehouse,
      checked('select count(*) as value from marts.big b where id < 50 and b.kind = 3 and :from < :to'),
      window,
    );
    expect(slow).toMatchObject({
      kind: 'plan',
      scans: [{ table: 'marts.big', columns: ['kind', 'id'] }],
      advice: 'an index on marts.big (kind, id) would help',
    });
    const all = await explainSlow(warehouse, checked('select sum(id) as value from marts.big'), window);
    expect(all).toMatchObject({ advice: expect.stringContaining('it reads all of marts.big') });
    expect(await explainSlow(warehouse, checked('select 1 as value'), window)).toEqual({
      kind: 'plan',
      scans: [],
      advice: null,
    });
    expect(
      await explainSlow(warehouse, checked('select nope as value from marts.big'), window),
    ).toMatchObject({ kind: 'failed' });
  });

  it('runs many at once', async () => {
    const results = await Promise.all(Array.from({ length: 50 }, (_, n) => query(`select ${n} as value`)));
    expect(results).toMatchObject(Array.from({ length: 50 }, (_, value) => ({ rows: [{ value }] })));
  });
});
