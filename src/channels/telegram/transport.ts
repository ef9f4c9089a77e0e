import {
  Agent as HttpAgent,
  request as httpRequest,
  type ClientRequest,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { SECOND } from '../../lib/time.ts';

/** The way to Telegram failed. The message never holds the address: it contains the token. */
export class TransportError extends Error {
  readonly maybeSent: boolean;
  readonly statusCode: number | null;

  constructor(message: string, options: { maybeSent: boolean; statusCode?: number }) {
    super(message);
    this.name = 'TransportError';
    this.maybeSent = options.maybeSent;
    this.statusCode = options.statusCode ?? null;
  }
}

/** The part of `fetch` that grammY uses. */
export type TransportRequest = {
  method: string;
  headers: Record<string, string>;
  body: string | Readable;
  signal?: { aborted: boolean; addEventListener(type: 'abort', listener: () => void): void };
};
export type TransportResponse = { json(): Promise<unknown> };
export type Transport = (url: string, request: TransportRequest) => Promise<TransportResponse>;

const IDLE_SOCKET_MS = 15 * SECOND;
const MAX_SOCKETS = 128;
/** Answers of the Bot API are small; a batch of 100 updates stays far below. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

/**
 * Makes calls over kept connections, each within `timeoutMs`. It knows whether a call that failed may have reached Telegram,
 * which `fetch` does not tell.
 */
export function createTransport(options: { timeoutMs: number }): Transport & { close(): void } {
  const idleMs = Math.max(IDLE_SOCKET_MS, options.timeoutMs);
  const keeping = { keepAlive: true, maxSockets: MAX_SOCKETS, timeout: idleMs };
  const agents = { 'http:': new HttpAgent(keeping), 'https:': new HttpsAgent(keeping) };
  const transport: Transport = (url, request) =>
    new Promise((resolve, reject) => {
      const { method, headers, body, signal } = request;
      const length = typeof body === 'string' ? { 'content-length': String(Buffer.byteLength(body)) } : {};
      const settings = { method, headers: { ...headers, ...length } };
      const call = url.startsWith('https:')
        ? httpsRequest(url, { ...settings, agent: agents['https:'] })
        : httpRequest(url, { ...settings, agent: agents['http:'] });
      const fail = (reason: string): void => {
        reject(new TransportError(reason, { maybeSent: call.writableFinished }));
        call.destroy();
      };
      const timer = setTimeout(
        () => fail(`no answer within ${options.timeoutMs / SECOND} s`),
        options.timeoutMs,
      );
      call.on('error', (error: NodeJS.ErrnoException) =>
        fail(`the connection failed (${error.code ?? error.name})`),
      );
      call.on('close', () => clearTimeout(timer));
      call.on('response', (response) => readAnswer(response, { resolve, fail }));
      signal?.addEventListener('abort', () => fail('the call was ended'));
      if (signal?.aborted) fail('the call was ended');
      else sendBody(call, body, fail);
    });
  return Object.assign(transport, {
    close() {
      agents['http:'].destroy();
      agents['https:'].destroy();
    },
  });
}

function sendBody(call: ClientRequest, body: string | Readable, fail: (reason: string) => void): void {
  if (typeof body === 'string') {
    call.end(body);
    return;
  }
  body.on('error', () => fail('the upload could not be read'));
  body.pipe(call);
}

function readAnswer(
  response: IncomingMessage,
  outcome: { resolve(answer: TransportResponse): void; fail(reason: string): void },
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_ANSWER_BYTES) outcome.fail('the answer is too large');
    else chunks.push(chunk);
  });
  response.on('error', () => outcome.fail('the connection broke during the answer'));
  response.on('end', () => {
    const text = Buffer.concat(chunks).toString();
    outcome.resolve({ json: async () => readJson(text, response.statusCode ?? 0) });
  });
}

/** A gateway in front of Telegram answers in HTML: its status says as much as the Bot API's own error would. */
function readJson(text: string, statusCode: number): unknown {
  try {
    const answer: unknown = JSON.parse(text);
    if (typeof answer === 'object' && answer !== null && 'ok' in answer) return answer;
  } catch {
    // said below
  }
  if (statusCode >= 400 && statusCode < 500)
    return { ok: false, error_code: statusCode, description: 'the answer is not one of the Bot API' };
  throw new TransportError(`the answer (${statusCode}) is not one of the Bot API`, {
    maybeSent: true,
    statusCode,
  });
}
