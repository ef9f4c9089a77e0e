import type { Hono } from 'hono';
import type { Deps } from '../deps.ts';
import { isKnownHost, isLoopback, unknownHost } from './access.ts';
import type { AppContext, AppEnv } from './env.ts';
import { createGate, type Refuse } from './gate.ts';
import { problemResponse } from './problem.ts';

/** The chat in the browser. */
export type PlaygroundRoutes = {
  /** the page as HTML, when `routes` does not answer `/play` itself */
  page(): string | Promise<string>;
  /** answers `/play/…`, refusing what pages of other sites send; undefined for what it does not know */
  routes(request: Request): Promise<Response | undefined>;
};

/** The page brings its own script and style. */
const PAGE_CSP = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Mounts the playground at `/play`. Whoever opens it speaks for its people, so that it is open on a loopback address alone;
 * on any other the gate stands before it.
 */
export function addPlayground(
  app: Hono<AppEnv>,
  deps: Deps,
  { playground, refuse }: { playground: PlaygroundRoutes; refuse: Refuse },
): void {
  if (!isLoopback(deps.config.http.host)) {
    const gate = createGate(deps, refuse);
    app.use('/play', gate);
    app.use('/play/*', gate);
  }
  const answer = async (c: AppContext): Promise<Response> => {
    if (isLoopback(deps.config.http.host) && !isKnownHost(c, deps)) return problemResponse(unknownHost(c));
    const response = await playground.routes(c.req.raw);
    if (response) return response;
    if (c.req.path !== '/play' || c.req.method !== 'GET') return c.notFound();
    return c.html(await playground.page(), 200, { 'content-security-policy': PAGE_CSP });
  };
  app.all('/play', answer);
  app.all('/play/*', answer);
}
