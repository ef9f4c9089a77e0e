import { HTTPException } from 'hono/http-exception';
import { describe, expect, it } from 'vitest';
import * as errors from '../../src/errors.ts';
import { createProblem, problemResponse, toProblem } from '../../src/http/problem.ts';

const STATUS: Record<string, number> = {
  HeartbeatError: 500,
  InputError: 400,
  NotFoundError: 404,
  RefusedError: 403,
  ConflictError: 409,
  LockedError: 423,
  UnavailableError: 503,
};

describe('toProblem', () => {
  it.each(Object.entries(errors))(
    'gives %s a status of its own, its code and its sentence',
    (name, ErrorClass) => {
      const problem = toProblem(
        new ErrorClass('some_code', 'What happened. What to do.', { details: { line: 3 } }),
      );
      expect(STATUS[name], `src/errors.ts has ${name}, and toProblem does not know it`).toBeDefined();
      expect(problem).toEqual({
        type: 'urn:heartbeat:problem:some_code',
        title: expect.any(String),
        status: STATUS[name],
        detail: 'What happened. What to do.',
        code: 'some_code',
        details: { line: 3 },
      });
    },
  );

  it('lets a code say more than its class', () => {
    expect(toProblem(new errors.RefusedError('too_many_commands', 'Wait.')).status).toBe(429);
    expect(toProblem(new errors.ConflictError('idempotency_key_reused', 'New key.')).status).toBe(422);
  });

  it('tells nothing of the insides of an error that is not coded', () => {
    const problem = toProblem(new Error('password=hunter2 at /srv/heartbeat/db.ts'));
    expect(problem.status).toBe(500);
    expect(problem.code).toBe('internal_error');
    expect(JSON.stringify(problem)).not.toMatch(/hunter2|srv/);
    expect(toProblem('a string').status).toBe(500);
    expect(toProblem(undefined).status).toBe(500);
  });

  it('says that the database is away as 503, whatever the driver calls it', () => {
    const cut = Object.assign(new Error('connect ECONNREFUSED 10.0.0.1:5432'), { code: 'ECONNREFUSED' });
    expect(toProblem(cut)).toMatchObject({ status: 503, code: 'database_unavailable' });
  });

  it.each([
    [400, 'body_unreadable'],
    [415, 'content_type_unsupported'],
    [504, 'too_slow'],
    [418, 'internal_error'],
  ] as const)('names what Hono refuses with %d', (status, code) => {
    expect(toProblem(new HTTPException(status, { message: 'inside' }))).toMatchObject({ status, code });
  });
});

describe('problemResponse', () => {
  it('is application/problem+json that nobody keeps', async () => {
    const response = problemResponse(
      createProblem(404, { code: 'gone', detail: 'Look elsewhere.', near: 'x' }),
      { 'retry-after': '3' },
    );
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('retry-after')).toBe('3');
    expect(await response.json()).toEqual({
      type: 'urn:heartbeat:problem:gone',
      title: 'Not Found',
      status: 404,
      detail: 'Look elsewhere.',
      code: 'gone',
      near: 'x',
    });
  });
});
