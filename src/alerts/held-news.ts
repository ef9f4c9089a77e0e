import type { ClaimedDelivery } from '../delivery/index.ts';
import type { AlertRecord } from './read.ts';

type Standing = { alert: Pick<AlertRecord, 'state' | 'level'>; hasMessage: boolean };

const ENDINGS: ReadonlySet<string> = new Set(['resolved', 'withdrawn']);
/** What a reply says of whose hands the alert is in; any other asks somebody to take it. */
const STATE_OF: Readonly<Record<string, AlertRecord['state']>> = {
  acked: 'acked',
  ack_timed_out: 'acked',
  snoozed: 'snoozed',
};
const OF_RED: ReadonlySet<string> = new Set(['entered_red', 'escalated', 'ack_timed_out']);

/**
 * Tells why a message that silence kept back is no news any more, or gives null when it still is: a post of an alert that is
 * over or was told meanwhile, a reply that asks to act on what somebody has taken or what is not red any more.
 */
export function isStaleNews(
  { operation, edge }: Pick<ClaimedDelivery, 'operation' | 'edge'>,
  { alert, hasMessage }: Standing,
): string | null {
  if (operation === 'post') {
    if (hasMessage) return 'it was told meanwhile';
    return alert.state === 'resolved' ? 'it was over before the silence ended' : null;
  }
  if (operation !== 'reply' || ENDINGS.has(edge)) return null;
  if (alert.state !== (STATE_OF[edge] ?? 'firing')) return 'it was taken or over before the silence ended';
  return OF_RED.has(edge) && alert.level !== 'red' ? 'it was not red any more when the silence ended' : null;
}
