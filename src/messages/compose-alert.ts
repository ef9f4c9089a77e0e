import { ReplyPayload } from '../alerts/index.ts';
import {
  describeAlert,
  describeNote,
  describeReply,
  type AlertView,
  type NameOf,
  type ReplyKind,
  type Words,
} from '../answers/index.ts';
import type { Deps } from '../deps.ts';
import { canEdit, hashAnswer, hasThreads, type Composed, type Thread } from '../delivery/index.ts';
import { nameOfPeople } from './audience.ts';
import {
  findMessage,
  keepMark,
  sameThread,
  standalone,
  type KnownMessage,
  type OwnDelivery,
} from './composed.ts';
import { drawPicture } from './draw-picture.ts';
import type { FactsReader } from './facts-reader.ts';
import { toView } from './facts.ts';

/** What messages are made with: everything, and a reader that answers many at once. */
export type ComposerDeps = Deps & { facts: FactsReader };

/** Makes an alert's message, its redrawing or a reply, or tells why there is nothing to say any more. */
export async function composeAlert(
  deps: ComposerDeps,
  delivery: OwnDelivery,
  words: Words,
): Promise<Composed> {
  const { operation, place } = delivery;
  const { message, alert, ...known } = await loadFacts(deps, delivery);
  if (!alert) return { kind: 'skip', reason: 'the alert is not stored' };
  if (operation === 'edit' && !message) return { kind: 'skip', reason: 'there is no message to edit' };
  const isRescue = delivery.payload['rescue'] === true;
  if (isRescue && message) return { kind: 'skip', reason: 'it was told here already' };
  const status = known.status ?? (await deps.facts.status(alert.metricId));
  const view = await toView(deps, alert, words, { withPicture: isPictureWanted(delivery, message), status });
  if (!view) return { kind: 'skip', reason: 'the alert is not stored' };
  if (operation === 'reply') return composeReply(deps, delivery, { view, words, message });
  const described = describeAlert(view, words);
  const answer = operation === 'edit' ? keepMark(described, message, words) : described;
  const picture = await drawPicture(deps, delivery, answer);
  const sameText = message?.content_hash === hashAnswer(answer);
  if (operation === 'edit' && sameText && !picture && delivery.edge !== 'redraw')
    return { kind: 'skip', reason: 'the message shows it already' };
  return standalone(answer, {
    thread: sameThread(message, threadOf(view)),
    view,
    picture,
    messageId: message?.message_id ?? null,
    hasPicture: message?.has_picture ?? false,
    pictureFollows:
      operation === 'post' && canEdit(place) && deps.registry.current().metrics.has(view.metric.id),
  });
}

/** All at once: a post that nobody kept back has no message yet, and names its metric. */
async function loadFacts(deps: ComposerDeps, delivery: OwnDelivery) {
  const { metric, rescue } = delivery.payload;
  const isFresh = delivery.operation === 'post' && !delivery.wasHeld && rescue !== true;
  const [message, alert, status] = await Promise.all([
    isFresh ? undefined : findMessage(deps, delivery),
    deps.facts.alert(delivery.alertId),
    typeof metric === 'string' ? deps.facts.status(metric) : undefined,
  ]);
  return { message, alert, status };
}

const PRESS_EDGES: ReadonlySet<string> = new Set(['acked', 'unacked', 'snoozed', 'redraw', 'noted', 'rated']);

/**
 * Text goes first: a post never waits for the facts of its picture, which an edit brings, unless it cannot be redrawn. Edits by
 * presses leave the picture alone, since a person waits; an edit of value or level draws it anew.
 */
function isPictureWanted(
  { operation, edge, place }: OwnDelivery,
  message: KnownMessage | undefined,
): boolean {
  if (!canEdit(place)) return place.channel === 'mail';
  if (operation !== 'edit' || PRESS_EDGES.has(edge)) return false;
  return edge !== 'picture' || !message?.has_picture;
}

type ReplyFacts = { view: AlertView; words: Words; message: KnownMessage | undefined };

/** A reply says what was true at its edge, even when it goes out late. */
async function composeReply(
  deps: Deps,
  delivery: OwnDelivery,
  { view, words, message }: ReplyFacts,
): Promise<Composed> {
  const facts = ReplyPayload.parse(delivery.payload);
  const frozen = { ...view, level: facts.level, value: facts.value };
  const describe = isNote(delivery) ? describeNote : describeReply;
  const answer = describe(frozen, replyKind(facts, nameOfPeople(deps)), words);
  return standalone(answer, {
    thread: sameThread(message, threadOf(view)),
    view: frozen,
    picture: await drawPicture(deps, delivery, answer),
    messageId: message?.message_id ?? null,
  });
}

const ENDINGS: ReadonlySet<string> = new Set(['resolved', 'withdrawn']);

/** What interrupts nobody in a thread is a line there; an end tells all. */
function isNote({ place, silent, edge }: OwnDelivery): boolean {
  return hasThreads(place) && silent && !ENDINGS.has(edge);
}

/** One thread an alert. */
function threadOf({ id, number, metric }: AlertView): Thread {
  return { id, subject: `${metric.name} (A-${number})` };
}

function replyKind(facts: ReplyPayload, nameOf: NameOf): ReplyKind {
  switch (facts.kind) {
    case 'entered_red':
      return { kind: facts.kind, from: facts.from };
    case 'snooze_ended':
    case 'unacked':
      return { kind: facts.kind, by: nameOf(facts.by) };
    case 'acked':
      return { kind: facts.kind, by: nameOf(facts.by), at: new Date(facts.at) };
    case 'snoozed':
      return { kind: facts.kind, by: nameOf(facts.by), until: new Date(facts.until) };
    case 'ack_timed_out':
      return { kind: facts.kind, by: nameOf(facts.by), ackedAt: new Date(facts.ackedAt) };
    default:
      return { kind: facts.kind };
  }
}
