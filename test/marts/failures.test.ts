import { describe, expect, it } from 'vitest';
import { describeFailure, maskMessage, toEngineFailure } from '../../src/marts/failures.ts';

const run = {
  text: 'select * from (select 1\nfrom x\nwhere y\n) q',
  prefix: 'select * from (',
  timeoutMs: 10_000,
};
const say = (error: unknown) => describeFailure(toEngineFailure(error), run);

describe('toEngineFailure', () => {
  it.each([
    ['57014', 'timeout'],
    ['42703', 'sql'],
    ['22012', 'sql'],
    ['25006', 'sql'],
    ['53100', 'sql'],
    ['08006', 'connection'],
    ['28P01', 'connection'],
    ['3D000', 'connection'],
    ['57P01', 'connection'],
    ['57P03', 'connection'],
    ['53300', 'connection'],
    ['ECONNREFUSED', 'connection'],
    [undefined, 'connection'],
  ])('%s is a fault of kind %s', (code, fault) => {
    expect(toEngineFailure({ code, message: 'x' }).fault).toBe(fault);
  });

  it('takes anything that was thrown', () => {
    expect(toEngineFailure('boom')).toMatchObject({ fault: 'connection', message: 'boom', code: null });
    expect(toEngineFailure(null)).toMatchObject({ fault: 'connection' });
  });
});

describe('describeFailure', () => {
  it("names the line of the metric's own SQL and what PostgreSQL calls it", () => {
    const position = String(run.text.indexOf('y') + 1);
    expect(say({ code: '42703', message: 'column "y" does not exist', position })).toBe(
      'line 3: column "y" does not exist (42703)',
    );
    expect(say({ code: '42703', message: 'column "y" does not exist', position: '3' })).toBe(
      'column "y" does not exist (42703)',
    );
  });

  it('adds what PostgreSQL proposes for a wrong name', () => {
    const hint = 'Perhaps you meant to reference the column "x.z".';
    expect(say({ code: '42703', message: 'column "y" does not exist', hint })).toContain(hint);
  });

  it('says how long a query may take', () => {
    expect(say({ code: '57014', message: 'canceling statement due to statement timeout' })).toBe(
      'the SQL took longer than 10 s and was stopped',
    );
  });

  it.each([
    [{ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 10.1.2.3:5432' }, 'ECONNREFUSED'],
    [{ code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND db.secret.example' }, 'ENOTFOUND'],
    [
      { code: '28P01', message: 'password authentication failed for user "bob"' },
      'it refused the login (28P01)',
    ],
    [
      { code: '3D000', message: 'database "secret" does not exist' },
      'it has no database of that name (3D000)',
    ],
    [{ code: '53300', message: 'too many connections' }, 'it has no free connections (53300)'],
    [{ code: '57P01', message: 'terminating connection' }, 'it is shutting down or starting (57P01)'],
    [{ message: 'Connection terminated due to connection timeout' }, 'it took too long to connect'],
    [{ message: 'Connection terminated unexpectedly postgres://a:pw@h' }, 'the connection was lost'],
  ])('says of the connection only what is no secret: %j', (error, reason) => {
    expect(say(error)).toBe(`the warehouse does not answer: ${reason}`);
  });
});

describe('maskMessage', () => {
  it.each([
    [
      '22P02',
      'invalid input syntax for type integer: "ann@shop.test"',
      'invalid input syntax for type integer: "…"',
    ],
    [
      '22003',
      'value "99999999999" is out of range for type integer',
      'value "…" is out of range for type integer',
    ],
    ['22008', "date/time field value out of range: '31/31/2026'", 'date/time field value out of range: "…"'],
    ['22001', 'zu langer Wert «Ann» für „x“', 'zu langer Wert "…" für "…"'],
    ['23505', 'duplicate 4111111111111111', 'duplicate …'],
    ['22012', 'division by zero', 'division by zero'],
    ['P0001', 'order of Ann failed', 'a function of the warehouse raised an error'],
    ['42P01', 'relation "marts.orders" does not exist', 'relation "marts.orders" does not exist'],
    [
      '25006',
      'cannot execute INSERT in a read-only transaction',
      'cannot execute INSERT in a read-only transaction',
    ],
  ])('%s: %s', (code, message, masked) => {
    expect(maskMessage({ code, message, hint: null })).toBe(masked);
  });
});
