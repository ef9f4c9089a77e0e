import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from 'grammy';
import type { Update } from 'grammy/types';
import type { Logger } from 'pino';
import { SECOND } from '../../lib/time.ts';
import { POLL_SECONDS } from './limits.ts';
import { describeTrouble, toTrouble, type Trouble } from './trouble.ts';

/** Whether updates arrive, for /readyz. */
export type ReceiverState = { ok: boolean; reason: string };

const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'my_chat_member',
  'message_reaction',
] as const satisfies readonly AllowedUpdate[];

type AllowedUpdate = Exclude<keyof Update, 'update_id'>;

/** Lists the updates that Heartbeat takes; inline queries only where the workspace wants them. */
export function listAllowedUpdates(hasInline: boolean): AllowedUpdate[] {
  return hasInline ? [...ALLOWED_UPDATES, 'inline_query'] : [...ALLOWED_UPDATES];
}

export type Backoff = { firstMs: number; ceilingMs: number };
export const POLL_BACKOFF: Backoff = { firstMs: 1 * SECOND, ceilingMs: 30 * SECOND };

export type LoopOptions = {
  log: Logger;
  backoff: Backoff;
  signal: AbortSignal;
  onState: (state: ReceiverState) => void;
};

export type PollingOptions = LoopOptions & {
  api: Api;
  /** takes a batch in Telegram's order; the next one is asked for when this settles */
  onUpdates: (updates: readonly Update[]) => Promise<void>;
  /** whether inline queries are wanted; asked at each request */
  hasInline: () => boolean;
};

const CONFIRM_MS = 2 * SECOND;

/** How a server of the Bot API says that it has no such method; of a wrong token it says so to every method. */
const UNKNOWN_METHOD: ReadonlySet<number> = new Set([400, 404, 405, 501]);

/** A server that gives nothing sooner than this does not wait as it was asked to: it is not asked at once again. */
const HASTY_MS = 200;

/** Tries a task until it succeeds or `signal` ends it, and says meanwhile what is wrong. */
export async function untilItWorks(
  options: LoopOptions,
  task: (onGood: () => void) => Promise<void>,
): Promise<void> {
  const { log, signal, onState, backoff } = options;
  let failures = 0;
  while (!signal.aborted) {
    try {
      await task(() => (failures = 0));
      return;
    } catch (error) {
      if (signal.aborted) return;
      const trouble = toTrouble(error);
      failures += 1;
      onState({ ok: false, reason: explain(trouble) });
      log.warn({ reason: explain(trouble), failures }, 'receiving from Telegram is interrupted');
      await pause(waitMs(trouble, failures, backoff), signal);
    }
  }
}

/**
 * Asks Telegram for updates until `signal` ends it, over any trouble: the network, a second poller, a refused token. grammY's
 * own loop ends at 409 and 401, waits up to an hour after an outage, and hides the trouble from /readyz.
 */
export async function pollForUpdates(options: PollingOptions): Promise<void> {
  const { api, signal, onState, onUpdates, hasInline } = options;
  let offset = 0;
  await untilItWorks(options, async (onGood) => {
    await endWebHook(options);
    // The first request returns at once, so that /readyz need not wait for somebody to write.
    for (let timeout = 0; !signal.aborted; timeout = POLL_SECONDS) {
      const wanted = { offset, timeout, allowed_updates: listAllowedUpdates(hasInline()) };
      const askedAt = performance.now();
      const updates = await api.getUpdates(wanted, signalOf(signal));
      onGood();
      onState({ ok: true, reason: 'polling' });
      offset = updates.reduce((next, { update_id: id }) => Math.max(next, id + 1), offset);
      if (updates.length > 0) await onUpdates(updates);
      else if (timeout > 0 && performance.now() - askedAt < HASTY_MS) await pause(HASTY_MS, signal);
    }
  });
  if (offset > 0) await confirm(api, offset);
}

/** Ends a web hook, which would keep updates away. A server that knows none refuses, and has none to end. */
async function endWebHook({ api, log, signal }: PollingOptions): Promise<void> {
  try {
    await api.deleteWebhook({}, signalOf(signal));
  } catch (error) {
    const trouble = toTrouble(error);
    const code = trouble.kind === 'refused' ? trouble.code : trouble.statusCode;
    if (code === null || !UNKNOWN_METHOD.has(code)) throw error;
    log.info({ reason: describeTrouble(trouble) }, 'there is no web hook to end');
  }
}

/** Tells Telegram what was taken, so that the next process does not get it again. */
async function confirm(api: Api, offset: number): Promise<void> {
  const signal = signalOf(AbortSignal.timeout(CONFIRM_MS));
  await api.getUpdates({ offset, limit: 1, timeout: 0 }, signal).catch(() => {});
}

/** grammY types its signals by a package of its own; the platform's do. */
export function signalOf(signal: AbortSignal): NonNullable<Parameters<Api['getMe']>[0]> {
  return signal as unknown as NonNullable<Parameters<Api['getMe']>[0]>;
}

/** Waits, or less when the signal ends it. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal, ref: false }).catch(() => {});
}

/** Gives the wait after a number of failures in a row: as long as Telegram says, else doubling. */
export function waitMs(trouble: Trouble, failures: number, { firstMs, ceilingMs }: Backoff): number {
  if (trouble.kind === 'refused' && trouble.retryAfterSeconds !== null)
    return trouble.retryAfterSeconds * SECOND;
  return Math.min(ceilingMs, firstMs * 2 ** Math.min(failures - 1, 16));
}

/** Says what is wrong and what to do about it. */
export function explain(trouble: Trouble): string {
  const what = describeTrouble(trouble);
  if (trouble.kind === 'network') return `Telegram cannot be reached: ${what}`;
  switch (trouble.code) {
    case 401:
    case 404:
      return `Telegram refuses the token (${what}). Check TELEGRAM_BOT_TOKEN and TELEGRAM_API_ROOT.`;
    case 409:
      return `Another process receives this bot's updates (${what}). Stop it, or give it a bot of its own.`;
    default:
      return `Telegram refuses (${what}).`;
  }
}
