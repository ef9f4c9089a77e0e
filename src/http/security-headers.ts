import type { MiddlewareHandler } from 'hono';
import type { AppEnv } from './env.ts';

/** For answers that are no pages. A page says its own. */
const NOTHING_ALLOWED = "default-src 'none'; frame-ancestors 'none'";

/** Tells browsers to keep to what an answer says it is; an answer that has a header of its own keeps it. */
export function securityHeaders(): MiddlewareHandler<AppEnv> {
  const headers = {
    'content-security-policy': NOTHING_ALLOWED,
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'x-robots-tag': 'noindex',
  };
  return async (c, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) {
      if (!c.res.headers.has(name)) c.header(name, value);
    }
  };
}
