import type { Logger } from 'pino';
import { NOT_MADE } from './claim.ts';
import { decide } from './decide.ts';
import { decidePatience, type Patience } from './give-up.ts';
import { hashAnswer } from './hash-answer.ts';
import type { Settled } from './settle.ts';
import {
  PRIORITY,
  type Channel,
  type ClaimedDelivery,
  type Composed,
  type Composer,
  type DeliveryDraft,
  type SendOutcome,
} from './types.ts';

export type AttemptOptions = {
  channels: readonly Channel[];
  composer: Composer;
  log: Logger;
  /** the wall clock, which the database's is compared with */
  now: () => Date;
  /** in [0, 1): jitter of waits */
  random: () => number;
  /** whether the delivery is still this process's */
  isHeld: (id: string) => boolean;
  /** called as a call to a platform begins */
  onCall?: ((delivery: ClaimedDelivery) => void) | undefined;
};

/** What an attempt came to, before it is decided what follows. */
type Tried = Pick<Settled, 'contentHash' | 'pictureHash' | 'subject' | 'followUps'> & {
  outcome: SendOutcome | { kind: 'skipped'; reason: string };
};

/** Makes one attempt of a delivery: composes it, calls its channel once, decides what becomes of it. Never throws. */
export async function attemptDelivery(options: AttemptOptions, delivery: ClaimedDelivery): Promise<Settled> {
  const tried = await tryOnce(options, delivery);
  const { outcome } = tried;
  const { decision, followUps } =
    outcome.kind === 'skipped'
      ? ({
          decision: { kind: 'superseded', reason: outcome.reason, forgetMessage: false },
          followUps: [],
        } satisfies Patience)
      : decideAll(options, delivery, outcome);
  logAttempt(options.log, delivery, decision);
  return {
    delivery,
    decision,
    outcome: outcome.kind,
    statusCode: 'statusCode' in outcome ? outcome.statusCode : null,
    contentHash: tried.contentHash,
    pictureHash: tried.pictureHash,
    subject: tried.subject,
    followUps: [...tried.followUps, ...followUps],
  };
}

function decideAll(
  { composer, random, now }: AttemptOptions,
  delivery: ClaimedDelivery,
  outcome: SendOutcome,
): Patience {
  const decision = decide(outcome, delivery, random());
  if (decision.kind === 'dead')
    return { decision, followUps: composer.listFallbacks(delivery, decision.reason) };
  if (decision.kind !== 'again' && decision.kind !== 'hold') return { decision, followUps: [] };
  const fallbacks = composer.listFallbacks(delivery, decision.reason);
  return decidePatience({ delivery, outcome, decision, fallbacks, now: now() });
}

async function tryOnce(options: AttemptOptions, delivery: ClaimedDelivery): Promise<Tried> {
  const channel = options.channels.find((one) => one.name === delivery.place.channel);
  if (!channel) {
    return plain({
      kind: 'gone',
      reason: `the channel ${delivery.place.channel} is not set up`,
      statusCode: null,
    });
  }
  const composed = await composeSafely(options, delivery);
  if (composed.kind === 'failed') {
    return plain({ kind: 'retry', reason: composed.reason, statusCode: null, maybeSent: false });
  }
  if (composed.kind === 'skip') return plain({ kind: 'skipped', reason: composed.reason });
  if (!options.isHeld(delivery.id)) return plain(OVERSLEPT);
  options.onCall?.(delivery);
  const { answer, thread, view, picture, messageId, hasPicture, pictureFollows } = composed;
  const { place, operation, silent, maybeSent } = delivery;
  const outcome = await channel.send({
    deliveryId: delivery.id,
    edge: delivery.edge,
    createdAt: delivery.createdAt,
    place,
    operation,
    thread,
    view,
    answer,
    picture,
    messageId,
    hasPicture,
    silent,
    maybeSent,
  });
  return {
    outcome,
    contentHash: hashAnswer(answer),
    pictureHash: picture?.contentHash ?? null,
    subject: thread?.subject ?? null,
    followUps: pictureFollows && outcome.kind === 'sent' ? [pictureDraft(delivery)] : [],
  };
}

/** A process that slept past its lease must not send: another one does. */
const OVERSLEPT: SendOutcome = {
  kind: 'retry',
  reason: 'its lease ended before it was sent',
  statusCode: null,
  maybeSent: false,
};

function plain(outcome: Tried['outcome']): Tried {
  return { outcome, contentHash: null, pictureHash: null, subject: null, followUps: [] };
}

async function composeSafely(
  { composer, log }: AttemptOptions,
  delivery: ClaimedDelivery,
): Promise<Composed | { kind: 'failed'; reason: string }> {
  try {
    return await composer.compose(delivery);
  } catch (error) {
    log.error({ err: error, delivery: delivery.id }, 'a message could not be made');
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'failed', reason: `${NOT_MADE}${why}` };
  }
}

/** The edit that adds the picture, once it is drawn. */
function pictureDraft(delivery: ClaimedDelivery): DeliveryDraft {
  return {
    key: `${delivery.id}:picture`,
    alertId: delivery.alertId,
    edge: 'picture',
    place: delivery.place,
    operation: 'edit',
    silent: true,
    priority: PRIORITY.rest,
    hold: null,
    payload: {},
  };
}

function logAttempt(log: Logger, delivery: ClaimedDelivery, decision: Settled['decision']): void {
  const { id, alertId, edge, operation, lane, attempts } = delivery;
  const facts = { delivery: id, alert: alertId, edge, operation, place: lane, attempts };
  if (decision.kind === 'sent') log.info(facts, 'delivered');
  else if (decision.kind === 'superseded')
    log.debug({ ...facts, reason: decision.reason }, 'not needed any more');
  else log.warn({ ...facts, decision: decision.kind, reason: decision.reason }, 'not delivered');
}
