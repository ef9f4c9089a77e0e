import { z } from 'zod';
import { SECOND } from '../../lib/time.ts';

/** Why a call did not succeed: Slack refused it by a code, asked to wait, or the way to Slack failed. */
export type Trouble =
  | { kind: 'refused'; code: string; says: string }
  | { kind: 'limited'; afterMs: number | null }
  /** `maybeSent`: the call may have reached Slack */
  | { kind: 'network'; reason: string; statusCode: number | null; maybeSent: boolean };

/** The way to Slack failed beside Bolt's own client. */
export class TransportError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'TransportError';
  }
}

/** Slack took a call, and its answer lacks what was asked for: asking again would give the same. */
export class EmptyAnswerError extends Error {
  constructor(method: string) {
    super(`the answer to ${method} holds nothing`);
    this.name = 'EmptyAnswerError';
  }
}

const Thrown = z.object({
  code: z.string(),
  retryAfter: z.number().optional(),
  statusCode: z.number().optional(),
  data: z
    .object({
      error: z.string(),
      needed: z.string().optional(),
      response_metadata: z.object({ messages: z.array(z.string()).optional() }).optional(),
    })
    .optional(),
  original: z.unknown().optional(),
});

const CODE = /^[a-z][a-z0-9_.]{1,60}$/;
const SAYS_MAX = 200;
/** No connection came about, so nothing was written. */
const NEVER_WRITTEN =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|EPROTO)$|CERT|TLS|SSL|SIGNED/;
const BEHIND_A_GATEWAY: ReadonlySet<number> = new Set([502, 504]);

/** Reads what a call threw. Nothing of the request is kept: it holds the token. */
export function toTrouble(error: unknown): Trouble {
  if (error instanceof TransportError)
    return { kind: 'network', reason: error.message, statusCode: null, maybeSent: false };
  if (error instanceof EmptyAnswerError)
    return { kind: 'refused', code: 'empty_answer', says: error.message };
  const thrown = Thrown.safeParse(error).data;
  switch (thrown?.code) {
    case 'slack_webapi_platform_error':
      return refusalOf(thrown);
    case 'slack_webapi_rate_limited_error':
      return { kind: 'limited', afterMs: (thrown.retryAfter ?? 0) * SECOND || null };
    case 'slack_webapi_http_error':
      return httpTrouble(thrown.statusCode ?? 0);
    default:
      return saysRateLimit(error)
        ? { kind: 'limited', afterMs: null }
        : networkTrouble(thrown?.original ?? error);
  }
}

/** The server has no such method; one that is not Slack's own may say so by its status. */
export function isUnknownMethod(trouble: Trouble): boolean {
  return trouble.kind === 'refused' && UNKNOWN_METHOD.has(trouble.code);
}

const UNKNOWN_METHOD: ReadonlySet<string> = new Set(['unknown_method', 'http_404', 'http_405', 'http_501']);

/** A body that is no JSON comes as a "code": some gateway spoke. */
function refusalOf({ data }: z.infer<typeof Thrown>): Trouble {
  const code = data?.error ?? '';
  if (!CODE.test(code))
    return { kind: 'network', reason: 'the answer is not one of Slack', statusCode: 200, maybeSent: true };
  if (code === 'ratelimited' || code === 'rate_limited') return { kind: 'limited', afterMs: null };
  const details = data?.response_metadata?.messages?.[0] ?? (data?.needed ? `needs ${data.needed}` : '');
  return { kind: 'refused', code, says: [code, details].filter(Boolean).join(': ').slice(0, SAYS_MAX) };
}

function httpTrouble(statusCode: number): Trouble {
  if (statusCode >= 400 && statusCode < 500)
    return { kind: 'refused', code: `http_${statusCode}`, says: `${statusCode}` };
  const maybeSent = BEHIND_A_GATEWAY.has(statusCode);
  return { kind: 'network', reason: `Slack answered ${statusCode}`, statusCode, maybeSent };
}

/** Bolt's client throws a plain error where a 429 does not say how long. */
function saysRateLimit(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('Retry header did not contain');
}

function networkTrouble(error: unknown): Trouble {
  if (error instanceof Error && error.name === 'TimeoutError')
    return { kind: 'network', reason: 'no answer in time', statusCode: null, maybeSent: true };
  const code = codeOf(error);
  const reason = `the connection failed (${code})`;
  return { kind: 'network', reason, statusCode: null, maybeSent: !NEVER_WRITTEN.test(code) };
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (!(cause instanceof Error)) return 'unknown';
  return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.name;
}

/** Says what went wrong in one line for logs and the delivery log. */
export function describeTrouble(trouble: Trouble): string {
  switch (trouble.kind) {
    case 'refused':
      return trouble.says;
    case 'limited':
      return 'Slack asks to wait';
    case 'network':
      return trouble.reason;
  }
}
