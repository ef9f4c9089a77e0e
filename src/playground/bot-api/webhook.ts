import type { Update } from './updates.ts';

export type WebhookSettings = { url: string; secret: string; maxConnections: number };
export type WebhookOptions = {
  /** first wait before an update is tried again */
  retryMs: number;
  /** runs the call that a bot may give as its answer */
  onReply: (method: string, params: Record<string, unknown>) => void;
  take: () => Update | undefined;
  /** takes back what is not delivered any more */
  putBack: (update: Update) => void;
};

/** Delivers updates to a bot's address, each until it is taken. */
export interface Webhook {
  isSet(): boolean;
  set(settings: WebhookSettings | null): void;
  info(): Record<string, unknown>;
  underWay(): number;
  /** something can be taken */
  wake(): void;
  close(): void;
}

const ANSWER_MS = 60_000;
const LONGEST_RETRY_MS = 60_000;

/** Makes the deliverer; it takes updates as connections are free. */
export function createWebhook({ retryMs, onReply, take, putBack }: WebhookOptions): Webhook {
  let settings: WebhookSettings | null = null;
  let lastError: { date: number; message: string } | null = null;
  let underWay = 0;
  let generation = new AbortController();

  function wake(): void {
    if (settings === null || underWay >= settings.maxConnections) return;
    const update = take();
    if (update === undefined) return;
    underWay += 1;
    void deliver(update, settings, generation.signal).finally(() => {
      underWay -= 1;
      wake();
    });
    wake();
  }

  async function deliver(update: Update, to: WebhookSettings, signal: AbortSignal): Promise<void> {
    for (let waitMs = retryMs; !signal.aborted; waitMs = Math.min(LONGEST_RETRY_MS, waitMs * 2)) {
      try {
        const answer = await post(update, to, signal);
        const { method, ...params } = answer;
        if (typeof method === 'string') onReply(method, params);
        return;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        lastError = { date: Math.floor(Date.now() / 1000), message };
        await pause(waitMs, signal);
      }
    }
    putBack(update);
  }

  return {
    wake,
    isSet: () => settings !== null,
    underWay: () => underWay,
    set(next) {
      generation.abort();
      generation = new AbortController();
      settings = next;
      lastError = null;
      wake();
    },
    info: () => ({
      url: settings?.url ?? '',
      has_custom_certificate: false,
      ...(settings ? { max_connections: settings.maxConnections } : {}),
      ...(lastError ? { last_error_date: lastError.date, last_error_message: lastError.message } : {}),
    }),
    close: () => generation.abort(),
  };
}

async function post(
  update: Update,
  { url, secret }: WebhookSettings,
  signal: AbortSignal,
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(secret === '' ? {} : { 'x-telegram-bot-api-secret-token': secret }),
    },
    body: JSON.stringify(update),
    signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
  });
  const body = await response.text();
  if (!response.ok)
    throw new Error(`Wrong response from the webhook: ${response.status} ${response.statusText}`);
  return readAnswer(body);
}

function readAnswer(body: string): Record<string, unknown> {
  try {
    const answer: unknown = JSON.parse(body);
    return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms).unref();
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    resolve();
  });
  return promise;
}
