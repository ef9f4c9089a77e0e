import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Logger } from 'pino';
import type { AppEnv } from './env.ts';

const REQUEST_ID = 'x-request-id';
const ACCEPTED_ID = /^[\w.:-]{1,64}$/;
/** What machines ask for all the time. */
const QUIET = /^\/(healthz|readyz|metrics|play)(\/|$)/;

export type RequestFacts = { method: string; route: string; status: number; durationMs: number };

/**
 * Gives every request an id (the caller's own, when it is a short word), logs it, and counts it. The log has the path alone:
 * signatures, tickets and what people search for stand in the query.
 */
export function requestLog(log: Logger, onRequest: (facts: RequestFacts) => void): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const startedAt = performance.now();
    const given = c.req.header(REQUEST_ID) ?? '';
    const requestId = ACCEPTED_ID.test(given) ? given : randomUUID();
    const requestLogger = log.child({ request: requestId });
    c.set('requestId', requestId);
    c.set('log', requestLogger);
    await next();
    c.header(REQUEST_ID, requestId);
    const { method, path } = c.req;
    const { status } = c.res;
    const durationMs = performance.now() - startedAt;
    onRequest({ method, route: routePath(c, -1), status, durationMs });
    const facts = { method, path: maskPath(path), status, ms: Math.round(durationMs) };
    if (status >= 500) requestLogger.warn(facts, 'request');
    else if (QUIET.test(path)) requestLogger.debug(facts, 'request');
    else requestLogger.info(facts, 'request');
  };
}

/** A Bot API's paths hold the bot's token. */
function maskPath(path: string): string {
  return path.replaceAll(/bot\d+:[\w-]+/g, 'bot…');
}
