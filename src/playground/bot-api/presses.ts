import { badRequest } from './failure.ts';
import type { PressResult } from './types.ts';

/** Telegram's time for an answer to a press. */
export const PRESS_MS = 15_000;
const TOAST_MAX = 200;

export type PressAnswer = { text: string; showAlert: boolean };
export type OpenPress = { id: string; chat: number; user: number; result: Promise<PressResult> };

/** Presses that wait for their answer. */
export interface Presses {
  open(press: { bot: string; chat: number; user: number; timeoutMs: number }): OpenPress;
  /** Answers a press once, in time; else throws the refusal. Gives who pressed, and where. */
  answer(bot: string, id: string, answer: PressAnswer): { chat: number; user: number };
  close(): void;
}

type Entry = {
  bot: string;
  chat: number;
  user: number;
  at: number;
  resolve(result: PressResult): void;
  timer: NodeJS.Timeout;
};

/** Makes the register of presses; `now` is in ms. */
export function createPresses(now: () => number): Presses {
  const open = new Map<string, Entry>();
  let nextId = BigInt(Date.now()) << 20n;

  function leave(id: string): void {
    const entry = open.get(id);
    if (entry === undefined) return;
    clearTimeout(entry.timer);
    open.delete(id);
    entry.resolve({ answered: false, url: null });
  }

  return {
    open({ bot, chat, user, timeoutMs }) {
      const id = String(nextId);
      nextId += 1n;
      const { promise, resolve } = Promise.withResolvers<PressResult>();
      const timer = setTimeout(() => leave(id), timeoutMs).unref();
      open.set(id, { bot, chat, user, at: now(), resolve, timer });
      return { id, chat, user, result: promise };
    },
    answer(bot, id, { text, showAlert }) {
      if (text.length > TOAST_MAX) throw badRequest('MESSAGE_TOO_LONG');
      const entry = open.get(id);
      if (entry === undefined || entry.bot !== bot || now() - entry.at > PRESS_MS)
        throw badRequest('query is too old and response timeout expired or query ID is invalid');
      clearTimeout(entry.timer);
      open.delete(id);
      entry.resolve({ answered: true, text, showAlert, afterMs: now() - entry.at });
      return { chat: entry.chat, user: entry.user };
    },
    close() {
      for (const id of open.keys()) leave(id);
    },
  };
}
