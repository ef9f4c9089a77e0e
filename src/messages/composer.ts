import { ReplyPayload } from '../alerts/index.ts';
import {
  describeAlert,
  describeReply,
  type Answer,
  type NameOf,
  type ReplyKind,
  type Words,
} from '../answers/index.ts';
import { sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { placeKey, type ClaimedDelivery, type Composed, type Composer } from '../delivery/index.ts';
import { hashAnswer } from '../delivery/index.ts';
import type { Picture, PictureSpec } from '../pictures/index.ts';
import { nameOfPeople, wordsOf } from './audience.ts';
import { loadAlertView } from './facts.ts';
import { composeNotice, undeliverableNotices } from './notices.ts';

/** A message never waits longer than this for its picture. */
const PICTURE_WAIT_MS = 300;

type KnownMessage = { message_id: string; has_picture: boolean; content_hash: string | null };

/** Makes the words of deliveries from the state as it is when they are sent. */
export function createComposer(deps: Deps): Composer {
  return {
    compose: (delivery) => compose(deps, delivery),
    listFallbacks: (delivery, reason) => undeliverableNotices(deps, delivery, reason),
  };
}

async function compose(deps: Deps, delivery: ClaimedDelivery): Promise<Composed> {
  const words = wordsOf(deps, delivery.place);
  if (!delivery.alertId) return text(composeNotice(delivery.payload, words), null);
  const message = await findMessage(deps, delivery);
  if (delivery.operation === 'reply') return composeReply(deps, delivery, { words, message });
  if (delivery.operation === 'edit' && !message)
    return { kind: 'skip', reason: 'there is no message to edit' };
  const view = await loadAlertView(deps, { id: delivery.alertId }, words);
  if (!view) return { kind: 'skip', reason: 'the alert is not stored' };
  const answer = describeAlert(view, words);
  const picture = await pictureFor(deps, delivery, { answer, message });
  const sameText = message?.content_hash === hashAnswer(answer);
  if (sameText && !picture && delivery.edge !== 'redraw')
    return { kind: 'skip', reason: 'the message shows it already' };
  return {
    kind: 'send',
    answer,
    picture,
    messageId: message?.message_id ?? null,
    hasPicture: message?.has_picture ?? false,
    pictureFollows: delivery.operation === 'post' && !picture && answer.picture !== undefined,
  };
}

/**
 * A post shows its picture only when one is at hand, else an edit brings it. Edits by presses leave the picture alone, since
 * a person waits; an edit of value or level draws it anew within the time a message may wait.
 */
async function pictureFor(
  deps: Deps,
  delivery: ClaimedDelivery,
  { answer, message }: { answer: Answer; message: KnownMessage | undefined },
): Promise<{ png: Uint8Array; contentHash: string; alt: string } | null> {
  const wanted = answer.picture;
  if (!wanted) return null;
  const picture = await findPicture(deps, delivery, wanted.spec, message?.has_picture ?? false);
  return picture ? { png: picture.png, contentHash: picture.contentHash, alt: wanted.alt } : null;
}

const PRESS_EDGES: ReadonlySet<string> = new Set(['acked', 'unacked', 'snoozed', 'redraw']);

async function findPicture(
  deps: Deps,
  delivery: ClaimedDelivery,
  spec: PictureSpec,
  hasPicture: boolean,
): Promise<Picture | undefined> {
  if (delivery.edge === 'picture') return hasPicture ? undefined : deps.pictures.render(spec);
  const atHand = deps.pictures.cached(spec);
  if (delivery.operation === 'post') return atHand;
  if (PRESS_EDGES.has(delivery.edge)) return hasPicture ? undefined : atHand;
  return atHand ?? soon(deps.pictures.render(spec));
}

async function soon(drawing: Promise<Picture>): Promise<Picture | undefined> {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => resolve(undefined), PICTURE_WAIT_MS);
  try {
    return await Promise.race([drawing.catch(() => undefined), promise]);
  } finally {
    clearTimeout(timer);
  }
}

/** A reply says what was true at its edge, even when it goes out late. */
async function composeReply(
  deps: Deps,
  delivery: ClaimedDelivery,
  { words, message }: { words: Words; message: KnownMessage | undefined },
): Promise<Composed> {
  const view = await loadAlertView(deps, { id: delivery.alertId ?? '' }, words);
  if (!view) return { kind: 'skip', reason: 'the alert is not stored' };
  const facts = ReplyPayload.parse(delivery.payload);
  const frozen = { ...view, level: facts.level, value: facts.value };
  return text(
    describeReply(frozen, replyKind(facts, nameOfPeople(deps)), words),
    message?.message_id ?? null,
  );
}

function replyKind(facts: ReplyPayload, nameOf: NameOf): ReplyKind {
  return facts.kind === 'snooze_ended' ? { kind: facts.kind, by: nameOf(facts.by) } : { kind: facts.kind };
}

function text(answer: Answer, messageId: string | null): Composed {
  return { kind: 'send', answer, picture: null, messageId, hasPicture: false, pictureFollows: false };
}

async function findMessage(deps: Deps, delivery: ClaimedDelivery): Promise<KnownMessage | undefined> {
  const rows = await deps.db.prisma.$queryRaw<KnownMessage[]>(sql`
    select message_id, has_picture, content_hash from heartbeat.alert_message
    where alert_id = ${delivery.alertId}::uuid and place = ${placeKey(delivery.place)}`);
  return rows[0];
}
