import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isConnectionFault, strikeConnection } from '../faults.ts';
import { RateLimited, SlackFailure } from './failure.ts';
import { textOf, type Json } from './json.ts';
import { takeUpload } from './methods/files.ts';
import { findMethod } from './methods/index.ts';
import type { Method } from './methods/types.ts';
import { readBody, readParams } from './params.ts';
import { respondAt } from './response-urls.ts';
import type { CallView, FaultKind } from './types.ts';
import type { World } from './world.ts';

/** Serves a world over HTTP as Slack does: methods, uploads, response URLs. */
export async function serve(world: World, port: number): Promise<Server> {
  const server = createServer((request, response) => {
    answer(world, request, response).catch((error: unknown) => {
      if (!response.headersSent) reply(response, { status: 500, body: { ok: false, error: String(error) } });
    });
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', resolve);
  await promise;
  return server;
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [, area = '', name = ''] = /^\/(api|upload|response)\/([\w.-]+)$/.exec(request.url ?? '') ?? [];
  const body = await readBody(request);
  if (area === 'api')
    return answerCall(world, { name, params: readParams(request, body), request, response });
  if (area === 'upload') return answerUpload(world, { id: name, bytes: body, response });
  if (area === 'response')
    return answerResponse(world, { id: name, params: readParams(request, body), response });
  reply(response, { status: 404, body: { ok: false, error: 'unknown_path' } });
}

type Call = { name: string; params: Json; request: IncomingMessage; response: ServerResponse };

async function answerCall(world: World, call: Call): Promise<void> {
  const { name, params, response } = call;
  const entry = logCall(world, name, params);
  const fault = world.faults.take(name, entry.channel);
  if (fault !== undefined && (await strikeBefore(fault, entry, response))) return;
  try {
    const method = findMethod(name);
    if (method === undefined) throw new SlackFailure('unknown_method', { req_method: name });
    admit(world, method, call);
    if (method.isPaced) world.rates.count(entry.channel ?? '');
    const result = await method.run(world, params);
    entry.ok = true;
    if (fault === 'cut_after_accept') {
      entry.error = fault;
      response.socket?.destroy();
    } else reply(response, { status: 200, body: { ok: true, ...result } });
  } catch (error) {
    refuse(entry, error, response);
  } finally {
    world.changes.emit();
  }
}

/** Checks who calls, and whether the app may. */
function admit(world: World, method: Method, { name, params, request }: Call): void {
  const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
  const token = bearer ?? textOf(params, 'token');
  if (token === undefined) throw new SlackFailure('not_authed');
  const wanted = name === 'apps.connections.open' ? world.appToken : world.token;
  if (token !== wanted) throw new SlackFailure('invalid_auth');
  if (world.refusedWith !== null) throw new SlackFailure(world.refusedWith);
  const { scopes } = world;
  if (scopes !== null && method.scopes.length > 0 && !method.scopes.some((scope) => scopes.has(scope)))
    throw new SlackFailure('missing_scope', {
      needed: method.scopes.join(','),
      provided: [...scopes].join(','),
    });
}

type Entry = { -readonly [Key in keyof CallView]: CallView[Key] };

function logCall(world: World, method: string, params: Json): Entry {
  const channel = textOf(params, 'channel') ?? textOf(params, 'channel_id') ?? null;
  const entry: Entry = { at: world.now(), method, channel, params, ok: null, error: null };
  world.calls.push(entry);
  world.changes.emit();
  return entry;
}

/** Gives true when the fault leaves nothing more to do. */
async function strikeBefore(fault: FaultKind, entry: Entry, response: ServerResponse): Promise<boolean> {
  if (isConnectionFault(fault)) return strikeConnection(fault, entry, response);
  if ('error' in fault) {
    refuse(entry, new SlackFailure(fault.error), response);
    return true;
  }
  entry.ok = false;
  entry.error = String(fault.status);
  if (fault.retryAfter !== undefined) response.setHeader('retry-after', fault.retryAfter);
  response.writeHead(fault.status, { 'content-type': 'text/html' }).end(fault.body ?? '');
  return true;
}

function refuse(entry: Entry, error: unknown, response: ServerResponse): void {
  entry.ok = false;
  entry.error = error instanceof Error ? error.message : String(error);
  if (error instanceof RateLimited) {
    response.setHeader('retry-after', error.retryAfterSeconds);
    return reply(response, { status: 429, body: { ok: false, error: 'ratelimited' } });
  }
  const extra = error instanceof SlackFailure ? error.extra : {};
  const code = error instanceof SlackFailure ? error.message : 'internal_error';
  reply(response, { status: 200, body: { ok: false, error: code, ...extra } });
}

type Reply = { status: number; body: Json | string };

function reply(response: ServerResponse, { status, body }: Reply): void {
  const isText = typeof body === 'string';
  response.writeHead(status, { 'content-type': isText ? 'text/plain' : 'application/json' });
  response.end(isText ? body : JSON.stringify(body));
}

async function answerUpload(
  world: World,
  { id, bytes, response }: { id: string; bytes: Buffer; response: ServerResponse },
): Promise<void> {
  const entry = logCall(world, 'upload', { id, bytes: bytes.length });
  const fault = world.faults.take('upload', null);
  if (fault !== undefined && (await strikeBefore(fault, entry, response))) return;
  entry.ok = takeUpload(world, id, bytes);
  reply(
    response,
    entry.ok ? { status: 200, body: `OK - ${bytes.length}` } : { status: 404, body: 'not found' },
  );
}

async function answerResponse(
  world: World,
  { id, params, response }: { id: string; params: Json; response: ServerResponse },
): Promise<void> {
  const entry = logCall(world, 'response_url', params);
  const fault = world.faults.take('response_url', null);
  if (fault !== undefined && (await strikeBefore(fault, entry, response))) return;
  try {
    respondAt(world, id, params);
    entry.ok = true;
    reply(response, { status: 200, body: 'ok' });
  } catch (error) {
    entry.ok = false;
    entry.error = error instanceof Error ? error.message : String(error);
    reply(response, { status: 404, body: { ok: false, error: entry.error } });
  }
}
