import { MINUTE } from '../lib/time.ts';
import type { Settled } from './settle.ts';
import type { Channel } from './types.ts';

/** Instants are compared in the database, whose clock ticks in microseconds. */
const MARGIN_MS = 1;

/**
 * Gives how long after a call, in ms, its lane may have another one: when its pace allows, and not before the wait that was
 * decided. At most a minute: whatever is due later is found by looking now and then.
 */
export function msToNextLook(
  { delivery, decision }: Pick<Settled, 'delivery' | 'decision'>,
  channels: readonly Pick<Channel, 'name' | 'limits'>[],
): number {
  const channel = channels.find(({ name }) => name === delivery.place.channel);
  const paceMs = channel?.limits.perPlaceGapMs ?? 0;
  const waitMs = 'afterMs' in decision ? decision.afterMs : 0;
  return Math.min(MINUTE, Math.max(paceMs, waitMs) + MARGIN_MS);
}
