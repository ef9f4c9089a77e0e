import { expect, it } from 'vitest';
import { createStatementNames } from '../../src/db/statement-names.ts';

it('names each statement once, and the same each time', () => {
  const name = createStatementNames();
  const first = name({ sql: 'select id from a where b = $1' });
  expect(first).toMatch(/^heartbeat_\d+$/);
  expect(name({ sql: 'select id from a where b = $2' })).not.toBe(first);
  expect(name({ sql: 'select id from a where b = $1' })).toBe(first);
});

it.each([
  'select * from a',
  'with a as (select * from b) select a.*, c from a',
  'insert into a values ($1) returning *',
])('gives none to a statement whose columns a migration may change: %s', (sql) => {
  expect(createStatementNames()({ sql })).toBe('');
});

it('remembers so many, and names no more', () => {
  const name = createStatementNames();
  const names = Array.from({ length: 3000 }, (_, n) => name({ sql: `select ${n}` }));
  expect(new Set(names).size).toBe(2001);
  expect(names.at(-1)).toBe('');
});
