import type { Answer } from '../answers/index.ts';
import type { Deps } from '../deps.ts';
import { canEdit, type ClaimedDelivery, type MessagePicture } from '../delivery/index.ts';
import { SECOND } from '../lib/time.ts';
import type { Picture } from '../pictures/index.ts';

/** A message never waits longer than this for its picture, since an edit can bring it. */
const PICTURE_WAIT_MS = 300;
/** Mail cannot be redrawn, and nobody looks at its clock. */
const MAIL_PICTURE_WAIT_MS = 2 * SECOND;

/** The picture of a message: the one that a post announced is waited for, any other as long as a message may wait. */
export async function drawPicture(
  deps: Pick<Deps, 'pictures'>,
  { edge, place }: Pick<ClaimedDelivery, 'edge' | 'place'>,
  { picture }: Answer,
): Promise<MessagePicture | null> {
  if (!picture) return null;
  const drawing = deps.pictures.render(picture.spec);
  const waitMs = canEdit(place) ? PICTURE_WAIT_MS : MAIL_PICTURE_WAIT_MS;
  const drawn = edge === 'picture' ? await drawing : await soon(drawing, waitMs);
  return drawn ? { png: drawn.png, contentHash: drawn.contentHash, alt: picture.alt } : null;
}

async function soon(drawing: Promise<Picture>, waitMs: number): Promise<Picture | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), waitMs);
  try {
    return await Promise.race([drawing.catch(() => undefined), promise]);
  } finally {
    clearTimeout(timer);
  }
}
