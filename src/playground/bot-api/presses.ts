import { badRequest } from './failure.ts';
import { createOpenQueries } from './open-queries.ts';
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

type Press = { bot: string; chat: number; user: number };

/** Makes the register of presses; `now` is in ms. */
export function createPresses(now: () => number): Presses {
  const presses = createOpenQueries<Press, PressResult>(now, {
    answerMs: PRESS_MS,
    none: { answered: false, url: null },
  });
  return {
    open: ({ timeoutMs, ...press }) => ({
      ...presses.open(press, timeoutMs),
      chat: press.chat,
      user: press.user,
    }),
    answer(bot, id, { text, showAlert }) {
      if (text.length > TOAST_MAX) throw badRequest('MESSAGE_TOO_LONG');
      const { chat, user, afterMs, resolve } = presses.take(bot, id);
      resolve({ answered: true, text, showAlert, afterMs });
      return { chat, user };
    },
    close: () => presses.close(),
  };
}
