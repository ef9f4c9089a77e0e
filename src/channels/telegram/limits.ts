import { SECOND } from '../../lib/time.ts';

// https://core.telegram.org/bots/api: sendMessage, sendPhoto, InlineKeyboardButton, answerCallbackQuery.
/** UTF-16 units of a message's text, after entities. */
export const TEXT_MAX = 4096;
/** UTF-16 units of a photo's caption, after entities. */
export const CAPTION_MAX = 1024;
export const CALLBACK_DATA_MAX_BYTES = 64;
/** UTF-16 units of the hint in the field where an answer is written (ForceReply). */
export const PLACEHOLDER_MAX = 64;
/** UTF-16 units of the toast that answers a press. */
export const TOAST_MAX = 200;
/** Bytes of a text before its entities are parsed (`get_formatted_text` of the Bot API server). */
export const MARKUP_MAX_BYTES = 32_768;
export const BUTTONS_PER_ROW_MAX = 8;
export const BUTTONS_MAX = 100;

/** Seconds that Telegram may keep what one person is offered inline: a number soon has another value. */
export const INLINE_CACHE_SECONDS = 5;
/** An inline answer never waits longer for the ids of its pictures: it is wanted within a second. */
export const INLINE_PATIENCE_MS = 300;

/** A call that takes longer counts as lost. */
export const CALL_TIMEOUT_MS = 10 * SECOND;
/** How long `getUpdates` is held open. */
export const POLL_SECONDS = 30;
/** Telegram wants a press answered within 3 s; the answering call takes its part of that. */
export const PRESS_GUARD_MS = 2 * SECOND;
/** A message never waits longer for its picture. */
export const PICTURE_PATIENCE_MS = 300;
