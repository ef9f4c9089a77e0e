import type { Content, MessageView } from './bot-api/index.ts';
import type { PageMessage } from './page-types.ts';

/** Gives a message as the page gets it: its picture as an address, its history as one mark. */
export function toPageMessage(message: MessageView): PageMessage {
  const { id, chat, topic, from, at, text, entities, photo, keyboard, replyTo, silent, reactions } = message;
  return {
    id,
    chat,
    topic,
    from,
    at,
    text,
    entities,
    photo: photo && { src: photoSrc(message, photo.fileId), width: photo.width, height: photo.height },
    keyboard,
    replyTo,
    silent,
    edited: message.edits.some((earlier) => !saysTheSame(earlier, message)),
    pinned: message.isPinned,
    reactions,
  };
}

/** The file's id makes the address change with the picture, so that browsers may keep it. */
function photoSrc({ chat, id }: MessageView, fileId: string): string {
  return `/play/photo/${chat}/${id}/${encodeURIComponent(fileId)}`;
}

/** A picture that came to a text later changes nothing of what was said. */
function saysTheSame(earlier: Content, now: Content): boolean {
  const isSamePhoto = earlier.photo === null || earlier.photo.fileId === now.photo?.fileId;
  return earlier.text === now.text && isSamePhoto;
}
