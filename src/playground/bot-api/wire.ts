import type { Files } from './files.ts';
import type { Chat, StoredContent, StoredMessage } from './chats.ts';
import type { Content, MessageView, UserSpec } from './types.ts';

/** Gives a chat as the Bot API writes it. */
export function wireChat(chat: Chat): Record<string, unknown> {
  if (chat.user !== null) {
    const { first_name, last_name, username } = chat.user;
    return { id: chat.id, type: 'private', first_name, ...defined({ last_name, username }) };
  }
  return { id: chat.id, type: chat.type, title: chat.title, ...(chat.isForum ? { is_forum: true } : {}) };
}

/** Gives a message as the Bot API writes it, with the message it answers when asked. */
export function wireMessage(
  message: StoredMessage,
  options: { withReply: boolean } = { withReply: true },
): Record<string, unknown> {
  const { content, chat, topic, replyTo } = message;
  const answered = options.withReply && replyTo !== null ? chat.messages.get(replyTo) : undefined;
  return {
    message_id: message.id,
    from: message.from,
    ...(message.via ? { via_bot: message.via } : {}),
    chat: wireChat(chat),
    date: toSeconds(message.at),
    ...(message.editedAt === null ? {} : { edit_date: toSeconds(message.editedAt) }),
    ...(topic === null ? {} : { message_thread_id: topic, is_topic_message: true }),
    ...(answered ? { reply_to_message: wireMessage(answered, { withReply: false }) } : {}),
    ...wireContent(content),
  };
}

/** Gives a message whose content Telegram no longer tells. */
export function wireInaccessible(message: StoredMessage): Record<string, unknown> {
  return { message_id: message.id, chat: wireChat(message.chat), date: 0 };
}

export function wireUser(user: UserSpec): Record<string, unknown> {
  return { is_bot: false, ...user };
}

function wireContent({ text, entities, photo, keyboard }: StoredContent): Record<string, unknown> {
  const words = photo
    ? {
        ...(text === '' ? {} : { caption: text }),
        ...(entities.length > 0 ? { caption_entities: entities } : {}),
      }
    : { text, ...(entities.length > 0 ? { entities } : {}) };
  return {
    ...words,
    ...(photo ? { photo: wirePhoto(photo) } : {}),
    ...(keyboard.length > 0 ? { reply_markup: { inline_keyboard: keyboard } } : {}),
  };
}

const THUMBNAIL_SIDE = 90;

/** Sizes, smallest first. */
function wirePhoto({
  fileId,
  width,
  height,
}: NonNullable<StoredContent['photo']>): Record<string, unknown>[] {
  const scale = Math.min(1, THUMBNAIL_SIDE / Math.max(width, height));
  const size = (id: string, factor: number) => ({
    file_id: id,
    file_unique_id: id.slice(-16),
    width: Math.max(1, Math.round(width * factor)),
    height: Math.max(1, Math.round(height * factor)),
  });
  return [size(`${fileId}s`, scale), size(fileId, 1)];
}

function toSeconds(ms: number): number {
  return Math.floor(ms / 1000);
}

function defined(values: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}

/** Gives a message as tests and pages read it. */
export function viewMessage(message: StoredMessage, files: Files): MessageView {
  const { id, chat, topic, from, at, silent, replyTo, isDeleted, isPinned, reactions, content, edits } =
    message;
  return {
    id,
    chat: chat.id,
    topic,
    at,
    silent,
    replyTo,
    isDeleted,
    isPinned,
    reactions: [...reactions],
    ...(message.via?.username === undefined ? {} : { via: message.via.username }),
    from: { id: from.id, name: nameOf(from), isBot: from.is_bot },
    ...viewContent(content, files),
    edits: edits.map((edit) => ({ ...viewContent(edit, files), at: edit.at })),
  };
}

function viewContent({ text, entities, photo, keyboard }: StoredContent, files: Files): Content {
  return { text, entities, keyboard, photo: photo && { ...photo, bytes: files.bytesOf(photo.fileId) } };
}

export function nameOf({ first_name: first, last_name: last }: UserSpec): string {
  return last === undefined ? first : `${first} ${last}`;
}
