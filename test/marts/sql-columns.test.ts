import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkSql } from '../../src/marts/check-sql.ts';

const EXPRESSIONS = [
  'a',
  't.a',
  't."A b"',
  'a as c',
  '1',
  "'x'",
  'a + 1',
  '-a',
  'count(*)',
  'pg_catalog.length(b)',
  'a::numeric(10, 2)',
  "'1'::int",
  'cast(1 as text)',
  'lower(b)::varchar',
  "interval '1 day'",
  "date '2026-01-01'",
  '(a::int)::text',
  'now()::date',
  'case when a = 1 then 2 end',
  'case when a = 1 then 2 else a end',
  'case when a = 1 then 2 else 3 end::int',
  'coalesce(a, 1)',
  'greatest(a, 1)',
  'least(a, 1)',
  'nullif(a, 1)',
  'exists (select 1)',
  'array(select 1)',
  'array[1, 2]',
  '(select 1)',
  '(select a from t)',
  '(select max(a) as m from t)',
  '(select a from t)::text',
  'row(1, 2)',
  '(c).x',
  'arr[1]',
  '(array[1, 2])[1]',
  'b collate "C"',
  'current_date',
  'current_timestamp',
  'current_timestamp(3)',
  'localtime(0)',
  'current_user',
  'extract(hour from now())',
  "trim('x')",
  "position('a' in 'b')",
  'grouping(a)',
  'true',
  'a is null',
  "b like 'x'",
  'a between 1 and 2',
  'xmlelement(name foo)',
  'xmlforest(1 as x)',
  "xmlserialize(content '<a/>'::xml as text)",
  'json_object(1: 2)',
  'json_array(1, 2)',
  "json('{}')",
  'json_scalar(1)',
  "json_serialize('{}')",
  "json_value('{}', '$')",
  "json_query('{}', '$')",
  "json_exists('{}', '$')",
  'json_arrayagg(a)',
  'json_objectagg(b: a)',
  'count(*) filter (where a = 1)',
  'row_number() over ()',
];

const selectOf = (expression: string) =>
  `select ${expression} from t group by grouping sets ((a, b, c, arr, "A b", t.a))`;

let engine: PGlite;
beforeAll(async () => {
  engine = await PGlite.create();
  await engine.exec(`create type pair as (x int, y int);
    create table t (a int, b text, c pair, arr int[], "A b" int)`);
}, 60_000);
afterAll(() => engine.close());

describe('output columns', () => {
  it('are named as PostgreSQL names them', async () => {
    const named = EXPRESSIONS.map((expression) => {
      const result = checkSql(selectOf(expression), { columns: [] });
      return { expression, columns: 'ok' in result ? result.ok.columns : result.problems };
    });
    const expected = await Promise.all(
      EXPRESSIONS.map(async (expression) => {
        const { fields } = await engine.query(`${selectOf(expression)} limit 0`);
        return { expression, columns: fields.map(({ name }) => name) };
      }),
    );
    expect(named).toEqual(expected);
  });

  it.each([
    'select a, b from t',
    'values (1, 2)',
    'select a from t union all select 1',
    'with x as (select 1 as z) select z from x',
    'select from t',
  ])('of %s are those that PostgreSQL gives', async (sql) => {
    const { fields } = await engine.query(`select * from (${sql}) q limit 0`);
    const result = checkSql(sql, { columns: [] });
    expect('ok' in result && result.ok.columns).toEqual(fields.map(({ name }) => name));
  });

  it.each(['select * from t', 'select t.* from t', 'select a, t.* from t', 'select (c).* from t'])(
    'of %s cannot be told',
    (sql) => {
      expect(checkSql(sql)).toMatchObject({ ok: { columns: null } });
    },
  );
});
