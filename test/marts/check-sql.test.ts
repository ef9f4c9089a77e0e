import { describe, expect, it } from 'vitest';
import { checkSql } from '../../src/marts/check-sql.ts';
import { checked, refusal } from './checked.ts';

describe('checkSql: binds', () => {
  it('numbers :from and :to as timestamptz, in this order', () => {
    const { text, usesFrom, usesTo } = checked(
      'select 1 as value where now() >= :from and now() < :to and :from < :TO',
    );
    expect(text).toBe(
      'select 1 as value where now() >= $1::timestamptz and now() < $2::timestamptz and $1::timestamptz < $2::timestamptz',
    );
    expect([usesFrom, usesTo]).toEqual([true, true]);
    expect(checked('select 1 as value where now() < :to')).toMatchObject({
      text: 'select 1 as value where now() < $1::timestamptz',
      usesFrom: false,
      usesTo: true,
    });
  });

  it.each([
    ["a string ':from'", "select ':from it''s :to' as x, 1 as value"],
    ['an escape string', "select E'it\\':from' as x, 1 as value"],
    ['a dollar-quoted string', 'select $$:from$$ as x, $tag$ :to $$ $tag$ as y, 1 as value'],
    ['a unicode string', "select U&'\\0041:from' as x, 1 as value"],
    ['a quoted name', 'select a.":from" as x, 1 as value from a'],
    ['a line comment', 'select 1 as value -- :from'],
    ['a nested comment', 'select 1 as value /* :from /* :to */ :from */'],
    ['a cast', "select '2026-01-01'::date::timestamptz as x, 1 as value"],
    ['a slice with spaces', 'select a[1 : n] as value from x'],
  ])('leaves alone %s', (_, sql) => {
    expect(checked(sql)).toMatchObject({ text: sql, usesFrom: false, usesTo: false });
  });

  it('finds binds after text that is longer in bytes than in characters', () => {
    expect(checked("select 'žluťoučký 🐎' as x, 1 as value where now() < :to").text).toBe(
      "select 'žluťoučký 🐎' as x, 1 as value where now() < $1::timestamptz",
    );
  });

  it('names other binds and numbered parameters, with their lines', () => {
    expect(checkSql('select 1 as value\nwhere :start < now()\nand $2 > 1')).toEqual({
      problems: [
        { reason: ':start is not known', hint: expect.stringContaining(':from and :to'), line: 2 },
        { reason: '$2 is a numbered parameter', hint: expect.any(String), line: 3 },
      ],
    });
    expect(refusal('select a[1:n] as value from x')).toBe(':n is not known');
  });
});

describe('checkSql: one SELECT', () => {
  it.each([
    'select 1 as value',
    'select 1 as value;',
    ';; select 1 as value ; -- done',
    'with a as (select 1 as value) select value from a',
    '(select 1 as value) union all select 2',
    'select (select 1) as value',
  ])('accepts %s', (sql) => {
    expect(refusal(sql)).toBe('accepted');
  });

  it('gives the statement without what follows it, and its hash', () => {
    const once = checked('select 1 as value ; -- done');
    expect(once.text).toBe('select 1 as value');
    expect(once.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(checked('select 1 as value').hash).toBe(once.hash);
    expect(checked('select 2 as value').hash).not.toBe(once.hash);
  });

  it.each([
    ['', 'there is no SQL'],
    ['  -- only a comment', 'there is no SQL'],
    [' ; ; ', 'there is no SQL'],
    ['select 1 as value; select 2 as value', '2 statements'],
    ['select 1 as value; drop table x', '2 statements'],
    ['values (1)', 'no column value; it gives column1'],
    ['insert into x values (1)', 'INSERT, not SELECT'],
    ['update x set a = 1', 'UPDATE, not SELECT'],
    ['delete from x', 'DELETE, not SELECT'],
    ['merge into x using y on x.a = y.a when matched then delete', 'MERGE, not SELECT'],
    ['create table x as select 1 as value', 'CREATE TABLE AS, not SELECT'],
    ['drop table x', 'DROP, not SELECT'],
    ['truncate x', 'TRUNCATE, not SELECT'],
    ["copy x to program 'sh'", 'COPY, not SELECT'],
    ['explain select 1 as value', 'EXPLAIN, not SELECT'],
    ["do 'begin end'", 'DO, not SELECT'],
    ['call f()', 'CALL, not SELECT'],
    ['set role x', 'VARIABLE SET, not SELECT'],
    ['begin', 'TRANSACTION, not SELECT'],
    ['lock table x', 'LOCK, not SELECT'],
    ['prepare p as select 1 as value', 'PREPARE, not SELECT'],
    ['listen x', 'LISTEN, not SELECT'],
  ])('refuses "%s"', (sql, reason) => {
    expect(refusal(sql)).toContain(reason);
  });

  it.each([
    ['with d as (delete from x returning *) select count(*) as value from d', 'DELETE is not reading'],
    [
      'with a as (with b as (insert into x values (1) returning *) select * from b) select 1 as value from a',
      'INSERT is not reading',
    ],
    ['with d as (update x set a = 1 returning *) select 1 as value', 'UPDATE is not reading'],
    ['select 1 as value into x', 'SELECT INTO makes a table'],
    ['select value from x for update', 'locks rows'],
    ['select value from (select 1 as value from x for share) y', 'locks rows'],
  ])('T22 refuses a write inside a SELECT: %s', (sql, reason) => {
    expect(refusal(sql)).toContain(reason);
  });

  it.each([
    'pg_sleep(1)',
    "pg_catalog.pg_sleep_for(interval '1 s')",
    "PG_SLEEP_UNTIL('tomorrow')",
    "set_config('default_transaction_read_only', 'off', false)",
    "nextval('s')",
    "setval('s', 1)",
    "dblink('host=x', 'delete from y')",
    "public.dblink_exec('x')",
    "lo_import('/etc/passwd')",
    'lo_unlink(1)',
    "pg_read_file('/etc/passwd')",
    "pg_read_binary_file('x')",
    "pg_ls_dir('/')",
    'pg_terminate_backend(1)',
    'pg_cancel_backend(1)',
    'pg_advisory_lock(1)',
    'pg_try_advisory_xact_lock(1)',
    "pg_notify('a', 'b')",
    'pg_reload_conf()',
    'pg_rotate_logfile()',
    'pg_stat_reset()',
    "query_to_xml('delete from x', true, true, '')",
    "database_to_xml(true, true, '')",
    "ts_stat('delete from x')",
    "crosstab('select 1')",
    "http_get('http://x')",
    "cron.schedule('x', '* * * * *', 'delete from y')",
    "net.http_post('http://x')",
    'txid_current()',
  ])('T22 refuses to call %s', (call) => {
    expect(refusal(`select count(*) as value from x where ${call} is null`)).toContain('may not be called');
    expect(refusal(`select 1 as value from ${call} f`)).toContain('may not be called');
  });

  it.each([
    'pg_size_pretty(1)',
    "pg_relation_size('x')",
    'pg_typeof(1)',
    'pg_stat_get_live_tuples(1)',
    'length(a)',
    'lower(a)',
  ])('lets %s be called', (call) => {
    expect(refusal(`select 1 as value where ${call} is null`)).toBe('accepted');
  });

  it('tells the line of what it refuses', () => {
    expect(checkSql('select 1 as value\nfrom x\nwhere pg_sleep(1) is null')).toMatchObject({
      problems: [{ line: 3 }],
    });
    expect(checkSql("select 'žluť'\n  as value, from x")).toMatchObject({
      problems: [{ reason: 'syntax error at or near "from"', line: 2 }],
    });
    expect(checkSql("select 1 as value\nwhere 'open")).toMatchObject({
      problems: [{ reason: expect.stringContaining('unterminated'), line: 2 }],
    });
    expect(refusal('select 1 as value :from')).toBe('syntax error at or near ":from"');
    expect(refusal('select 1 as value :to')).toBe('syntax error at or near ":to"');
  });

  it('T22 is bounded: too long, too deep, no text', () => {
    expect(refusal(`select 1 as value -- ${'x'.repeat(100_000)}`)).toContain('more than 100000 characters');
    expect(refusal(`select ${'not '.repeat(8_000)} true as value`)).toMatch(
      /nested too deeply|memory exhausted/,
    );
    expect(refusal(`select 1${' + 1'.repeat(10_000)} as value`)).toContain('nested too deeply');
    expect(refusal('select 1 as value\0; drop table x')).toContain('no text');
    expect(refusal('select \ud800 as value')).toContain('no text');
    expect(refusal(`select '${'x'.repeat(9_000)}`).length).toBeLessThan(300);
  });
});

describe('checkSql: columns', () => {
  it('T22 names two columns that are named alike', () => {
    expect(refusal('select 1 as value, 2 as value')).toBe('two columns are named value');
    expect(refusal('select a.value, b.value from a, b')).toBe('two columns are named value');
    expect(refusal('select 1 as value, 2, 3')).toBe('two columns have no name');
  });

  it('names a missing value, and what there is instead', () => {
    expect(refusal('select count(*) from x')).toBe('there is no column value; it gives count');
    expect(refusal('select 1 as "Value"')).toBe('there is no column value, but "Value"');
    expect(refusal('select from x')).toBe('there is no column value');
  });

  it('cannot tell the columns of *', () => {
    expect(checked('select * from marts.daily').columns).toBeNull();
  });

  it('checks other columns for SQL of another kind', () => {
    expect(checkSql('select device as dim, 1 as weight from x', { columns: [] })).toHaveProperty('ok');
    expect(checkSql('select 1 as value', { columns: ['value', 'dim'] })).toMatchObject({
      problems: [{ reason: 'there is no column dim; it gives value' }],
    });
  });
});

describe('checkSql: tables', () => {
  it.each([
    [
      'select count(*) as value from marts.orders o join marts."Sessions" s using (id)',
      ['marts.orders', 'marts.sessions'],
    ],
    ['select 1 as value', []],
    ['select (select max(a) from y) as value from x where exists (select from z)', ['x', 'y', 'z']],
    ['select count(*) as value from x, lateral (select from y) l', ['x', 'y']],
    ['select 1 as value from x union all select 2 from y', ['x', 'y']],
    ['with a as (select * from marts.x) select count(*) as value from a', ['marts.x']],
    ['with a as (select 1), b as (select * from a) select count(*) as value from b, c', ['c']],
    // a name of a WITH is no table after it, and a table before it
    ['with x as (select * from x) select count(*) as value from x', ['x']],
    ['with b as (select * from a), a as (select 1) select count(*) as value from b', ['a']],
    [
      'with recursive r as (select 1 n union all select n + 1 from r where n < 5) select sum(n) as value from r',
      [],
    ],
    ['select (with a as (select 1 n) select n from a) as value from a', ['a']],
    ['with a as (select 1) select count(*) as value from marts.a', ['marts.a']],
    ['select count(*) as value from generate_series(1, 3), marts.x tablesample system (1)', ['marts.x']],
  ])('of %s', (sql, tables) => {
    expect(checked(sql).tables).toEqual(tables);
  });
});
