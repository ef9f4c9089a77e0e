import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import type { Logger } from 'pino';
import type { Caller } from '../people/index.ts';
import type { Access } from './access.ts';

/** What middleware leaves for handlers. */
export type AppEnv = {
  Bindings: Partial<HttpBindings>;
  Variables: { requestId: string; log: Logger; caller: Caller; access: Access };
};

export type AppContext = Context<AppEnv>;

/** The address a request came from: what is limited when nobody has signed in. */
export function remoteAddressOf(c: AppContext): string {
  return c.env?.incoming?.socket.remoteAddress ?? 'unknown';
}
