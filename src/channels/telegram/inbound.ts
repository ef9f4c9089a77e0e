import type { Update } from 'grammy/types';
import type { TelegramPlace } from './outcome.ts';

/** Who acted, from where, by Telegram's own ids. */
type Actor = {
  updateId: number;
  fromId: number;
  fromName: string;
  languageCode: string | undefined;
  place: TelegramPlace;
  isPrivate: boolean;
  messageId: string;
};

/** Words of a person meant for the bot. */
export type InboundCommand = Actor & { text: string };

/** Words of a person in answer to a message of the bot: the text, or what stands under a picture. */
export type InboundReply = InboundCommand & { replyTo: string };

/** A press of a button. */
export type InboundPress = Actor & {
  callbackId: string;
  data: string;
  /** the pressed message shows a picture */
  hasPicture: boolean;
};

/** Words typed after the bot's name in any chat. `place` is where the bot talks with that person, not that chat. */
export type InboundInline = Omit<Actor, 'isPrivate' | 'messageId'> & { queryId: string; text: string };

/** What an update means to Heartbeat. */
export type Inbound =
  | { kind: 'command'; command: InboundCommand }
  | { kind: 'reply'; reply: InboundReply }
  | { kind: 'press'; press: InboundPress }
  | { kind: 'inline'; query: InboundInline }
  /** a press without a message of ours: it is answered and changes nothing */
  | { kind: 'stray_press'; callbackId: string; languageCode: string | undefined }
  | { kind: 'blocked' | 'unblocked'; chat: string }
  | { kind: 'migrated'; from: string; to: string }
  | { kind: 'other' };

type Message = NonNullable<Update['message']>;
type InlineQuery = NonNullable<Update['inline_query']>;
type CallbackQuery = NonNullable<Update['callback_query']>;

/** Reads an update. `botUsername` tells commands for this bot from those for another one in the same group. */
export function toInbound(update: Update, botUsername: string): Inbound {
  if (update.callback_query) return readPress(update.update_id, update.callback_query);
  if (update.inline_query)
    return { kind: 'inline', query: readInline(update.update_id, update.inline_query) };
  if (update.my_chat_member) {
    const { chat, new_chat_member: member } = update.my_chat_member;
    const isOut = member.status === 'kicked' || member.status === 'left';
    return { kind: isOut ? 'blocked' : 'unblocked', chat: String(chat.id) };
  }
  return update.message ? readMessage(update.update_id, update.message, botUsername) : { kind: 'other' };
}

function readPress(updateId: number, query: CallbackQuery): Inbound {
  const { message, data, from } = query;
  if (message === undefined || data === undefined)
    return { kind: 'stray_press', callbackId: query.id, languageCode: from.language_code };
  return {
    kind: 'press',
    press: {
      updateId,
      fromId: from.id,
      fromName: nameOf(from),
      languageCode: from.language_code,
      place: placeOf(message),
      isPrivate: message.chat.type === 'private',
      messageId: String(message.message_id),
      callbackId: query.id,
      data,
      hasPicture: 'photo' in message && message.photo !== undefined,
    },
  };
}

function readInline(updateId: number, { id, from, query }: InlineQuery): InboundInline {
  return {
    updateId,
    fromId: from.id,
    fromName: nameOf(from),
    languageCode: from.language_code,
    place: { channel: 'telegram', chat: String(from.id), topic: null },
    queryId: id,
    text: query,
  };
}

function readMessage(updateId: number, message: Message, botUsername: string): Inbound {
  if (message.migrate_to_chat_id !== undefined)
    return { kind: 'migrated', from: String(message.chat.id), to: String(message.migrate_to_chat_id) };
  const { from } = message;
  // a card that somebody took from the bot by inline mode is no word to it
  const isOwnCard = isSame(message.via_bot?.username, botUsername);
  if (from === undefined || from.is_bot || isOwnCard) return { kind: 'other' };
  const isPrivate = message.chat.type === 'private';
  const actor = {
    updateId,
    fromId: from.id,
    fromName: nameOf(from),
    languageCode: from.language_code,
    place: placeOf(message),
    isPrivate,
    messageId: String(message.message_id),
  };
  const replyTo = answeredOf(message, botUsername);
  const said = message.text ?? (replyTo === undefined ? undefined : message.caption);
  const text =
    said === undefined
      ? undefined
      : addressedText(said, { isPrivate: isPrivate || replyTo !== undefined, botUsername });
  if (text === undefined) return { kind: 'other' };
  if (replyTo === undefined || text.startsWith('/')) return { kind: 'command', command: { ...actor, text } };
  return { kind: 'reply', reply: { ...actor, text, replyTo } };
}

/** The message of this bot that a message answers; every message of a topic "answers" the one that opened it. */
function answeredOf({ reply_to_message: answered }: Message, botUsername: string): string | undefined {
  if (answered?.forum_topic_created) return undefined;
  const isOurs = answered?.from?.is_bot === true && isSame(answered.from.username, botUsername);
  return isOurs ? String(answered.message_id) : undefined;
}

/** In a group the bot hears commands and its own name only; a command for another bot is not for this one. */
function addressedText(
  text: string,
  { isPrivate, botUsername }: { isPrivate: boolean; botUsername: string },
): string | undefined {
  const [, command, addressee] = /^(\/\w+)(?:@(\w+))?/.exec(text) ?? [];
  if (command !== undefined) {
    if (addressee === undefined) return text;
    return isSame(addressee, botUsername)
      ? command + text.slice(command.length + 1 + addressee.length)
      : undefined;
  }
  const [mention, name] = /^@(\w+)[\s,:]*/.exec(text) ?? [];
  if (mention !== undefined && isSame(name, botUsername)) return text.slice(mention.length);
  return isPrivate ? text : undefined;
}

function isSame(name: string | undefined, botUsername: string): boolean {
  return name?.toLowerCase() === botUsername.toLowerCase();
}

/** A reply outside a forum has a thread id too; only in a topic is it one to answer in. */
function placeOf(message: NonNullable<CallbackQuery['message']>): TelegramPlace {
  const topic =
    'is_topic_message' in message && message.is_topic_message ? message.message_thread_id : undefined;
  return { channel: 'telegram', chat: String(message.chat.id), topic: topic ?? null };
}

function nameOf({ first_name: first, last_name: last }: { first_name: string; last_name?: string }): string {
  return last === undefined ? first : `${first} ${last}`;
}
