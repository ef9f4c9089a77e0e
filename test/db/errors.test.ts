import { describe, expect, it } from 'vitest';
import { isDatabaseUnavailable, isWriteConflict, toDatabaseError } from '../../src/db/index.ts';
import { reasonOf, unavailable } from '../../src/db/errors.ts';

const coded = (code: string, more: object = {}) =>
  Object.assign(new Error(`error ${code}`), { code, ...more });

describe('errors of the database', () => {
  it.each([
    'ECONNREFUSED',
    'ECONNRESET',
    'ENOENT',
    '57P01',
    '57P03',
    '08006',
    '53300',
    '53100',
    'P1001',
    'P2024',
    'P2028',
  ])('%s means that it does not answer', (code) => {
    expect(isDatabaseUnavailable(coded(code))).toBe(true);
    expect(toDatabaseError(coded(code))).toMatchObject({
      name: 'UnavailableError',
      code: 'database_unavailable',
    });
  });

  it.each(['23505', '42P01', '22P02', 'P2002', 'P2025', 'P2034'])('%s is passed on as it is', (code) => {
    const error = coded(code);
    expect(isDatabaseUnavailable(error)).toBe(false);
    expect(toDatabaseError(error)).toBe(error);
  });

  it.each([
    'Connection terminated unexpectedly',
    'timeout exceeded when trying to connect',
    'Query read timeout',
  ])('the driver saying "%s" means that it does not answer', (message) =>
    expect(isDatabaseUnavailable(new Error(message))).toBe(true),
  );

  it('are found under what Prisma wraps around them, and in errors of several addresses', () => {
    const driver = coded('57P01');
    expect(
      isDatabaseUnavailable(new Error('wrapped', { cause: new Error('again', { cause: driver }) })),
    ).toBe(true);
    expect(
      isDatabaseUnavailable(coded('P2010', { meta: { driverAdapterError: { cause: { code: '57P01' } } } })),
    ).toBe(true);
    expect(isDatabaseUnavailable(new AggregateError([coded('ECONNREFUSED')]))).toBe(true);
    expect(isDatabaseUnavailable(new AggregateError([coded('23505')]))).toBe(false);
  });

  it('tell a lost race from the rest', () => {
    expect(isWriteConflict(coded('P2034'))).toBe(true);
    expect(isWriteConflict(coded('40P01'))).toBe(true);
    expect(
      isWriteConflict(
        coded('P2010', { meta: { driverAdapterError: { cause: { kind: 'TransactionWriteConflict' } } } }),
      ),
    ).toBe(true);
    expect(isWriteConflict(coded('23505'))).toBe(false);
  });

  it('that are already ours, or no errors at all, stay what they are', () => {
    const ours = unavailable('it sleeps');
    expect(toDatabaseError(ours)).toBe(ours);
    expect(toDatabaseError('text')).toBe('text');
    expect(toDatabaseError(null)).toBeNull();
  });

  it('end in one sentence, without the picture of the code that Prisma puts before it', () => {
    expect(reasonOf(new Error('\nInvalid `prisma.x.y()` invocation in\nfile.ts:1\n\nCan not reach it'))).toBe(
      'Can not reach it',
    );
    expect(reasonOf(new AggregateError([new Error('refused')]))).toBe('refused');
    expect(reasonOf('text')).toBe('text');
  });
});
