import type { Logger } from 'pino';
import type { SlackDialogue } from './dialogue.ts';
import { toInbound, type Inbound } from './inbound.ts';
import { ACK_GUARD_MS } from './limits.ts';

/** Tells Slack that a request came; a modal takes a body with it. */
export type Ack = (body?: Record<string, unknown>) => Promise<void>;

/** What Slack sent; `id`: the same when the same request comes again. */
export type SlackEnvelope = { body: unknown; id: string };

export interface Dispatcher {
  /** Takes what Slack sent: it is acknowledged at once, and worked on afterwards. Never throws. */
  dispatch(request: SlackEnvelope, ack: Ack): Promise<void>;
  /** Waits until no work is under way, at most `timeoutMs`. */
  drain(timeoutMs: number): Promise<void>;
}

/** Makes what hands requests on, side by side. */
export function createDispatcher({
  dialogue,
  log,
  guardMs = ACK_GUARD_MS,
}: {
  dialogue: SlackDialogue;
  log: Logger;
  guardMs?: number;
}): Dispatcher {
  const underWay = new Set<Promise<void>>();

  function work(task: () => Promise<void>, inbound: Inbound): void {
    const done = task()
      .catch((error: unknown) => log.error({ err: error, kind: inbound.kind }, 'a request of Slack failed'))
      .finally(() => underWay.delete(done));
    underWay.add(done);
  }

  return {
    async dispatch({ body, id }, ack) {
      const inbound = toInbound(body, id);
      if (inbound.kind === 'submission') {
        const response = dialogue.submit(inbound);
        work(async () => void (await response), inbound);
        await ack(await within(response, guardMs)).catch((error: unknown) => notAcked(log, error));
        return;
      }
      const acked = ack().catch((error: unknown) => notAcked(log, error));
      work(() => dialogue.handle(inbound), inbound);
      await acked;
    },
    async drain(timeoutMs) {
      await within(Promise.all(underWay), timeoutMs);
    },
  };
}

function notAcked(log: Logger, error: unknown): void {
  log.warn({ err: error }, 'Slack was not told that a request came');
}

/** What takes too long, or fails, answers nothing: a modal then closes, and the result is told afterwards. */
async function within<T>(work: Promise<T>, timeoutMs: number): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), timeoutMs);
  try {
    return await Promise.race([work.catch(() => undefined), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
