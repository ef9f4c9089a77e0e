import type { Hono } from 'hono';
import type { Deps } from '../deps.ts';
import { isKnownHost, isLoopback, unknownHost } from './access.ts';
import type { AppContext, AppEnv } from './env.ts';
import { createGate, type Refuse } from './gate.ts';
import { problemResponse } from './problem.ts';

/** The chat in the browser. */
export type PlaygroundRoutes = {
  /** answers `/play` and below, refusing what pages of other sites send; undefined for what it does not know */
  handle(request: Request): Promise<Response | undefined>;
};

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
    return (await playground.handle(c.req.raw)) ?? c.notFound();
  };
  app.all('/play', answer);
  app.all('/play/*', answer);
}
