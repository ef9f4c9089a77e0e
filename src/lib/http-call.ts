import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request, type FormData } from 'undici';
import { SECOND } from './time.ts';

const CALL_TIMEOUT_MS = 10 * SECOND;
/** Of an answer no more is read: what matters stands at its beginning. */
const ANSWER_MAX_BYTES = 64 * 1024;
/** Seconds of a wait that is taken for meant: about 30 years. */
const WAIT_DIGITS_MAX = 9;

/** Its own connections: those of `fetch` are of another undici, Node's, which takes no form of this one. */
const connections = new Agent();

export type HttpCall = {
  /** may hold a secret: nothing repeats it */
  url: string;
  method: 'POST' | 'PATCH';
  headers?: Record<string, string>;
  body: string | FormData;
  timeoutMs?: number | undefined;
};

/** What came of a call: an answer of any status, or none. `maybeSent`: the request may have been written. */
export type HttpResult =
  | { kind: 'answered'; status: number; headers: IncomingHttpHeaders; text: string }
  | { kind: 'failed'; reason: string; maybeSent: boolean };

/** Calls once: within 10 s unless given, no redirect followed, at most 64 KiB of the answer read. Never throws; no reason names the address. */
export async function callHttp(call: HttpCall): Promise<HttpResult> {
  const { url, method, headers = {}, body, timeoutMs = CALL_TIMEOUT_MS } = call;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    // a third of what `fetch` costs, which a burst of alerts feels
    const response = await request(url, { method, headers, body, signal, dispatcher: connections });
    return {
      kind: 'answered',
      status: response.statusCode,
      headers: response.headers,
      text: await readStart(response.body),
    };
  } catch (error) {
    if (signal.aborted)
      return { kind: 'failed', reason: `no answer within ${timeoutMs / SECOND} s`, maybeSent: true };
    const code = codeOf(error);
    return {
      kind: 'failed',
      reason: `the connection failed (${code})`,
      maybeSent: !NEVER_WRITTEN.test(code),
    };
  }
}

/** Gives the body of an answer as JSON; null where there is none, or nothing that can be read. */
export function jsonOf(result: HttpResult): unknown {
  if (result.kind === 'failed') return null;
  try {
    return JSON.parse(result.text);
  } catch {
    return null;
  }
}

/** The status says what happened; a body that breaks off changes nothing about it. */
async function readStart(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of body) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= ANSWER_MAX_BYTES) break;
    }
  } catch {
    // said above
  }
  return Buffer.concat(chunks).subarray(0, ANSWER_MAX_BYTES).toString();
}

/** No connection came about, so nothing was written: no host, no port, no trust. */
const NEVER_WRITTEN =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|EPROTO)$|CERT|TLS|SSL|SIGNED/;

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return 'unknown';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}

/** Gives the wait, in ms, that `Retry-After` asks for: seconds, or an HTTP date counted from the answer's own `Date`; null when it asks for none. RFC 9110, 10.2.3. */
export function retryAfterMs(headers: IncomingHttpHeaders, now: Date): number | null {
  const text = headers['retry-after']?.trim() ?? '';
  const seconds = /^(\d+)(\.\d+)?$/.exec(text);
  if (seconds) return (seconds[1] ?? '').length <= WAIT_DIGITS_MAX ? Math.ceil(Number(text) * SECOND) : null;
  const until = text.endsWith('GMT') ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(until)) return null;
  const answeredAt = Date.parse(headers.date ?? '');
  return Math.max(0, until - (Number.isNaN(answeredAt) ? now.getTime() : answeredAt));
}
