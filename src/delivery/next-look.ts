import { MINUTE } from '../lib/time.ts';
import type { Settled } from './settle.ts';
import type { Channel } from './types.ts';

/** Instants are compared in the database, whose clock ticks in microseconds. */
const MARGIN_MS = 1;

/**
 * Gives how long after an attempt, in ms, something more may be sent because of it: at once where no call was made or others
 * must be told, else when the lane's pace allows another call, and not before the wait that was decided. At most a minute:
 * whatever is due later is found by looking now and then.
 */
export function msToNextLook(
  { delivery, decision, outcome }: Pick<Settled, 'delivery' | 'decision' | 'outcome'>,
  channels: readonly Pick<Channel, 'name' | 'limits'>[],
): number {
  if (outcome === 'skipped' || decision.kind === 'dead' || decision.kind === 'redirect') return 0;
  const channel = channels.find(({ name }) => name === delivery.place.channel);
  const paceMs = channel?.limits.perPlaceGapMs ?? 0;
  const waitMs = 'afterMs' in decision ? decision.afterMs : 0;
  return Math.min(MINUTE, Math.max(paceMs, waitMs) + MARGIN_MS);
}
