import type { AlertRecord } from '../alerts/index.ts';
import type { ClaimedDelivery } from '../delivery/index.ts';

type Standing = { alert: Pick<AlertRecord, 'state' | 'level'>; hasMessage: boolean };

const ENDINGS: ReadonlySet<string> = new Set(['resolved', 'withdrawn']);

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
  if (alert.state !== 'firing') return 'it was taken or over before the silence ended';
  return edge === 'entered_red' && alert.level !== 'red'
    ? 'it was not red any more when the silence ended'
    : null;
}
