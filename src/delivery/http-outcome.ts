import { retryAfterMs, type HttpResult } from '../lib/http-call.ts';
import { DAY, SECOND } from '../lib/time.ts';
import type { SendOutcome } from './types.ts';

/** When a platform says "too many" without saying how long. */
const UNTOLD_WAIT_MS = 5 * SECOND;
/** The delivery log counts waits in 32 bits of milliseconds. */
const WAIT_MAX_MS = 24 * DAY;
/** Of what a platform says about itself, as much goes into a reason. */
const SAYS_MAX = 200;

export type NotSent = Exclude<SendOutcome, { kind: 'sent' }>;

/** What a platform means by a status where platforms differ. */
export type HttpMeaning = {
  /** 401 and 403: `gone` where each address has a key of its own, `unauthorized` where one account sends to all */
  refused: 'gone' | 'unauthorized';
  /** 404 and 410: `bad` where they are about the account and not about the place */
  missing: 'gone' | 'bad';
  /** the setting that a person must look at */
  setting: string;
  /** what the platform itself says about it, never a secret */
  says?: string | null;
  /** the wait it names in its body, in ms */
  waitMs?: number | null;
  now: Date;
};

/** Gives the error class of a call that did not bring a message to its place, by its status alone. */
export function classifyHttp(result: HttpResult, meaning: HttpMeaning): NotSent {
  if (result.kind === 'failed')
    return { kind: 'retry', reason: result.reason, statusCode: null, maybeSent: result.maybeSent };
  const { status } = result;
  const reason = meaning.says ? `${status} ${meaning.says.slice(0, SAYS_MAX)}` : String(status);
  const waitMs = meaning.waitMs ?? retryAfterMs(result.headers, meaning.now);
  if (status === 429 || (status === 503 && waitMs !== null))
    return { kind: 'wait', afterMs: Math.min(waitMs ?? UNTOLD_WAIT_MS, WAIT_MAX_MS), reason };
  if (status >= 500 || status === 408)
    return { kind: 'retry', reason, statusCode: status, maybeSent: BEHIND_A_GATEWAY.has(status) };
  if (status < 300)
    return {
      kind: 'retry',
      reason: `${reason}: not an answer it gives`,
      statusCode: status,
      maybeSent: true,
    };
  return refusalOf(status, reason, meaning);
}

/** The gateway passed the request on and knows not what became of it. */
const BEHIND_A_GATEWAY: ReadonlySet<number> = new Set([502, 504]);

function refusalOf(status: number, reason: string, { refused, missing, setting }: HttpMeaning): NotSent {
  const advised = `${reason}: check ${setting}`;
  if (status < 400)
    return { kind: 'bad', reason: `${advised}, redirects are not followed`, statusCode: status };
  if (status === 401 || status === 403)
    return refused === 'gone'
      ? { kind: 'gone', reason: advised, statusCode: status }
      : { kind: 'unauthorized', reason: advised };
  if (status === 404 || status === 410) return { kind: missing, reason: advised, statusCode: status };
  return { kind: 'bad', reason, statusCode: status };
}

/** Gives what a platform says of a refusal in its body: its sentence, and its code; null when it says nothing. */
export function refusalText({
  code,
  message,
}: {
  code?: number | undefined;
  message?: string | undefined;
}): string | null {
  if (message === undefined) return null;
  return code === undefined ? message : `${message} (${code})`;
}

/** The outcome at a name of the workspace's files that stands in no setting. */
export function noAddress(name: string, setting: string): NotSent {
  const reason = `"${name}" has no address: add ${name}=https://… to ${setting}, or take it out of workspace.yaml`;
  return { kind: 'gone', reason, statusCode: null };
}

/** The outcome at a place of another channel. */
export function otherChannel(own: string, channel: string): NotSent {
  return { kind: 'bad', reason: `${own} does not reach ${channel}`, statusCode: null };
}

/** The outcome of an edit where messages stay as they were sent. */
export function cannotEdit(own: string): NotSent {
  return { kind: 'bad', reason: `${own} cannot change a message that was sent`, statusCode: null };
}
