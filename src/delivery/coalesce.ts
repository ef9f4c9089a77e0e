import { MINUTE, SECOND } from '../lib/time.ts';

/**
 * Edits of which the latest says all: one row a key, sent again so long after the message was last touched. A storm grows fast,
 * and its group takes 20 messages a minute in all.
 */
const COALESCED: Readonly<Record<string, number>> = { value_changed: MINUTE, storm_changed: 5 * SECOND };

/** Gives the least time in ms between two edits of this edge, or null where every edit counts. */
export function coalesceMsOf(edge: string): number | null {
  return COALESCED[edge] ?? null;
}
