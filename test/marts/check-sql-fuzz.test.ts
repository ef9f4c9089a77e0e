import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkSql } from '../../src/marts/check-sql.ts';
import { parseSql } from '../../src/marts/parse-sql.ts';

const PIECES = [
  'select',
  'with',
  'as',
  'from',
  'where',
  'into',
  'union all',
  'for update',
  'values',
  'returning *',
  'recursive',
  'insert into',
  'update',
  'delete from',
  'drop table',
  'copy',
  'do',
  'set',
  'begin',
  'commit',
  'call',
  'truncate',
  'value',
  '"value"',
  'as_of',
  'x',
  'marts.x',
  '*',
  '1',
  '(',
  ')',
  ',',
  ';',
  '=',
  '+',
  "'",
  "''",
  '"',
  '$$',
  '$a$',
  '$1',
  ':from',
  ':to',
  ':x',
  '::date',
  '--',
  '\n',
  '/*',
  '*/',
  "E'\\'",
  "U&'",
  '\\',
  '\0',
  'é',
  '🐎',
  '\ud800',
  'pg_sleep(1)',
  '1 as value',
  '(select 1 as value) q',
  "set_config('a', 'b', false)",
  'x as (delete from x returning *)',
];

/** Nodes of a tree that do more than read; `SelectStmt` is the only statement. */
const ACTS = /"(?!Select)\w+Stmt":|"intoClause"|"lockingClause"|"sval":"(pg_sleep|set_config)"/;

const text = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 25 }).map((pieces) => pieces.join(' ')),
  fc
    .array(fc.constantFrom(...PIECES), { maxLength: 12 })
    .map((pieces) => `select 1 as value ${pieces.join('')}`),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

const WRITES = [
  'insert into x values (1)',
  'update x set a = 1',
  'delete from x',
  'drop table x',
  "copy x to '/tmp/x'",
  'truncate x',
  'select pg_sleep(9) as value',
];
const NOISE = ['', ' ', '\n', '-- x\n', '/* select 1 as value */', '/* /* */ */', ';'];

describe('checkSql on anything', () => {
  it('T22 never throws, and accepts nothing that is not one reading SELECT', () => {
    let accepted = 0;
    const property = fc.property(text, (sql) => {
      const result = checkSql(sql);
      if ('problems' in result) return result.problems.length > 0;
      accepted += 1;
      const parsed = parseSql(result.ok.text);
      if ('refusal' in parsed || parsed.statements.length !== 1) return false;
      return !ACTS.test(JSON.stringify(parsed.statements[0]?.tree));
    });
    fc.assert(property, { numRuns: 5_000 });
    expect(accepted).toBeGreaterThan(100);
  });

  it('T22 refuses a write behind any comment, before or after a SELECT', () => {
    const noise = fc.array(fc.constantFrom(...NOISE), { maxLength: 4 }).map((parts) => parts.join(''));
    const property = fc.property(
      noise,
      fc.constantFrom(...WRITES),
      noise,
      fc.boolean(),
      (before, write, after, second) => {
        const sql = second
          ? `select 1 as value; ${before}${write}${after}`
          : `${before}${write}${after}; select 1 as value`;
        expect(checkSql(sql)).toHaveProperty('problems');
        expect(checkSql(`${before}${write}${after}`)).toHaveProperty('problems');
      },
    );
    fc.assert(property, { numRuns: 1_000 });
  });
});
