import { describe, expect, it } from 'vitest';
import { checkSources, checkSqlOf } from '../../src/marts/check-sources.ts';

const reasons = (tables: string[], sources: string[]) =>
  checkSources({ tables }, sources).map(({ reason }) => reason);

describe('checkSources', () => {
  it('says nothing when the lists agree, whatever their case and quotes', () => {
    expect(reasons(['marts.orders', 'marts.sessions'], ['Marts.Orders', ' marts."sessions" '])).toEqual([]);
  });

  it('lets a name without a schema stand for a table of any', () => {
    expect(reasons(['orders'], ['marts.orders'])).toEqual([]);
    expect(reasons(['marts.orders'], ['orders'])).toEqual([]);
    expect(reasons(['marts.orders'], ['other.orders'])).toHaveLength(2);
  });

  it('names what is read and not listed, and what is listed and not read', () => {
    expect(reasons(['marts.orders', 'marts.refunds'], ['marts.orders', 'marts.sessions'])).toEqual([
      'the SQL reads marts.refunds, which sources does not list',
      'sources lists marts.sessions, which the SQL does not read',
    ]);
  });
});

describe('checkSqlOf a file', () => {
  it('gives problems as errors and sources as warnings', () => {
    expect(checkSqlOf({ kind: 'metric', sql: 'select 1', sources: [] })).toMatchObject([
      { severity: 'error' },
    ]);
    expect(checkSqlOf({ kind: 'metric', sql: 'select 1 as value', sources: ['a.b'] })).toMatchObject([
      { severity: 'warning' },
    ]);
    expect(
      checkSqlOf({ kind: 'metric', sql: 'select count(*) as value from a.b', sources: ['a.b'] }),
    ).toEqual([]);
  });

  it('asks no value and no sources of a cut', () => {
    expect(
      checkSqlOf({ kind: 'cut', sql: 'select device as dim, 1 as weight from a.b', sources: null }),
    ).toEqual([]);
    expect(checkSqlOf({ kind: 'cut', sql: 'delete from a.b', sources: null })).toMatchObject([
      { severity: 'error', line: 1 },
    ]);
  });
});
