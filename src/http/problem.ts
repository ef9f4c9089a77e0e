import { STATUS_CODES } from 'node:http';
import { HTTPException } from 'hono/http-exception';
import { toDatabaseError } from '../db/index.ts';
import {
  ConflictError,
  HeartbeatError,
  InputError,
  LockedError,
  NotFoundError,
  RefusedError,
  UnavailableError,
} from '../errors.ts';

/** What went wrong, as RFC 9457 writes it; `code` is stable, members after it say more. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  [more: string]: unknown;
};

export const PROBLEM_TYPE = 'application/problem+json';

/** Codes whose status says more than that of their class. */
const STATUS_BY_CODE: Readonly<Record<string, number>> = {
  too_many_requests: 429,
  too_many_commands: 429,
  not_authenticated: 401,
  version_outdated: 412,
  idempotency_key_reused: 422,
};

/** Every class of src/errors.ts; a class that is missing here fails a test. */
const STATUS_BY_CLASS = [
  [InputError, 400],
  [NotFoundError, 404],
  [RefusedError, 403],
  [ConflictError, 409],
  [LockedError, 423],
  [UnavailableError, 503],
] as const;

/** What Hono itself refuses. */
const HONO_PROBLEMS: Readonly<Record<number, { code: string; detail: string }>> = {
  400: { code: 'body_unreadable', detail: 'The body is not JSON. Send one JSON object.' },
  415: {
    code: 'content_type_unsupported',
    detail: 'The body must be JSON, sent with "Content-Type: application/json".',
  },
  504: { code: 'too_slow', detail: 'The answer took too long to make. Try again in a minute.' },
};

const INTERNAL = {
  code: 'internal_error',
  detail: 'Something went wrong inside Heartbeat. It is in its log under the request id of this answer.',
};

/** Gives the problem of any error; one that is not coded tells nothing of its insides. */
export function toProblem(error: unknown): Problem {
  const known = toDatabaseError(error);
  if (known instanceof HeartbeatError) {
    return createProblem(statusOf(known), {
      code: known.code,
      detail: known.message,
      ...(Object.keys(known.details).length > 0 ? { details: known.details } : {}),
    });
  }
  if (known instanceof HTTPException)
    return createProblem(known.status, HONO_PROBLEMS[known.status] ?? INTERNAL);
  return createProblem(500, INTERNAL);
}

/** Makes a problem of a status, a stable code and a sentence; other members are kept as they are. */
export function createProblem(
  status: number,
  { code, detail, ...more }: { code: string; detail: string; [more: string]: unknown },
): Problem {
  const title = STATUS_CODES[status] ?? 'Error';
  return { type: `urn:heartbeat:problem:${code}`, title, status, detail, code, ...more };
}

/** Gives a problem as the answer to a request. */
export function problemResponse(problem: Problem, headers: Record<string, string> = {}): Response {
  return Response.json(problem, {
    status: problem.status,
    headers: { ...headers, 'content-type': PROBLEM_TYPE, 'cache-control': 'no-store' },
  });
}

function statusOf(error: HeartbeatError): number {
  const byClass = STATUS_BY_CLASS.find(([errorClass]) => error instanceof errorClass)?.[1];
  return STATUS_BY_CODE[error.code] ?? byClass ?? 500;
}
