import type { Answer } from '../answers/index.ts';
import { sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { placeKey, type ClaimedDelivery, type Composed, type Thread } from '../delivery/index.ts';

export type ToSend = Extract<Composed, { kind: 'send' }>;

/** A delivery about something that has a message of its own in each place. */
export type OwnDelivery = ClaimedDelivery & { alertId: string };

/** A message as it stands in a place; `subject` is what its thread was begun with. */
export type KnownMessage = {
  message_id: string;
  has_picture: boolean;
  content_hash: string | null;
  subject: string | null;
};

/** A message of words alone. */
export function standalone(answer: Answer, parts: Partial<ToSend> = {}): ToSend {
  return {
    kind: 'send',
    answer,
    thread: null,
    view: null,
    picture: null,
    messageId: null,
    hasPicture: false,
    pictureFollows: false,
    ...parts,
  };
}

/** Finds the message that an alert, storm or silent source has in a delivery's place. */
export async function findMessage(
  deps: Pick<Deps, 'db'>,
  { alertId, place }: OwnDelivery,
): Promise<KnownMessage | undefined> {
  const rows = await deps.db.prisma.$queryRaw<KnownMessage[]>(sql`
    select message_id, has_picture, content_hash, subject from heartbeat.alert_message
    where alert_id = ${alertId}::uuid and place = ${placeKey(place)}`);
  return rows[0];
}

/** Gives the thread of a message: what it is named in is renamed, or read in another language, and its subject stays. */
export function sameThread(message: KnownMessage | undefined, thread: Thread): Thread {
  return { ...thread, subject: message?.subject ?? thread.subject };
}
