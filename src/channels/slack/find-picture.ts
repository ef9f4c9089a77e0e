import type { Logger } from 'pino';
import type { MessagePicture, MessageRequest, SendOutcome } from '../../delivery/index.ts';
import type { SlackFiles } from './file-ids.ts';
import { classify, type SlackPlace } from './outcome.ts';
import type { SlackPictures } from './pictures.ts';
import { describeTrouble, toTrouble } from './trouble.ts';

/** What the message shows; or what became of it, where it has to wait for that. */
type PictureFound = { fileId: string | null } | { outcome: SendOutcome };

type PictureTools = { pictures: SlackPictures; files: SlackFiles; log: Logger };

/** Gives the file that the message shows after the call: the new picture, else on an edit the one that is there. Never throws. */
export async function findPicture(
  request: MessageRequest,
  place: SlackPlace,
  tools: PictureTools,
): Promise<PictureFound> {
  const { picture, operation, hasPicture, messageId } = request;
  if (picture !== null) return bringPicture(picture, operation === 'edit', tools);
  if (operation !== 'edit' || !hasPicture || messageId === null) return { fileId: null };
  try {
    return { fileId: (await tools.files.findShown(place, messageId)) ?? null };
  } catch (error) {
    tools.log.warn({ err: error }, 'the picture of a message could not be looked up; it is left out');
    return { fileId: null };
  }
}

/** An edit is often there for its picture, so it waits for it; any other message goes without one that is not ready. */
async function bringPicture(
  picture: MessagePicture,
  isEdit: boolean,
  { pictures, log }: PictureTools,
): Promise<PictureFound> {
  try {
    const brought = await pictures.bring(picture);
    if (brought.kind === 'ready') return { fileId: brought.fileId };
    return isEdit ? { outcome: PENDING } : { fileId: null };
  } catch (error) {
    const trouble = toTrouble(error);
    if (isEdit && trouble.kind !== 'refused') return { outcome: classify(trouble) };
    log.warn({ reason: describeTrouble(trouble) }, 'a picture could not be brought to Slack; it is left out');
    return { fileId: null };
  }
}

const PENDING: SendOutcome = {
  kind: 'retry',
  reason: 'Slack has not processed the picture yet',
  statusCode: null,
  maybeSent: false,
};
