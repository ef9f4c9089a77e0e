import { createHmac } from 'node:crypto';
import type { Delivered, Envelope, Transport } from './types.ts';
import type { World } from './world.ts';

/** Slack waits so long for an app. */
const ACK_MS = 3_000;
/** An event that was not taken is sent again. */
const EVENT_TRIES = 3;

/** Sends an envelope to the app; an event that is not taken is sent again, as Slack does. */
export async function deliver(world: World, envelope: Envelope): Promise<Delivered> {
  world.sent.push(envelope);
  const tries = envelope.type === 'events_api' && envelope.retry === undefined ? EVENT_TRIES : 1;
  let delivered = await deliverOnce(world, envelope);
  for (let attempt = 1; attempt < tries && !isTaken(delivered); attempt += 1)
    delivered = await deliverOnce(world, { ...envelope, retry: { attempt, reason: 'http_error' } });
  return delivered;
}

function isTaken({ status }: Delivered): boolean {
  return status !== null && status < 300;
}

async function deliverOnce(world: World, envelope: Envelope): Promise<Delivered> {
  const { transport } = world;
  if (transport === null) throw new Error('The Slack stand-in has no app: call deliverTo or open a socket.');
  const startedMs = performance.now();
  const late = Promise.withResolvers<null>();
  const timer = setTimeout(() => late.resolve(null), ACK_MS);
  try {
    const answer = await Promise.race([transport(envelope), late.promise]);
    const afterMs = performance.now() - startedMs;
    return answer === null ? { status: null, body: null, afterMs } : { ...answer, afterMs };
  } catch {
    return { status: null, body: null, afterMs: performance.now() - startedMs };
  } finally {
    clearTimeout(timer);
  }
}

/** Gives the headers that sign a body as Slack signs it. */
export function signRequest(secret: string, body: string, timestampSeconds: number): Record<string, string> {
  const signature = createHmac('sha256', secret).update(`v0:${timestampSeconds}:${body}`).digest('hex');
  return {
    'x-slack-request-timestamp': String(timestampSeconds),
    'x-slack-signature': `v0=${signature}`,
  };
}

/** Gives an envelope as the body of a request, with its type. */
export function writeRequest({ type, payload }: Envelope): { body: string; contentType: string } {
  if (type === 'events_api') return { body: JSON.stringify(payload), contentType: 'application/json' };
  const fields: Record<string, string> =
    type === 'slash_commands'
      ? Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]))
      : { payload: JSON.stringify(payload) };
  return {
    body: new URLSearchParams(fields).toString(),
    contentType: 'application/x-www-form-urlencoded',
  };
}

/** Makes the transport that posts signed requests to an address. */
export function createHttpTransport(world: World, url: string): Transport {
  return async (envelope) => {
    const { body, contentType } = writeRequest(envelope);
    const { retry } = envelope;
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': contentType,
        ...signRequest(world.signingSecret, body, Math.floor(Date.now() / 1000)),
        ...(retry && {
          'x-slack-retry-num': String(retry.attempt),
          'x-slack-retry-reason': retry.reason,
        }),
      },
      body,
    });
    const text = await response.text();
    return { status: response.status, body: readJson(text) };
  };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
