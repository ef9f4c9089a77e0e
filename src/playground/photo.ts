import { NotFoundError } from '../errors.ts';
import type { BotApi } from './bot-api/index.ts';

const PHOTO_PATH = /^\/play\/photo\/(-?\d+)\/(\d+)\/([\w-]+)$/;
const JPEG_START = 0xff;

/** Gives the picture of a message, now or before an edit; undefined when the path is no picture's. */
export function findPhoto(botApi: BotApi, path: string): Response | undefined {
  const [match, chat, id, fileId] = PHOTO_PATH.exec(path) ?? [];
  if (match === undefined) return undefined;
  const message = findMessage(botApi, { chat: Number(chat), id: Number(id) });
  const photos = [message?.photo, ...(message?.edits ?? []).map(({ photo }) => photo)];
  const bytes = photos.find((photo) => photo?.fileId === fileId)?.bytes;
  if (!bytes) throw new NotFoundError('photo_gone', 'This picture is no longer kept. Ask for a new one.');
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': bytes[0] === JPEG_START ? 'image/jpeg' : 'image/png',
      'cache-control': 'private, max-age=86400, immutable',
    },
  });
}

/** The stand-in refuses a chat it does not know. */
function findMessage(botApi: BotApi, ref: { chat: number; id: number }) {
  try {
    return botApi.message(ref);
  } catch {
    return undefined;
  }
}
