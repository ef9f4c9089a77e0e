import { createServer, type Server, type ServerResponse } from 'node:http';
import { getRequestListener, type HttpBindings } from '@hono/node-server';
import type { Deps } from '../deps.ts';
import { UnavailableError } from '../errors.ts';
import { SECOND } from '../lib/time.ts';
import { createApp } from './app.ts';
import { createFigures } from './figures.ts';
import type { PlaygroundRoutes } from './playground.ts';
import type { MailHook } from './mail-pages.ts';
import type { LoopStats, ReadyOptions } from './ready.ts';
import type { SlackHook } from './slack-hook.ts';
import type { TelegramHook } from './telegram-hook.ts';

const HEADERS_MS = 10 * SECOND;
const REQUEST_MS = 30 * SECOND;
const KEEP_ALIVE_MS = 65 * SECOND;
/** How long requests under way may go on when the server closes. */
const CLOSE_MS = 3 * SECOND;

export type HttpServerOptions = {
  deps: Deps;
  /** figures of the loops of this process, for /metrics and /readyz */
  stats?: LoopStats;
  /** how the other parts of the program are, for /readyz: what receives from Telegram, and so on */
  parts?: ReadyOptions['parts'];
  /** takes updates at `POST /telegram`; without it there is no such route */
  telegram?: TelegramHook | null;
  /** takes requests at `POST /slack/events`; without it there is no such route */
  slack?: SlackHook | null;
  /** acts for who confirms a link of a mail, at `/mail/…`; without it there is no such route */
  mail?: MailHook | null;
  /** the chat in the browser at `/play`; without it there is no such route */
  playground?: PlaygroundRoutes | null;
};

export interface HttpServer {
  /** Begins to listen on HOST and PORT; port 0 takes a free one. Throws UnavailableError `address_taken`. */
  listen(): Promise<{ host: string; port: number }>;
  /** Ends: takes no more requests, lets those under way finish for a few seconds, cuts streams. */
  close(): Promise<void>;
}

/** Makes the web server: API, health, pictures, site, and what is mounted beside them. */
export function createHttpServer(options: HttpServerOptions): HttpServer {
  const { deps, stats, parts, telegram = null, slack = null, mail = null, playground = null } = options;
  const { host, port } = deps.config.http;
  const figures = createFigures(deps, stats);
  const app = createApp({ deps, stats, parts, figures, telegram, slack, mail, playground });
  const streams = new Set<ServerResponse>();
  const answer = async (request: Request, bindings: HttpBindings): Promise<Response> => {
    const response = await app.fetch(request, bindings);
    if (isStream(response)) keepUntilClosed(streams, bindings.outgoing);
    return response;
  };
  const listener = getRequestListener((request, bindings) => answer(request, bindings as HttpBindings), {
    overrideGlobalObjects: false,
  });
  const server = createServer({
    headersTimeout: HEADERS_MS,
    requestTimeout: REQUEST_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
  });
  server.on('request', (request, response) => {
    if (closing) response.setHeader('connection', 'close');
    void listener(request, response);
  });
  let closing = false;
  return {
    listen: () => listenOn(server, { host, port }),
    async close() {
      closing = true;
      figures.close();
      await closeServer(server, streams);
    },
  };
}

function listenOn(
  server: Server,
  { host, port }: { host: string; port: number },
): Promise<{ host: string; port: number }> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => reject(toListenError(error, `${host}:${port}`));
    server.once('error', onError);
    server.listen(port, host, () => {
      server.off('error', onError);
      const address = server.address();
      resolve({ host, port: typeof address === 'object' && address !== null ? address.port : port });
    });
  });
}

function toListenError(error: NodeJS.ErrnoException, address: string): unknown {
  const reason =
    error.code === 'EADDRINUSE'
      ? 'another program listens there. Stop it, or set PORT to another number'
      : `${error.code ?? error.message}. Set HOST and PORT to an address of this machine that may be used`;
  return new UnavailableError('address_taken', `Heartbeat cannot listen on ${address}: ${reason}.`, {
    details: { address },
    cause: error,
  });
}

/** Closing ends idle connections; streams never end by themselves and are cut; the rest gets its time. */
async function closeServer(server: Server, streams: ReadonlySet<ServerResponse>): Promise<void> {
  if (!server.listening) return;
  const ended = new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
  for (const response of streams) response.destroy();
  const timer = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
  await ended;
  clearTimeout(timer);
}

function isStream({ headers }: Response): boolean {
  return (headers.get('content-type') ?? '').startsWith('text/event-stream');
}

function keepUntilClosed(streams: Set<ServerResponse>, response: ServerResponse): void {
  streams.add(response);
  response.on('close', () => streams.delete(response));
}
