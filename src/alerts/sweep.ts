import type { Deps } from '../deps.ts';
import { releaseSilenced } from './release-silenced.ts';
import { sweepStale } from './stale-sweep.ts';
import { endStorms } from './storm-end.ts';

/**
 * Does what time alone brings about beside the judge: silences end, storms end, sources fall silent. Once over replicas. Metrics
 * due by `untried` that are not computed yet are not taken for silent.
 */
export async function sweepAlerts(deps: Deps, now: Date, untried: Date | null = null): Promise<void> {
  await releaseSilenced(deps, now);
  if ((await endStorms(deps, now)) > 0) deps.outbox.kick();
  await sweepStale(deps, now, untried);
}
