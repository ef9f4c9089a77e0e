import { backoffMs } from './backoff.ts';
import type { ClaimedDelivery, Place, SendOutcome } from './types.ts';

const UNAUTHORIZED_WAIT_MS = 30_000;
const MAX_BAD_ATTEMPTS = 2;

/** What becomes of a delivery after an attempt. */
export type Decision =
  | { kind: 'sent'; messageId: string; hasPicture: boolean }
  | { kind: 'again'; afterMs: number; reason: string; maybeSent: boolean }
  /** the platform named a wait: nothing goes to this lane before it is over */
  | { kind: 'hold'; afterMs: number; reason: string }
  | { kind: 'redirect'; to: Place; reason: string }
  | { kind: 'drop_topic'; reason: string }
  /** nothing left to do: the message to edit is gone, or there is nothing to say any more */
  | { kind: 'superseded'; reason: string; forgetMessage: boolean }
  | { kind: 'dead'; reason: string; placeGone: boolean };

/** Decides from an attempt's outcome, by the error classes of the specification. Pure; `random` is in [0, 1). */
export function decide(
  outcome: SendOutcome,
  delivery: Pick<ClaimedDelivery, 'attempts' | 'operation'>,
  random: number,
): Decision {
  switch (outcome.kind) {
    case 'sent':
      return outcome;
    case 'retry':
      return {
        kind: 'again',
        afterMs: backoffMs(delivery.attempts, random),
        reason: outcome.reason,
        maybeSent: outcome.maybeSent,
      };
    case 'wait':
      return { kind: 'hold', afterMs: outcome.afterMs, reason: `delayed by rate limit: ${outcome.reason}` };
    case 'moved':
      return { kind: 'redirect', to: outcome.to, reason: outcome.reason };
    case 'topic_gone':
      return { kind: 'drop_topic', reason: outcome.reason };
    case 'lost':
      return { kind: 'superseded', reason: outcome.reason, forgetMessage: true };
    case 'gone':
      return { kind: 'dead', reason: outcome.reason, placeGone: true };
    case 'bad':
      return delivery.attempts >= MAX_BAD_ATTEMPTS
        ? { kind: 'dead', reason: outcome.reason, placeGone: false }
        : {
            kind: 'again',
            afterMs: backoffMs(delivery.attempts, random),
            reason: outcome.reason,
            maybeSent: false,
          };
    case 'unauthorized':
      return { kind: 'again', afterMs: UNAUTHORIZED_WAIT_MS, reason: outcome.reason, maybeSent: false };
  }
}
