import type { Answer, Words } from '../answers/index.ts';
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
  /** it was posted when another may stand there already: it says so for as long as it stands */
  is_repeat: boolean;
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
    select m.message_id, m.has_picture, m.content_hash, m.subject, exists (
      select 1 from heartbeat.delivery d
      where d.alert_id = m.alert_id and d.place = m.place and d.message_id = m.message_id
        and d.operation = 'post' and d.maybe_sent) as is_repeat
    from heartbeat.alert_message m
    where m.alert_id = ${alertId}::uuid and m.place = ${placeKey(place)}`);
  return rows[0];
}

/** Gives the thread of a message: what it is named in is renamed, or read in another language, and its subject stays. */
export function sameThread(message: KnownMessage | undefined, thread: Thread): Thread {
  return { ...thread, subject: message?.subject ?? thread.subject };
}

/** Keeps the mark of a message that may be a repeat when it is redrawn: the other one may stand there for good. */
export function keepMark(answer: Answer, message: KnownMessage | undefined, words: Words): Answer {
  if (!message?.is_repeat) return answer;
  return { ...answer, lines: [...answer.lines, [{ kind: 'italic', text: words.t('channel-may-repeat') }]] };
}
