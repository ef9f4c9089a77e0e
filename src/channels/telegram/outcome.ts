import type { Place, SendOutcome } from '../../delivery/index.ts';
import { SECOND } from '../../lib/time.ts';
import { describeTrouble, type Trouble } from './trouble.ts';

export type TelegramPlace = Extract<Place, { channel: 'telegram' }>;

/** When Telegram says "too many" without saying how long. */
const UNTOLD_WAIT_MS = 5 * SECOND;

// Telegram tells 400s apart by sentence alone. The sentence begins so (tdlib `Client.cpp`, `MessagesManager.cpp`).
const NOT_MODIFIED = ['message is not modified'];
const LOST = [
  'message to edit not found',
  "message can't be edited",
  'message not found',
  'MESSAGE_ID_INVALID',
];
const TOPIC_GONE = ['message thread not found', 'TOPIC_DELETED', 'TOPIC_CLOSED', 'TOPIC_ID_INVALID'];
const GONE = [
  'chat not found',
  'private chat not found',
  'user not found',
  'PEER_ID_INVALID',
  'group chat was deactivated',
  'CHAT_WRITE_FORBIDDEN',
  'CHAT_RESTRICTED',
  'CHAT_ADMIN_REQUIRED',
  'have no rights to send a message',
  'not enough rights to send',
  'need administrator rights',
];
const QUERY_GONE = ['query is too old', 'QUERY_ID_INVALID'];
const FILE_ID_REFUSED = [
  'wrong file identifier',
  'wrong file_id',
  'wrong remote file identifier',
  'invalid file_id',
  'invalid remote file identifier',
  'FILE_REFERENCE_',
  'file reference',
];
const PICTURE_REFUSED = [
  'IMAGE_PROCESS_FAILED',
  'PHOTO_INVALID_DIMENSIONS',
  'PHOTO_SAVE_FILE_INVALID',
  'PHOTO_EXT_INVALID',
  'photo has unsupported extension',
  'size of the photo is too big',
  'file is too big',
  'file of size',
  'not enough rights to send photos',
];
const NO_TEXT = ['there is no text in the message to edit'];
const NO_CAPTION = ['there is no caption in the message to edit'];
const EXPLAINED = [...NOT_MODIFIED, ...LOST, ...TOPIC_GONE, ...GONE, ...QUERY_GONE];

function says(trouble: Trouble, sentences: readonly string[]): boolean {
  if (trouble.kind !== 'refused' || trouble.code !== 400) return false;
  const sentence = trouble.description.replace(/^Bad Request: /, '');
  return sentences.some((known) => sentence.startsWith(known));
}

/** The edit changes nothing: the message says this already. */
export const isNotModified = (trouble: Trouble): boolean => says(trouble, NOT_MODIFIED);
/** Nobody waits for the answer any more: neither form of it helps. */
export const isQueryGone = (trouble: Trouble): boolean => says(trouble, QUERY_GONE);
/** Telegram no longer takes a file by the id it gave; an upload passes. */
export const isFileIdRefused = (trouble: Trouble): boolean => says(trouble, FILE_ID_REFUSED);
/** Telegram does not take this picture, or no picture here; the text passes. */
export const isPictureRefused = (trouble: Trouble): boolean =>
  says(trouble, PICTURE_REFUSED) || (trouble.kind === 'refused' && trouble.code === 413);
/** The message to edit shows a picture, so its words are a caption. */
export const isTextMissing = (trouble: Trouble): boolean => says(trouble, NO_TEXT);
/** The message to edit shows no picture, so its words are a text. */
export const isCaptionMissing = (trouble: Trouble): boolean => says(trouble, NO_CAPTION);

/** Telegram refuses the message for a reason that is not known here: a simpler form of it may pass. */
export const isRefusedUnexplained = (trouble: Trouble): boolean =>
  trouble.kind === 'refused' &&
  trouble.code === 400 &&
  trouble.migrateTo === null &&
  !says(trouble, EXPLAINED);
/** The server has no such method, or not this token. */
export const isMethodUnknown = (trouble: Trouble): boolean =>
  trouble.kind === 'refused' && trouble.code === 404;

/** Gives the error class of a call that did not succeed, by its code and parameters; words count only within one code. */
export function classify(trouble: Trouble, place: TelegramPlace): Exclude<SendOutcome, { kind: 'sent' }> {
  const reason = describeTrouble(trouble);
  if (trouble.kind === 'network')
    return { kind: 'retry', reason, statusCode: trouble.statusCode, maybeSent: trouble.maybeSent };
  const { code, migrateTo, retryAfterSeconds } = trouble;
  if (migrateTo !== null) return { kind: 'moved', to: { ...place, chat: migrateTo }, reason };
  if (code >= 500) return { kind: 'retry', reason, statusCode: code, maybeSent: false };
  switch (code) {
    case 429:
      return {
        kind: 'wait',
        afterMs: retryAfterSeconds === null ? UNTOLD_WAIT_MS : retryAfterSeconds * SECOND,
        reason,
      };
    case 401:
      return { kind: 'unauthorized', reason: `${reason}: check TELEGRAM_BOT_TOKEN` };
    case 403:
      return { kind: 'gone', reason, statusCode: code };
    case 404:
      return {
        kind: 'bad',
        reason: `${reason}: check TELEGRAM_BOT_TOKEN and TELEGRAM_API_ROOT`,
        statusCode: code,
      };
    case 400:
      return classifyBadRequest(trouble, place);
    default:
      return { kind: 'bad', reason, statusCode: code };
  }
}

function classifyBadRequest(trouble: Trouble, place: TelegramPlace): Exclude<SendOutcome, { kind: 'sent' }> {
  const reason = describeTrouble(trouble);
  if (says(trouble, LOST)) return { kind: 'lost', reason };
  if (place.topic !== null && says(trouble, TOPIC_GONE)) return { kind: 'topic_gone', reason };
  if (says(trouble, GONE)) return { kind: 'gone', reason, statusCode: 400 };
  return { kind: 'bad', reason, statusCode: 400 };
}
