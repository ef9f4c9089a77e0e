import type { MiddlewareHandler } from 'hono';
import type { Deps } from '../deps.ts';
import { checkAccess, type Access } from './access.ts';
import { remoteAddressOf, type AppContext, type AppEnv } from './env.ts';
import type { Problem } from './problem.ts';
import { createRateLimiter, RATES, tooManyRequests } from './rate-limit.ts';

/** How a refusal is said: as a page, or as a problem. */
export type Refuse = (c: AppContext, problem: Problem) => Response | Promise<Response>;

/** Lets through who may see pages and pictures, at a pace; leaves why as `access`. */
export function createGate(deps: Deps, refuse: Refuse): MiddlewareHandler<AppEnv> {
  const readers = createRateLimiter(RATES.pages);
  const strangers = createRateLimiter(RATES.refused);
  return async (c, next) => {
    const check = await checkAccess(c, deps);
    const address = remoteAddressOf(c);
    const waitMs = check.ok ? readers.take(readerOf(check.access, address)) : strangers.take(address);
    if (waitMs > 0) return tooManyRequests(waitMs);
    if (!check.ok) return refuse(c, check.problem);
    c.set('access', check.access);
    await next();
    return undefined;
  };
}

function readerOf(access: Access, address: string): string {
  if (access.kind === 'token') return `token ${access.token.name}`;
  if (access.kind !== 'session') return address;
  const { signedIn } = access;
  return signedIn.kind === 'person' ? signedIn.person.email : `token ${signedIn.token.name}`;
}
