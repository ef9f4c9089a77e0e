import type { Logger } from 'pino';
import { SECOND } from '../../lib/time.ts';
import { loadBolt, type Bolt } from './bolt.ts';
import { createBoltLog } from './bolt-log.ts';
import { CALL_TIMEOUT_MS } from './limits.ts';
import type { SlackMethod } from './methods.ts';
import { EmptyAnswerError, TransportError } from './trouble.ts';

export type SlackClientOptions = {
  token: string;
  /** root of the Web API, `https://slack.com/api/` */
  apiUrl: string;
  log: Logger;
  timeoutMs?: number | undefined;
};

/** Calls of Slack. They throw what Bolt's client throws; `toTrouble` reads it. */
export interface SlackClient {
  /** Calls once: for what must not happen twice, and for what the outbox repeats. */
  once(method: SlackMethod, args: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Calls, and twice more when the way to Slack fails: for what may be repeated. */
  call(method: SlackMethod, args?: Record<string, unknown>): Promise<Record<string, unknown>>;
  /** Sends a file's bytes to the address Slack gave for them. */
  upload(url: string, bytes: Uint8Array): Promise<void>;
}

const RETRIES = 2;
const FIRST_RETRY_MS = 200;

/** Makes the client of one bot. Bolt is loaded at the first call. */
export function createSlackClient(options: SlackClientOptions): SlackClient {
  const { timeoutMs = CALL_TIMEOUT_MS } = options;
  let loading: Promise<Clients> | undefined;
  const clients = (): Promise<Clients> =>
    (loading ??= loadBolt().then((bolt) => createClients(bolt, options)));
  return {
    once: async (method, args) => ({ ...(await (await clients()).once.apiCall(method, args)) }),
    call: async (method, args = {}) => ({ ...(await (await clients()).patient.apiCall(method, args)) }),
    upload: (url, bytes) => upload(url, bytes, timeoutMs),
  };
}

type WebClient = InstanceType<Bolt['webApi']['WebClient']>;
type Clients = { once: WebClient; patient: WebClient };

function createClients(bolt: Bolt, options: SlackClientOptions): Clients {
  const { webApi } = bolt;
  const { token, apiUrl, log, timeoutMs = CALL_TIMEOUT_MS } = options;
  const common = {
    slackApiUrl: apiUrl,
    logger: createBoltLog(log, bolt),
    timeout: timeoutMs,
    rejectRateLimitedCalls: true,
  };
  return {
    once: new webApi.WebClient(token, { ...common, retryConfig: { retries: 0 } }),
    patient: new webApi.WebClient(token, {
      ...common,
      retryConfig: { retries: RETRIES, minTimeout: FIRST_RETRY_MS },
    }),
  };
}

async function upload(url: string, bytes: Uint8Array, timeoutMs: number): Promise<void> {
  const signal = AbortSignal.timeout(timeoutMs);
  const sent = await fetch(url, {
    method: 'POST',
    body: Buffer.from(bytes),
    signal,
    redirect: 'manual',
  }).catch((error: unknown) => {
    const what = signal.aborted ? `no answer within ${timeoutMs / SECOND} s` : nameOf(error);
    throw new TransportError(`an upload failed (${what})`);
  });
  await sent.body?.cancel();
  if (isRefused(sent.status)) throw new EmptyAnswerError(`an upload (${sent.status})`);
  if (!sent.ok) throw new TransportError(`an upload failed (${sent.status})`);
}

/** It will not be taken another time either. */
function isRefused(status: number): boolean {
  return status >= 400 && status < 500 && status !== 408 && status !== 429;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
