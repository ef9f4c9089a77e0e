import { findAlertRecord, ReplyPayload } from '../alerts/index.ts';
import {
  describeAlert,
  describeReply,
  type AlertView,
  type Answer,
  type NameOf,
  type ReplyKind,
  type Words,
} from '../answers/index.ts';
import { sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import {
  hashAnswer,
  placeKey,
  type ClaimedDelivery,
  type Composed,
  type Composer,
  type Thread,
} from '../delivery/index.ts';
import type { Picture } from '../pictures/index.ts';
import { nameOfPeople, wordsOf } from './audience.ts';
import { toView } from './facts.ts';
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
  const [message, alert] = await Promise.all([
    findMessage(deps, delivery),
    findAlertRecord(deps.db, deps.workspaceId, { id: delivery.alertId }),
  ]);
  if (delivery.operation === 'edit' && !message)
    return { kind: 'skip', reason: 'there is no message to edit' };
  const view = alert && (await toView(deps, alert, words, isPictureWanted(delivery, message)));
  if (!view) return { kind: 'skip', reason: 'the alert is not stored' };
  if (delivery.operation === 'reply') return composeReply(deps, delivery, { view, words, message });
  const answer = describeAlert(view, words);
  const picture = await drawPicture(deps, delivery, answer);
  const sameText = message?.content_hash === hashAnswer(answer);
  if (sameText && !picture && delivery.edge !== 'redraw')
    return { kind: 'skip', reason: 'the message shows it already' };
  return {
    kind: 'send',
    answer,
    thread: threadOf(view),
    view,
    picture,
    messageId: message?.message_id ?? null,
    hasPicture: message?.has_picture ?? false,
    pictureFollows: delivery.operation === 'post' && deps.registry.current().metrics.has(view.metric.id),
  };
}

const PRESS_EDGES: ReadonlySet<string> = new Set(['acked', 'unacked', 'snoozed', 'redraw', 'noted', 'rated']);

/**
 * Text goes first: a post never waits for the facts of its picture, which an edit brings. Edits by presses leave the picture
 * alone, since a person waits; an edit of value or level draws it anew.
 */
function isPictureWanted({ operation, edge }: ClaimedDelivery, message: KnownMessage | undefined): boolean {
  if (operation !== 'edit' || PRESS_EDGES.has(edge)) return false;
  return edge !== 'picture' || !message?.has_picture;
}

/** The picture of an edit: the one that a post announced is waited for, any other as long as a message may wait. */
async function drawPicture(
  deps: Deps,
  { edge }: ClaimedDelivery,
  { picture }: Answer,
): Promise<{ png: Uint8Array; contentHash: string; alt: string } | null> {
  if (!picture) return null;
  const drawing = deps.pictures.render(picture.spec);
  const drawn = edge === 'picture' ? await drawing : await soon(drawing);
  return drawn ? { png: drawn.png, contentHash: drawn.contentHash, alt: picture.alt } : null;
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
function composeReply(
  deps: Deps,
  delivery: ClaimedDelivery,
  { view, words, message }: { view: AlertView; words: Words; message: KnownMessage | undefined },
): Composed {
  const facts = ReplyPayload.parse(delivery.payload);
  const frozen = { ...view, level: facts.level, value: facts.value };
  return {
    ...text(describeReply(frozen, replyKind(facts, nameOfPeople(deps)), words), message?.message_id ?? null),
    thread: threadOf(view),
    view: frozen,
  };
}

/** One thread an alert; its subject never changes. */
function threadOf({ id, number, metric }: AlertView): Thread {
  return { id, subject: `${metric.name} (A-${number})` };
}

function replyKind(facts: ReplyPayload, nameOf: NameOf): ReplyKind {
  return facts.kind === 'snooze_ended' ? { kind: facts.kind, by: nameOf(facts.by) } : { kind: facts.kind };
}

function text(answer: Answer, messageId: string | null): Extract<Composed, { kind: 'send' }> {
  return {
    kind: 'send',
    answer,
    thread: null,
    view: null,
    picture: null,
    messageId,
    hasPicture: false,
    pictureFollows: false,
  };
}

async function findMessage(deps: Deps, delivery: ClaimedDelivery): Promise<KnownMessage | undefined> {
  const rows = await deps.db.prisma.$queryRaw<KnownMessage[]>(sql`
    select message_id, has_picture, content_hash from heartbeat.alert_message
    where alert_id = ${delivery.alertId}::uuid and place = ${placeKey(delivery.place)}`);
  return rows[0];
}
