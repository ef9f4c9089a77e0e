import { createDisorder } from './disorder.ts';
import { ApiFailure } from './failure.ts';
import { createLongPoll } from './long-poll.ts';
import { createWebhook, type WebhookOptions, type WebhookSettings } from './webhook.ts';

export type Update = { update_id: number } & Record<string, unknown>;
export type PollOptions = {
  offset: number;
  limit: number;
  timeoutMs: number;
  /** called back when the poller goes away */
  onGone: (callback: () => void) => void;
};

/** Updates of one bot: what people did and the bot has not confirmed. */
export interface Updates {
  push(type: string, payload: object): void;
  poll(options: PollOptions): Promise<readonly Update[]>;
  allow(types: readonly string[]): void;
  setWebhook(settings: WebhookSettings | null, options: { dropPending: boolean }): void;
  webhookInfo(): Record<string, unknown>;
  pending(): number;
  duplicate(count: number): void;
  reorder(count: number): void;
  redeliver(updateId: number): void;
  close(): void;
}

export type UpdatesOptions = Omit<WebhookOptions, 'take' | 'putBack'> & { capacity: number };

/** Not sent unless asked for by name. */
const OPT_IN = new Set(['chat_member', 'message_reaction', 'message_reaction_count']);
/** Earlier updates that can be delivered again. */
const HISTORY = 1_000;
const WEBHOOK_ACTIVE =
  "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first";
/** Ids go on rising over restarts, as Telegram's do: whoever stored handled ones must not meet them again. */
const firstUpdateId = (): number => Math.floor(Date.now() / 1000);

/** Makes a bot's queue of updates, delivered at least once by long polling or by web hook. */
export function createUpdates(options: UpdatesOptions): Updates {
  const queue: Update[] = [];
  const history: Update[] = [];
  const longPoll = createLongPoll<true>();
  const webhook = createWebhook({
    ...options,
    take: () => queue.shift(),
    putBack: (update) => queue.unshift(update),
  });
  const disorder = createDisorder(deliver);
  let nextId = firstUpdateId();
  let allowed: ReadonlySet<string> | null = null;

  function deliver(update: Update): void {
    queue.push(update);
    if (queue.length > options.capacity) queue.shift();
    if (webhook.isSet()) webhook.wake();
    else longPoll.wake(true);
  }

  function confirm(offset: number): void {
    const kept = offset < 0 ? queue.slice(offset) : queue.filter((update) => update.update_id >= offset);
    queue.splice(0, queue.length, ...kept);
  }

  return {
    async poll({ offset, limit, timeoutMs, onGone }) {
      if (webhook.isSet()) throw new ApiFailure(409, WEBHOOK_ACTIVE);
      if (offset !== 0) confirm(offset);
      if (queue.length === 0 && timeoutMs > 0) await longPoll.wait(timeoutMs, onGone);
      return queue.slice(0, limit);
    },
    push(type, payload) {
      const update: Update = { update_id: nextId, [type]: payload };
      nextId += 1;
      if (allowed === null ? OPT_IN.has(type) : !allowed.has(type)) return;
      history.push(update);
      if (history.length >= 2 * HISTORY) history.splice(0, HISTORY);
      disorder.pass(update);
    },
    allow(types) {
      allowed = types.length === 0 ? null : new Set(types);
    },
    setWebhook(settings, { dropPending }) {
      if (dropPending) queue.length = 0;
      if (settings !== null) longPoll.abort('terminated by setWebhook request');
      webhook.set(settings);
    },
    redeliver(updateId) {
      const update = history.find((known) => known.update_id === updateId);
      if (update) deliver(update);
    },
    webhookInfo: () => ({ ...webhook.info(), pending_update_count: queue.length }),
    pending: () => queue.length + webhook.underWay(),
    duplicate: (count) => disorder.duplicate(count),
    reorder: (count) => disorder.reorder(count),
    close() {
      longPoll.close();
      webhook.close();
    },
  };
}
