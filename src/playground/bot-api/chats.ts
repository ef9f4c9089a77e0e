import { ApiFailure, badRequest } from './failure.ts';
import type { PhotoRef } from './files.ts';
import type { FormattedText } from './text.ts';
import type { ChatType, InlineKeyboard, UserSpec } from './types.ts';

export type StoredContent = FormattedText & { photo: PhotoRef | null; keyboard: InlineKeyboard };

export type StoredMessage = {
  id: number;
  chat: Chat;
  topic: number | null;
  /** id of the bot that sent it; null: a person did */
  bot: string | null;
  from: UserSpec & { is_bot: boolean };
  /** the bot whose inline result it is */
  via?: UserSpec & { is_bot: true };
  at: number;
  editedAt: number | null;
  silent: boolean;
  replyTo: number | null;
  isDeleted: boolean;
  isPinned: boolean;
  reactions: string[];
  content: StoredContent;
  edits: (StoredContent & { at: number })[];
};

export type Chat = {
  id: number;
  type: ChatType;
  title: string;
  /** the person of a private chat */
  user: UserSpec | null;
  members: Set<number>;
  isForum: boolean;
  topics: Set<number>;
  /** a person blocked the bot, or a group threw it out */
  isClosed: boolean;
  migratedTo: number | null;
  messages: Map<number, StoredMessage>;
  nextMessageId: number;
};

type NewMessage = Omit<
  StoredMessage,
  'id' | 'chat' | 'editedAt' | 'isDeleted' | 'isPinned' | 'reactions' | 'edits'
>;

/** Chats of a Telegram where everybody is on this machine. */
export interface Chats {
  open(chat: Pick<Chat, 'id' | 'title'> & Partial<Chat>): Chat;
  find(id: number): Chat | undefined;
  /** Gives the chat a call names, or the refusal of a bot that may not write there. */
  getForCall(chatId: string): Chat;
  /** Stores a message; the oldest is dropped when the chat holds too many. */
  add(chat: Chat, message: NewMessage): StoredMessage;
  /** Replaces what a message says and keeps what it said. */
  replace(message: StoredMessage, content: StoredContent, at: number): void;
}

const SUPERGROUP = /^-100/;
/** Of General, the topic every forum has. */
const GENERAL_TOPIC = 1;
/**
 * Ids go on rising over restarts: a message of an earlier run must not be taken for one of this run. Seconds since 2026 leave
 * room below Telegram's 32 bits.
 */
const firstMessageId = (): number => Math.floor((Date.now() - Date.UTC(2026, 0, 1)) / 1000);

/** Makes an empty world of chats. */
export function createChats(keep: { messagesPerChat: number; editsPerMessage: number }): Chats {
  const chats = new Map<number, Chat>();
  return {
    find: (id) => chats.get(id),
    open(spec) {
      const known = chats.get(spec.id);
      const chat = known ? Object.assign(known, spec) : { ...emptyChat(spec.id), ...spec };
      chats.set(chat.id, chat);
      return chat;
    },
    getForCall(chatId) {
      if (chatId === '') throw badRequest('chat_id is empty');
      const chat = chats.get(Number(chatId));
      if (chat === undefined) throw badRequest('chat not found');
      if (chat.migratedTo !== null) throw upgraded(chat.migratedTo);
      if (chat.isClosed) throw new ApiFailure(403, closedSentence(chat));
      return chat;
    },
    add(chat, message) {
      const stored = newMessage(chat, message);
      chat.nextMessageId += 1;
      chat.messages.set(stored.id, stored);
      const [oldest] = chat.messages.keys();
      if (chat.messages.size > keep.messagesPerChat && oldest !== undefined) chat.messages.delete(oldest);
      return stored;
    },
    replace(message, content, at) {
      message.edits.push({ ...message.content, at: message.editedAt ?? message.at });
      if (message.edits.length > keep.editsPerMessage) message.edits.shift();
      message.content = content;
      message.editedAt = at;
    },
  };
}

function emptyChat(id: number): Omit<Chat, 'title'> {
  return {
    id,
    type: id > 0 ? 'private' : SUPERGROUP.test(String(id)) ? 'supergroup' : 'group',
    user: null,
    members: new Set(),
    isForum: false,
    topics: new Set(),
    isClosed: false,
    migratedTo: null,
    messages: new Map(),
    nextMessageId: firstMessageId(),
  };
}

function newMessage(chat: Chat, message: NewMessage): StoredMessage {
  return {
    ...message,
    id: chat.nextMessageId,
    chat,
    editedAt: null,
    isDeleted: false,
    isPinned: false,
    reactions: [],
    edits: [],
  };
}

function upgraded(to: number): ApiFailure {
  return new ApiFailure(400, 'Bad Request: group chat was upgraded to a supergroup chat', {
    migrate_to_chat_id: to,
  });
}

function closedSentence({ type }: Chat): string {
  return type === 'private'
    ? 'Forbidden: bot was blocked by the user'
    : `Forbidden: bot was kicked from the ${type} chat`;
}

/** Gives the topic a call writes in, or the refusal of one that does not exist. */
export function getTopic(chat: Chat, topic: number | undefined): number | null {
  if (topic === undefined || topic === 0) return null;
  const isKnown = topic !== GENERAL_TOPIC && chat.topics.has(topic);
  if (isKnown) return topic;
  // Telegram ignores a thread where there can be none.
  if (!chat.isForum && chat.type !== 'private') return null;
  throw badRequest('message thread not found');
}

/** Gives a message that is there; `what` completes the refusal "… not found". */
export function getMessage(chat: Chat, id: number | undefined, what: string): StoredMessage {
  if (id === undefined) throw badRequest('message identifier is not specified');
  const message = chat.messages.get(id);
  if (message === undefined || message.isDeleted) throw badRequest(`${what} not found`);
  return message;
}
