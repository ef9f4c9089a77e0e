import { badRequest } from './failure.ts';
import type { InlineAnswer, InlineAsked } from './types.ts';

/** Telegram's time for an answer to an inline query. */
export const INLINE_MS = 10_000;

export type InlineQuery = { bot: string; user: number; text: string; offset: string };
export type InlineGiven = Omit<InlineAnswer, 'answered' | 'afterMs'>;
export type OpenInlineQuery = { id: string; result: Promise<InlineAsked> };

/** Inline queries that wait for their answer, and answers that Telegram keeps. */
export interface InlineQueries {
  /** Gives the kept answer to such a query, or undefined: the bot must be asked. */
  kept(query: InlineQuery): InlineAnswer | undefined;
  open(query: InlineQuery, timeoutMs: number): OpenInlineQuery;
  /** Answers a query once, in time; else throws the refusal. */
  answer(bot: string, id: string, given: InlineGiven): void;
  close(): void;
}

type Entry = InlineQuery & { at: number; resolve(result: InlineAsked): void; timer: NodeJS.Timeout };
type Kept = { given: InlineGiven; until: number };

/** Makes the register of inline queries; `now` is in ms. */
export function createInlineQueries(now: () => number): InlineQueries {
  const open = new Map<string, Entry>();
  const cache = new Map<string, Kept>();
  let nextId = BigInt(Date.now()) << 20n;

  function leave(id: string): void {
    const entry = open.get(id);
    if (entry === undefined) return;
    clearTimeout(entry.timer);
    open.delete(id);
    entry.resolve({ answered: false });
  }

  return {
    kept(query) {
      const found = [keyOf(query, query.user), keyOf(query, null)]
        .map((key) => cache.get(key))
        .find((one) => one !== undefined && one.until > now());
      return found && { answered: true, ...found.given, afterMs: 0 };
    },
    open(query, timeoutMs) {
      const id = String(nextId);
      nextId += 1n;
      const { promise, resolve } = Promise.withResolvers<InlineAsked>();
      const timer = setTimeout(() => leave(id), timeoutMs).unref();
      open.set(id, { ...query, at: now(), resolve, timer });
      return { id, result: promise };
    },
    answer(bot, id, given) {
      const entry = open.get(id);
      if (entry === undefined || entry.bot !== bot || now() - entry.at > INLINE_MS)
        throw badRequest('query is too old and response timeout expired or query ID is invalid');
      clearTimeout(entry.timer);
      open.delete(id);
      const key = keyOf(entry, given.isPersonal ? entry.user : null);
      cache.set(key, { given, until: now() + given.cacheSeconds * 1_000 });
      entry.resolve({ answered: true, ...given, afterMs: now() - entry.at });
    },
    close() {
      for (const id of open.keys()) leave(id);
    },
  };
}

/** `user` null: the answer is the same for everybody. */
function keyOf({ bot, text, offset }: InlineQuery, user: number | null): string {
  return JSON.stringify([bot, text, offset, user]);
}
