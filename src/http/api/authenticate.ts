import type { MiddlewareHandler } from 'hono';
import type { Deps } from '../../deps.ts';
import { createApiCaller, findApiToken } from '../../people/index.ts';
import { bearerOf } from '../access.ts';
import { remoteAddressOf, type AppEnv } from '../env.ts';
import { createProblem, problemResponse } from '../problem.ts';
import { createRateLimiter, RATES, tooManyRequests } from '../rate-limit.ts';

const CHALLENGE = { 'www-authenticate': 'Bearer realm="heartbeat"' };

/** Lets through who brings a token, at a pace, as the caller behind it. */
export function authenticate(deps: Deps): MiddlewareHandler<AppEnv> {
  const callers = createRateLimiter(RATES.api);
  const strangers = createRateLimiter(RATES.refused);
  return async (c, next) => {
    const { apiTokens } = deps.config;
    const bearer = bearerOf(c);
    const token = bearer === undefined ? undefined : findApiToken(apiTokens, bearer);
    const waitMs = token ? callers.take(token.name) : strangers.take(remoteAddressOf(c));
    if (waitMs > 0) return tooManyRequests(waitMs);
    if (!token) return problemResponse(refusal(apiTokens.length > 0, bearer !== undefined), CHALLENGE);
    const { workspace } = deps.registry.current();
    c.set('caller', createApiCaller(token, { workspace, requestId: c.get('requestId') }));
    await next();
    return undefined;
  };
}

function refusal(hasTokens: boolean, isPresented: boolean) {
  const detail = hasTokens
    ? `${isPresented ? 'This token is not known.' : 'A token is missing.'} Send "Authorization: Bearer <token>" with one of API_TOKENS.`
    : 'The API is closed: no API_TOKENS are set. Set API_TOKENS=name:token and start again.';
  return createProblem(401, { code: 'not_authenticated', detail });
}
