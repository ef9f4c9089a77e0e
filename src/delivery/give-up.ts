import { DAY, MINUTE } from '../lib/time.ts';
import type { Decision } from './decide.ts';
import { PRIORITY, type ClaimedDelivery, type DeliveryDraft, type SendOutcome } from './types.ts';

/** Red waits no longer than this for a channel that does not answer, where another one can tell it. */
const RED_PATIENCE_MS = 15 * MINUTE;
/** Nothing is tried for longer than this. */
const PATIENCE_MS = DAY;

/** What is known of a delivery after an attempt that did not succeed. */
export type LateFacts = {
  delivery: Pick<ClaimedDelivery, 'dueAt' | 'priority' | 'place'>;
  outcome: SendOutcome;
  decision: Decision;
  /** messages that tell it elsewhere */
  fallbacks: readonly DeliveryDraft[];
  now: Date;
};

/** What follows: the decision as it was or given up, and what goes elsewhere. */
export type Patience = { decision: Decision; followUps: readonly DeliveryDraft[] };

/**
 * Decides whether to go on trying. A red message that could not be brought for 15 minutes is told on another channel, where one
 * can tell it, and given up; one that its platform makes wait for longer is told there too and keeps waiting. Anything else is
 * tried for a day: a message without another way is never given up before that. The last try is when patience ends.
 */
export function decidePatience({ delivery, outcome, decision, fallbacks, now }: LateFacts): Patience {
  if (decision.kind !== 'again' && decision.kind !== 'hold') return { decision, followUps: [] };
  const waitedMs = now.getTime() - delivery.dueAt.getTime();
  const { channel } = delivery.place;
  const canRescue = fallbacks.some(
    ({ operation, place }) => operation === 'post' && place.channel !== channel,
  );
  const isRed = delivery.priority <= PRIORITY.red && canRescue;
  if (decision.kind === 'hold')
    return { decision, followUps: isRed && waitedMs + decision.afterMs > RED_PATIENCE_MS ? fallbacks : [] };
  const patienceMs = isRed ? RED_PATIENCE_MS : PATIENCE_MS;
  if (outcome.kind !== 'retry' && outcome.kind !== 'unauthorized') return { decision, followUps: [] };
  const leftMs = patienceMs - waitedMs;
  if (leftMs > 0)
    return { decision: { ...decision, afterMs: Math.min(decision.afterMs, leftMs) }, followUps: [] };
  const reason = `given up after ${Math.round(waitedMs / MINUTE)} min: ${decision.reason}`;
  return { decision: { kind: 'dead', reason, placeGone: false }, followUps: fallbacks };
}
