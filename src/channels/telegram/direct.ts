import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Answer, Button, PressAnswer } from '../../answers/index.ts';
import { placeKey, type MessageRequest, type SendOutcome } from '../../delivery/index.ts';
import { MINUTE } from '../../lib/time.ts';
import type { TelegramChannel } from './channel.ts';
import { fitText } from './fit.ts';
import { TOAST_MAX } from './limits.ts';
import { isNotModified, type TelegramPlace } from './outcome.ts';
import { sendWithPicture, type PatientSendOptions, type ReplyPicture } from './patient-send.ts';
import { chatIdOf, threadOf } from './plan.ts';
import { renderButtons } from './render.ts';
import { describeTrouble, toTrouble, type Trouble } from './trouble.ts';

export type { ReplyPicture };

/** A message to a person who asked. */
export type Reply = {
  place: TelegramPlace;
  answer: Answer;
  /** the message that is answered */
  replyTo?: string | null;
  /** shown with the text when ready soon, else added by an edit */
  picture?: Promise<ReplyPicture | null>;
  silent?: boolean;
};

export type ReplyEdit = Pick<Reply, 'place' | 'answer' | 'picture'> & {
  messageId: string;
  hasPicture: boolean;
};

export type ButtonsEdit = {
  place: TelegramPlace;
  messageId: string;
  buttons: readonly (readonly Button[])[];
};

export type DirectOptions = Pick<PatientSendOptions, 'log' | 'reserve'> & { channel: TelegramChannel };

/** Calls outside the outbox: what a person who asked is told at once. None of them throws. */
export interface TelegramDirect {
  /** Answers a press; false when Telegram no longer takes the answer. */
  answerPress(callbackId: string, press: Pick<PressAnswer, 'toast' | 'alarm'>): Promise<boolean>;
  /** Sends an answer; follows a moved group, leaves a deleted topic, waits out short limits. */
  reply(reply: Reply): Promise<SendOutcome>;
  /** Redraws a message. */
  edit(edit: ReplyEdit): Promise<SendOutcome>;
  /** Replaces only the buttons of a message; false when Telegram refuses. */
  setButtons(edit: ButtonsEdit): Promise<boolean>;
  /** Marks a message of a person as written down; false when Telegram refuses, as where reactions are off. */
  markNoted(place: TelegramPlace, messageId: string): Promise<boolean>;
  /** Shows that an answer is being made. */
  showTyping(place: TelegramPlace): Promise<void>;
  /** Ends waits under way. */
  close(): void;
}

/** Messages whose buttons a press has just changed, for as long as a picture may still be drawn for them. */
const PRESSED_MAX = 1_000;
const PRESSED_TTL_MS = 2 * MINUTE;

/** One of the signs that Telegram takes as a reaction. */
const NOTED = '✍';

/** Makes the calls that answer people. */
export function createTelegramDirect(options: DirectOptions): TelegramDirect {
  const { log, reserve, channel } = options;
  const { api } = channel;
  const closed = new AbortController();
  const pressed = new LRUCache<string, ButtonsEdit['buttons']>({ max: PRESSED_MAX, ttl: PRESSED_TTL_MS });
  const withNewButtons = (edit: MessageRequest): MessageRequest => {
    const buttons = pressed.get(messageKey(edit));
    return buttons ? { ...edit, answer: { ...edit.answer, buttons } } : edit;
  };
  const patience = { ...options, signal: closed.signal, withNewButtons };

  return {
    reply: (reply) => sendWithPicture(toRequest(reply), reply.picture, patience),
    edit: (edit) => sendWithPicture(toEditRequest(edit), edit.picture, patience),
    close: () => closed.abort(),
    answerPress(callbackId, { toast, alarm }) {
      const text = fitText(toast.toWellFormed(), TOAST_MAX);
      const call = () =>
        api.answerCallbackQuery(callbackId, { text, ...(alarm ? { show_alert: true } : {}) });
      return tryTwice('answering a press', call, log);
    },
    async setButtons({ place, messageId, buttons }) {
      pressed.set(messageKey({ place, messageId }), buttons);
      const keyboard = renderButtons(buttons, (error) =>
        log.error({ reason: error.message }, 'a button was left out'),
      );
      const markup = { reply_markup: { inline_keyboard: keyboard } };
      await reserve?.(place);
      return tryTwice(
        'changing buttons',
        () => api.editMessageReplyMarkup(chatIdOf(place), Number(messageId), markup),
        log,
      );
    },
    markNoted: (place, messageId) =>
      tryTwice(
        'marking a note',
        () => api.setMessageReaction(chatIdOf(place), Number(messageId), [{ type: 'emoji', emoji: NOTED }]),
        log,
      ),
    async showTyping(place) {
      await tryTwice(
        'showing that an answer is made',
        () => api.sendChatAction(chatIdOf(place), 'typing', threadOf(place)),
        log,
      );
    },
  };
}

function messageKey({ place, messageId }: Pick<MessageRequest, 'place' | 'messageId'>): string {
  return `${placeKey(place)} ${messageId}`;
}

/** Makes a call that may be repeated, once more when the way to Telegram failed. */
async function tryTwice(what: string, call: () => Promise<unknown>, log: Logger): Promise<boolean> {
  const trouble = await troubleOf(call);
  const last = trouble && isPassing(trouble) ? await troubleOf(call) : trouble;
  if (last === null || isNotModified(last)) return true;
  log.warn({ reason: describeTrouble(last) }, `${what} failed`);
  return false;
}

async function troubleOf(call: () => Promise<unknown>): Promise<Trouble | null> {
  try {
    await call();
    return null;
  } catch (error) {
    return toTrouble(error);
  }
}

function isPassing(trouble: Trouble): boolean {
  return trouble.kind === 'network' || trouble.code >= 500;
}

function toRequest({ place, answer, replyTo, silent }: Reply): MessageRequest {
  return {
    place,
    answer,
    operation: replyTo ? 'reply' : 'notice',
    picture: null,
    messageId: replyTo ?? null,
    hasPicture: false,
    silent: silent ?? false,
    maybeSent: false,
  };
}

function toEditRequest({ place, answer, messageId, hasPicture }: ReplyEdit): MessageRequest {
  return { ...toRequest({ place, answer }), operation: 'edit', messageId, hasPicture };
}
