import { createOpenQueries } from './open-queries.ts';
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

type Kept = { given: InlineGiven; until: number };

/** Makes the register of inline queries; `now` is in ms. */
export function createInlineQueries(now: () => number): InlineQueries {
  const queries = createOpenQueries<InlineQuery, InlineAsked>(now, {
    answerMs: INLINE_MS,
    none: { answered: false },
  });
  const cache = new Map<string, Kept>();
  return {
    kept(query) {
      const found = [keyOf(query, query.user), keyOf(query, null)]
        .map((key) => cache.get(key))
        .find((one) => one !== undefined && one.until > now());
      return found && { answered: true, ...found.given, afterMs: 0 };
    },
    open: (query, timeoutMs) => queries.open(query, timeoutMs),
    answer(bot, id, given) {
      const { afterMs, resolve, ...query } = queries.take(bot, id);
      const key = keyOf(query, given.isPersonal ? query.user : null);
      cache.set(key, { given, until: now() + given.cacheSeconds * 1_000 });
      resolve({ answered: true, ...given, afterMs });
    },
    close: () => queries.close(),
  };
}

/** `user` null: the answer is the same for everybody. */
function keyOf({ bot, text, offset }: InlineQuery, user: number | null): string {
  return JSON.stringify([bot, text, offset, user]);
}
