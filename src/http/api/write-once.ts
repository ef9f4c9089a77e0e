import type { TypedResponse } from 'hono';
import type { Deps } from '../../deps.ts';
import { HeartbeatError, InputError } from '../../errors.ts';
import type { AppContext } from '../env.ts';
import { PROBLEM_TYPE, toProblem, type Problem } from '../problem.ts';
import { answerOnce, type StoredAnswer } from './idempotency.ts';
import type { AlertItem } from './schemas.ts';

/** To the routes' types: what is stored is either what the route says it answers, or a problem. */
export type Answered = Response & TypedResponse<AlertItem, 200, 'json'>;

/** A write as it was asked: its headers, and its body where it has one. */
export type Written = {
  headers: { 'If-Match'?: string | undefined; 'Idempotency-Key'?: string | undefined };
  body?: unknown;
};

/** Reads `If-Match`: a version, quoted or bare; null for none and for `*`. Throws InputError `if_match_unreadable`. */
export function readVersion(header: string | undefined): number | null {
  if (header === undefined || header.trim() === '*') return null;
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1];
  if (version !== undefined) return Number(version);
  throw new InputError('if_match_unreadable', 'If-Match must hold the version of the alert, such as "3".');
}

/** Does a write, or gives what it answered when it came with the same `Idempotency-Key` before. */
export async function writeOnce(
  c: AppContext,
  deps: Deps,
  { headers, body, work }: Written & { work: (version: number | null) => Promise<StoredAnswer> },
): Promise<Answered> {
  const version = readVersion(headers['If-Match']);
  const key = headers['Idempotency-Key'];
  if (key === undefined) return toResponse(await work(version));
  const request = JSON.stringify([c.req.method, c.req.path, version, body ?? null]);
  const asked = { actor: c.get('caller').actor, key, request };
  return toResponse(await answerOnce(deps, asked, () => work(version)));
}

/** Gives a problem as it is stored, so that a repeated request is refused alike. */
export function toStored(problem: Problem): StoredAnswer {
  return { status: problem.status, contentType: PROBLEM_TYPE, body: JSON.stringify(problem), etag: null };
}

/** Gives what work answers; an error that is the caller's is an answer too. Throws the others. */
export async function answerOrProblem(work: () => Promise<StoredAnswer>): Promise<StoredAnswer> {
  try {
    return await work();
  } catch (error) {
    const problem = toProblem(error);
    if (error instanceof HeartbeatError && problem.status < 500) return toStored(problem);
    throw error;
  }
}

function toResponse({
  status,
  contentType,
  body,
  etag,
  replayed,
}: StoredAnswer & { replayed?: boolean }): Answered {
  const headers = new Headers({ 'content-type': contentType, 'cache-control': 'no-store' });
  if (etag !== null) headers.set('etag', etag);
  if (replayed === true) headers.set('idempotency-replayed', 'true');
  return new Response(body, { status, headers }) as Answered;
}
