import { createHash, timingSafeEqual } from 'node:crypto';
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Logger } from 'pino';
import { SECOND } from '../../lib/time.ts';
import { createApi } from './api.ts';
import type { TelegramDirect } from './direct.ts';
import { createDispatcher, type Dispatched, type ReceiverHandlers } from './dispatcher.ts';
import { POLL_SECONDS, PRESS_GUARD_MS } from './limits.ts';
import {
  ALLOWED_UPDATES,
  pause,
  POLL_BACKOFF,
  pollForUpdates,
  signalOf,
  untilItWorks,
  type Backoff,
  type ReceiverState,
} from './polling.ts';
import type { FixedWordsFor } from './words.ts';

export type { ReceiverHandlers };

/** How updates come: asked for, or sent to `POST /telegram` with the secret in a header. */
export type ReceiverMode = { kind: 'polling' } | { kind: 'webhook'; secret: string; publicUrl: string };

export type TelegramReceiverOptions = ReceiverHandlers & {
  token: string;
  apiRoot: string;
  mode: ReceiverMode;
  direct: TelegramDirect;
  words: FixedWordsFor;
  log: Logger;
  backoff?: Backoff;
  /** a press not answered by then gets a neutral toast */
  pressGuardMs?: number;
  /** presses are given this long before Telegram is told that they came */
  pressSettleMs?: number;
};

export interface TelegramReceiver {
  /** Begins to receive, in the background, over any trouble. Does nothing when it receives already. */
  start(): void;
  /** Ends receiving; work under way is waited for a few seconds. */
  stop(): Promise<void>;
  state(): ReceiverState;
  /** Gives the bot's name; null before Telegram told it. */
  username(): string | null;
  /** Takes an update that came by web hook; never throws. */
  handle(update: unknown): Promise<void>;
  /** Compares the header `X-Telegram-Bot-Api-Secret-Token` in constant time; false in polling mode. */
  isSecret(header: string | undefined): boolean;
}

const WEBHOOK_PATH = '/telegram';
const POLL_MARGIN_SECONDS = 10;
/** A process that dies before Telegram is told that presses came gets them again. */
const PRESS_SETTLE_MS = 150;
/** A web hook's answer waits so long for the work; Telegram repeats what it gets no answer for. */
const WEBHOOK_SETTLE_MS = 2 * SECOND;
const DRAIN_MS = 5 * SECOND;

/** Makes what receives a bot's updates, by long polling or by web hook, and hands them on. */
export function createTelegramReceiver(options: TelegramReceiverOptions): TelegramReceiver {
  const { log, mode } = options;
  const pressGuardMs = options.pressGuardMs ?? PRESS_GUARD_MS;
  const dispatcher = createDispatcher({ ...options, handlers: options, pressGuardMs });
  let state: ReceiverState = { ok: false, reason: 'not started' };
  let botUsername = '';
  let ended = new AbortController();
  let running: Promise<void> | undefined;

  const onState = (next: ReceiverState): void => {
    if (next.ok !== state.ok) log.info(next, 'receiving from Telegram changed');
    state = next;
  };

  const dispatch = (update: Update): Dispatched => dispatcher.dispatch(update, botUsername);

  async function onUpdates(updates: readonly Update[]): Promise<void> {
    const presses = updates.map(dispatch).filter(({ isPress }) => isPress);
    if (presses.length === 0) return;
    const handled = Promise.all(presses.map((press) => press.handled));
    await Promise.race([handled, pause(options.pressSettleMs ?? PRESS_SETTLE_MS, ended.signal)]);
  }

  async function run(signal: AbortSignal): Promise<void> {
    const { api, close } = createApi({
      ...options,
      timeoutMs: (POLL_SECONDS + POLL_MARGIN_SECONDS) * SECOND,
    });
    const loop = { api, log, signal, onState, onUpdates, backoff: options.backoff ?? POLL_BACKOFF };
    try {
      await untilItWorks(loop, async () => {
        botUsername = (await api.getMe(signalOf(signal))).username;
        if (mode.kind === 'webhook') await setWebhook(api, mode, signal);
      });
      if (mode.kind === 'webhook') onState({ ok: !signal.aborted, reason: 'web hook set' });
      else await pollForUpdates(loop);
    } finally {
      close();
    }
  }

  return {
    state: () => state,
    username: () => botUsername || null,
    start() {
      if (running) return;
      ended = new AbortController();
      running = run(ended.signal);
    },
    async stop() {
      ended.abort();
      await running;
      running = undefined;
      await dispatcher.drain(DRAIN_MS);
      onState({ ok: false, reason: 'stopped' });
    },
    async handle(update) {
      if (isUpdate(update))
        await Promise.race([dispatch(update).done, pause(WEBHOOK_SETTLE_MS, ended.signal)]);
    },
    isSecret: (header) => mode.kind === 'webhook' && header !== undefined && isEqual(header, mode.secret),
  };
}

async function setWebhook(
  api: Api,
  { secret, publicUrl }: Extract<ReceiverMode, { kind: 'webhook' }>,
  signal: AbortSignal,
): Promise<void> {
  const url = publicUrl.replace(/\/+$/, '') + WEBHOOK_PATH;
  await api.setWebhook(url, { secret_token: secret, allowed_updates: ALLOWED_UPDATES }, signalOf(signal));
}

function isUpdate(update: unknown): update is Update {
  return (
    typeof update === 'object' &&
    update !== null &&
    'update_id' in update &&
    Number.isSafeInteger(update.update_id)
  );
}

/** Digests have one length, so that neither the time nor the length tells how much was right. */
function isEqual(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
