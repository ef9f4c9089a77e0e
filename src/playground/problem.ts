import type { Logger } from 'pino';
import { HeartbeatError, NotFoundError, RefusedError } from '../errors.ts';

/** Gives any error as an answer (RFC 9457); one that is not coded goes to the log and tells nothing of its insides. */
export function toProblemResponse(error: unknown, log: Logger): Response {
  if (!(error instanceof HeartbeatError)) {
    log.error({ err: error }, 'the playground could not answer');
    return problem(500, { code: 'internal_error', detail: 'Something went wrong. The log says what.' });
  }
  return problem(statusOf(error), { code: error.code, detail: error.message });
}

function statusOf(error: HeartbeatError): number {
  if (error instanceof NotFoundError) return 404;
  return error instanceof RefusedError ? 403 : 400;
}

function problem(status: number, { code, detail }: { code: string; detail: string }): Response {
  return Response.json(
    { type: `urn:heartbeat:problem:${code}`, status, code, detail },
    { status, headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' } },
  );
}
