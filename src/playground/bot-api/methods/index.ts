/**
 * The methods of the Bot API that bots may call here, by their name in small letters. In: a call. Out: its result, or the
 * refusal that Telegram would give.
 */
import { deleteMyCommands, getChat, getFile, getMe, getMyCommands, setMyCommands } from './chat.ts';
import { editMessageCaption, editMessageMedia, editMessageReplyMarkup, editMessageText } from './edit.ts';
import { answerInlineQuery } from './inline.ts';
import {
  answerCallbackQuery,
  deleteMessage,
  pinChatMessage,
  sendChatAction,
  setMessageReaction,
  unpinChatMessage,
} from './message.ts';
import { sendMessage, sendPhoto } from './send.ts';
import type { Method } from './types.ts';
import { deleteWebhook, getUpdates, getWebhookInfo, setWebhook } from './updates.ts';

export type { Call, Method } from './types.ts';

/** Sends and edits share one budget. */
const PACED = {
  sendMessage,
  sendPhoto,
  editMessageText,
  editMessageCaption,
  editMessageMedia,
  editMessageReplyMarkup,
};

const FREE = {
  getMe,
  getUpdates,
  setWebhook,
  deleteWebhook,
  getWebhookInfo,
  deleteMessage,
  answerCallbackQuery,
  answerInlineQuery,
  setMyCommands,
  getMyCommands,
  deleteMyCommands,
  sendChatAction,
  pinChatMessage,
  unpinChatMessage,
  getFile,
  getChat,
  setMessageReaction,
};

export type KnownMethod = { name: string; run: Method; isPaced: boolean };

const METHODS = new Map<string, KnownMethod>([...list(PACED, true), ...list(FREE, false)]);

function list(methods: Record<string, Method>, isPaced: boolean): [string, KnownMethod][] {
  return Object.entries(methods).map(([name, run]) => [name.toLowerCase(), { name, run, isPaced }]);
}

/** Gives a method by its name in any case. */
export function findMethod(name: string): KnownMethod | undefined {
  return METHODS.get(name.toLowerCase());
}
