import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isConnectionFault, strikeConnection } from '../faults.ts';
import { ApiFailure } from './failure.ts';
import { findMethod, type KnownMethod } from './methods/index.ts';
import { createParams, readParams, type Params } from './params.ts';
import type { CallView, FaultKind } from './types.ts';
import type { Bot, World } from './world.ts';

const CALL_PATH = /^\/bot([^/]+)\/(?:test\/)?([A-Za-z]+)$/;
const FILE_PATH = /^\/file\/bot([^/]+)\/(.+)$/;

/** Serves a world over HTTP as the Bot API does. */
export async function serve(world: World, address: { host: string; port: number }): Promise<Server> {
  const server = createServer((request, response) => {
    answer(world, request, response).catch((error: unknown) => {
      if (!response.headersSent) reply(response, failureOf(error));
    });
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(address.port, address.host, resolve);
  await promise;
  server.off('error', reject);
  return server;
}

/** Gives the port a server listens on. */
export function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

async function answer(world: World, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const file = FILE_PATH.exec(path);
  if (file) return sendFile(world, { token: file[1] ?? '', path: file[2] ?? '' }, response);
  const [, token = '', name = ''] = CALL_PATH.exec(path) ?? [];
  if (token === '') throw new ApiFailure(404, 'Not Found');
  const bot = world.bots.get(decodeURIComponent(token));
  if (bot === undefined) throw new ApiFailure(401, 'Unauthorized');
  const params = await readParams(request, new URLSearchParams(query));
  const method = findMethod(name);
  const entry = logCall(world, { bot, method: method?.name ?? name, params });
  if (method === undefined) throw refuse(entry, new ApiFailure(404, 'Not Found: method not found'));
  const fault = world.faults.take(method.name, entry.chat);
  await runCall({ world, bot, params, method, entry, fault, response }).finally(() => tellCall(world, entry));
}

type Running = {
  world: World;
  bot: Bot;
  params: Params;
  method: KnownMethod;
  entry: MutableCall;
  fault: FaultKind | undefined;
  response: ServerResponse;
};

/** Tells listeners of a call: as it begins, and as it is settled. */
function tellCall(world: World, call: CallView): void {
  world.changes.emit(() => ({ kind: 'call', call }));
}

async function runCall({ world, bot, params, method, entry, fault, response }: Running): Promise<void> {
  if (fault !== undefined && (await strikeBefore(fault, entry, response))) return;
  try {
    if (method.isPaced) world.rates.count(bot.id, entry.chat ?? '');
    const onGone = (callback: () => void): void => void response.on('close', callback);
    const result = await method.run({ world, bot, params, onGone });
    entry.ok = true;
    if (fault === 'cut_after_accept') {
      entry.error = fault;
      response.socket?.destroy();
      return;
    }
    reply(response, { status: 200, body: { ok: true, result } });
  } catch (error) {
    throw refuse(entry, error);
  }
}

/** Gives true when the fault leaves nothing more to do. */
async function strikeBefore(
  fault: FaultKind,
  entry: MutableCall,
  response: ServerResponse,
): Promise<boolean> {
  if (isConnectionFault(fault)) return strikeConnection(fault, entry, response);
  const { status, description, parameters, body } = fault;
  if (body === undefined)
    throw refuse(entry, new ApiFailure(status, description ?? `Error ${status}`, parameters));
  entry.ok = false;
  entry.error = `${status}`;
  response.writeHead(status, { 'content-type': 'text/html' }).end(body);
  return true;
}

type MutableCall = { -readonly [Key in keyof CallView]: CallView[Key] };

function logCall(
  world: World,
  { bot, method, params }: { bot: Bot; method: string; params: Params },
): MutableCall {
  const files = Object.fromEntries(
    params.files.entries().map(([name, bytes]) => [name, `${bytes.length} bytes`]),
  );
  const entry: MutableCall = {
    at: world.now(),
    bot: bot.id,
    method,
    chat: params.has('chat_id') ? params.text('chat_id') : null,
    params: params.files.size === 0 ? params.raw : { ...params.raw, ...files },
    ok: null,
    error: null,
  };
  world.calls.add(entry);
  tellCall(world, entry);
  return entry;
}

function refuse(entry: MutableCall, error: unknown): unknown {
  entry.ok = false;
  entry.error = error instanceof Error ? error.message : String(error);
  return error;
}

type Reply = { status: number; body: object; retryAfter?: number | undefined };

function failureOf(error: unknown): Reply {
  const failure =
    error instanceof ApiFailure
      ? error
      : new ApiFailure(500, `Internal Server Error: ${error instanceof Error ? error.message : 'unknown'}`);
  const { code, message, parameters } = failure;
  return {
    status: code,
    body: { ok: false, error_code: code, description: message, ...(parameters ? { parameters } : {}) },
    retryAfter: parameters?.retry_after,
  };
}

function reply(response: ServerResponse, { status, body, retryAfter }: Reply): void {
  const bytes = Buffer.from(JSON.stringify(body));
  if (retryAfter !== undefined) response.setHeader('retry-after', retryAfter);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.end(bytes);
}

function sendFile(
  world: World,
  { token, path }: { token: string; path: string },
  response: ServerResponse,
): void {
  if (!world.bots.has(decodeURIComponent(token))) throw new ApiFailure(401, 'Unauthorized');
  const file = world.files.findByPath(path);
  if (file === undefined) throw new ApiFailure(404, 'Not Found');
  response.writeHead(200, {
    'content-type': 'application/octet-stream',
    'content-length': file.bytes.length,
  });
  response.end(file.bytes);
}

/** Runs a call that came as the answer to a web hook: as the Bot API, it tells nobody what became of it. */
export function runReplyCall(world: World, bot: Bot, name: string, values: Record<string, unknown>): void {
  const params = createParams({ values, files: new Map() });
  const method = findMethod(name);
  const entry = logCall(world, { bot, method: method?.name ?? name, params });
  try {
    if (method === undefined) throw new ApiFailure(404, 'Not Found: method not found');
    if (method.isPaced) world.rates.count(bot.id, entry.chat ?? '');
    method.run({ world, bot, params, onGone: () => {} });
    entry.ok = true;
  } catch (error) {
    refuse(entry, error);
  }
  tellCall(world, entry);
}
