import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { SECOND } from '../../lib/time.ts';
import { createApp, type AppOptions } from './app.ts';
import { loadBolt } from './bolt.ts';
import { createBoltLog } from './bolt-log.ts';
import type { SlackState } from './service.ts';
import { describeTrouble, toTrouble } from './trouble.ts';

export type SocketOptions = Omit<AppOptions, 'receiver'> & {
  appToken: string;
  apiUrl: string;
  signal: AbortSignal;
  onState: (state: SlackState) => void;
};

const FIRST_RETRY_MS = 200;
const LAST_RETRY_MS = 30 * SECOND;
const CLOSE_MS = 2 * SECOND;

/**
 * Keeps one connection of Socket Mode open until `signal` ends it. Bolt's own reconnecting is off: when Slack cannot be reached it
 * rejects where nothing can catch it, which ends the process.
 */
export async function keepConnected(options: SocketOptions): Promise<void> {
  const { signal, onState, log } = options;
  const connection = await createConnection(options);
  await createApp({ ...options, receiver: connection.receiver });
  let waitMs = FIRST_RETRY_MS;
  while (!signal.aborted) {
    try {
      await Promise.race([connection.connect(), ended(signal)]);
      if (signal.aborted) break;
      waitMs = FIRST_RETRY_MS;
      onState({ ok: true, reason: 'connected' });
      await Promise.race([connection.lost(), ended(signal)]);
      if (!signal.aborted) onState({ ok: false, reason: 'the connection to Slack ended; connecting again' });
    } catch (error) {
      const reason = `Slack takes no connection: ${describeTrouble(toTrouble(error))}`;
      onState({ ok: false, reason });
      log.warn({ reason }, 'receiving from Slack is interrupted');
    }
    if (!signal.aborted) await sleep(waitMs, undefined, { signal, ref: false }).catch(() => {});
    waitMs = Math.min(LAST_RETRY_MS, waitMs * 2);
  }
  await connection.close();
}

async function createConnection({ appToken, apiUrl, log }: SocketOptions) {
  const bolt = await loadBolt();
  const receiver = new bolt.SocketModeReceiver({
    appToken,
    autoReconnectEnabled: false,
    customPropertiesExtractor: requestIdOf,
    logger: createBoltLog(log, bolt),
    installerOptions: { clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 2 } } },
  });
  const { client } = receiver;
  forgiveFrames(client, log);
  let over = Promise.withResolvers<void>();
  client.on('disconnected', () => over.resolve());
  return {
    receiver,
    async connect(): Promise<void> {
      over = Promise.withResolvers<void>();
      await client.start();
    },
    lost: (): Promise<void> => over.promise,
    async close(): Promise<void> {
      await Promise.race([client.disconnect(), sleep(CLOSE_MS, undefined, { ref: false })]);
    },
  };
}

type Frame = { envelope_id?: string; body?: { trigger_id?: unknown } };

/** An envelope that comes again has both ids of the first; a server that counts its envelopes anew has another trigger. */
function requestIdOf({ envelope_id: id, body }: Frame): { requestId?: string } {
  if (id === undefined) return {};
  const trigger = body?.trigger_id;
  return { requestId: typeof trigger === 'string' ? `${id} ${trigger}` : id };
}

type Emitter = {
  listeners(event: 'ws_message'): ((...args: unknown[]) => unknown)[];
  removeAllListeners(event: 'ws_message'): unknown;
  on(event: 'ws_message', listener: (...args: unknown[]) => void): unknown;
};

/** Bolt's client rejects over a frame that is no envelope where nothing can catch it, which ends the process. */
function forgiveFrames(client: Emitter, log: Logger): void {
  const listeners = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', (...args) => {
    for (const listener of listeners)
      void Promise.resolve(listener(...args)).catch(() => log.warn('Slack sent what is no envelope'));
  });
}

function ended(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
