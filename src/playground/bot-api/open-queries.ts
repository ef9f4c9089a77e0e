import { badRequest } from './failure.ts';

/** Queries of one kind that wait for the bot's answer. */
export interface OpenQueries<Query, Result> {
  open(query: Query, timeoutMs: number): { id: string; result: Promise<Result> };
  /** Gives the query that a bot may still answer, once; else throws the refusal. */
  take(bot: string, id: string): Query & { afterMs: number; resolve: (result: Result) => void };
  /** Leaves all without an answer. */
  close(): void;
}

/** Makes the register; `now` is in ms, `answerMs` Telegram's time for an answer, `none` what it ends with without one. */
export function createOpenQueries<Query extends { bot: string }, Result>(
  now: () => number,
  { answerMs, none }: { answerMs: number; none: Result },
): OpenQueries<Query, Result> {
  type Entry = { query: Query; at: number; resolve: (result: Result) => void; timer: NodeJS.Timeout };
  const open = new Map<string, Entry>();
  let nextId = BigInt(Date.now()) << 20n;

  function end(id: string, entry: Entry): void {
    clearTimeout(entry.timer);
    open.delete(id);
  }

  function leave(id: string): void {
    const entry = open.get(id);
    if (entry === undefined) return;
    end(id, entry);
    entry.resolve(none);
  }

  return {
    open(query, timeoutMs) {
      const id = String(nextId);
      nextId += 1n;
      const { promise, resolve } = Promise.withResolvers<Result>();
      const timer = setTimeout(() => leave(id), timeoutMs).unref();
      open.set(id, { query, at: now(), resolve, timer });
      return { id, result: promise };
    },
    take(bot, id) {
      const entry = open.get(id);
      if (entry === undefined || entry.query.bot !== bot || now() - entry.at > answerMs)
        throw badRequest('query is too old and response timeout expired or query ID is invalid');
      end(id, entry);
      return { ...entry.query, afterMs: now() - entry.at, resolve: entry.resolve };
    },
    close() {
      for (const id of open.keys()) leave(id);
    },
  };
}
