import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Logger } from 'pino';
import { SECOND } from '../../lib/time.ts';
import { createApi } from './api.ts';
import type { TelegramDirect } from './direct.ts';
import { createDispatcher, type Dispatched, type ReceiverHandlers } from './dispatcher.ts';
import { POLL_SECONDS, PRESS_GUARD_MS } from './limits.ts';
import {
  pause,
  POLL_BACKOFF,
  pollForUpdates,
  signalOf,
  untilItWorks,
  type Backoff,
  type ReceiverState,
} from './polling.ts';
import { isSameSecret, setWebHook, type WebHookMode } from './web-hook.ts';
import type { FixedWordsFor } from './words.ts';

export type { ReceiverHandlers };

/** How updates come: asked for, or sent to `POST /telegram` with the secret in a header. */
export type ReceiverMode = { kind: 'polling' } | WebHookMode;

export type TelegramReceiverOptions = ReceiverHandlers & {
  token: string;
  apiRoot: string;
  mode: ReceiverMode;
  direct: TelegramDirect;
  words: FixedWordsFor;
  log: Logger;
  /** whether inline queries are wanted now; never unless given */
  hasInline?: () => boolean;
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
  /** Tells Telegram anew what to send, where it must be told and that changed. Polling asks for it each time. */
  renew(): void;
  state(): ReceiverState;
  /** Gives the bot's name; null before Telegram told it. */
  username(): string | null;
  /** Takes an update that came by web hook; never throws. */
  handle(update: unknown): Promise<void>;
  /** Compares the header `X-Telegram-Bot-Api-Secret-Token` in constant time; false in polling mode. */
  isSecret(header: string | undefined): boolean;
}

const NO_INLINE = 'policies.inline is on, but the bot offers nothing inline. Write /setinline to @BotFather.';
/** Behind Telegram's own end of a request that it holds open. */
const POLL_TIMEOUT_MS = (POLL_SECONDS + 10) * SECOND;
/** A process that dies before Telegram is told that presses came gets them again. */
const PRESS_SETTLE_MS = 150;
/** A web hook's answer waits so long for the work; Telegram repeats what it gets no answer for. */
const WEBHOOK_SETTLE_MS = 2 * SECOND;
const DRAIN_MS = 5 * SECOND;

/** Makes what receives a bot's updates, by long polling or by web hook, and hands them on. */
export function createTelegramReceiver(options: TelegramReceiverOptions): TelegramReceiver {
  const { log, mode, hasInline = () => false } = options;
  const pressGuardMs = options.pressGuardMs ?? PRESS_GUARD_MS;
  const dispatcher = createDispatcher({ ...options, handlers: options, pressGuardMs });
  let state: ReceiverState = { ok: false, reason: 'not started' };
  let botUsername = '';
  let toldInline = false;
  let ended = new AbortController();
  let running: Promise<void> | undefined;

  const onState = (next: ReceiverState): void => {
    if (next.ok !== state.ok) log.info(next, 'receiving from Telegram changed');
    state = next;
  };

  const dispatch = (update: Update): Dispatched => dispatcher.dispatch(update, botUsername);

  const onUpdates = (updates: readonly Update[]): Promise<void> =>
    settlePresses(updates.map(dispatch), options.pressSettleMs ?? PRESS_SETTLE_MS, ended.signal);

  async function run(signal: AbortSignal): Promise<void> {
    const { api, close } = createApi({ ...options, timeoutMs: POLL_TIMEOUT_MS });
    const backoff = options.backoff ?? POLL_BACKOFF;
    const loop = { api, log, signal, onState, onUpdates, hasInline, backoff };
    try {
      await untilItWorks(loop, async () => {
        toldInline = hasInline();
        botUsername = await introduce(api, { mode, log, hasInline: toldInline, signal });
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
    renew() {
      if (mode.kind !== 'webhook' || running === undefined) return;
      running = running.then(() => (toldInline === hasInline() ? undefined : run(ended.signal)));
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
    isSecret: (header) =>
      mode.kind === 'webhook' && header !== undefined && isSameSecret(header, mode.secret),
  };
}

async function settlePresses(updates: readonly Dispatched[], ms: number, signal: AbortSignal): Promise<void> {
  const presses = updates.filter(({ isPress }) => isPress);
  if (presses.length === 0) return;
  await Promise.race([Promise.all(presses.map((press) => press.handled)), pause(ms, signal)]);
}

type Introduction = { mode: ReceiverMode; log: Logger; hasInline: boolean; signal: AbortSignal };

/** Asks for the bot's name, and sets its web hook where it has one. */
async function introduce(api: Api, { mode, log, hasInline, signal }: Introduction): Promise<string> {
  const me = await api.getMe(signalOf(signal));
  if (hasInline && !me.supports_inline_queries) log.warn(NO_INLINE);
  if (mode.kind === 'webhook') await setWebHook(api, mode, { hasInline, signal });
  return me.username;
}

function isUpdate(update: unknown): update is Update {
  return (
    typeof update === 'object' &&
    update !== null &&
    'update_id' in update &&
    Number.isSafeInteger(update.update_id)
  );
}
