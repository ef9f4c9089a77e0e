import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../deps.ts';
import { NotFoundError } from '../errors.ts';
import { SECOND } from '../lib/time.ts';
import { claimMetric, releaseTicks } from './claim.ts';
import type { Computed, TickPlan } from './compute.ts';

const WAIT_MS = 70 * SECOND;
const POLL_MS = 100;

/** What a refresh came to. `shared`: another run computed it meanwhile, which is as new. */
export type Refreshed =
  | { kind: 'computed'; outcome: Computed['outcome'] }
  | { kind: 'shared' }
  | { kind: 'timed_out' };

/**
 * Makes what computes a metric on demand: callers in this process share a promise, those of other processes the lease of the
 * metric's row. Throws NotFoundError `metric_unknown`.
 */
export function createRefresher(
  deps: Deps,
  worker: string,
  run: (plan: TickPlan) => Promise<Computed>,
): (metricId: string) => Promise<Refreshed> {
  const refreshing = new Map<string, Promise<Refreshed>>();
  return (metricId) => {
    const known = refreshing.get(metricId);
    if (known) return known;
    const started = refreshOnce({ deps, worker, run }, metricId).finally(() => refreshing.delete(metricId));
    refreshing.set(metricId, started);
    return started;
  };
}

type Refresher = { deps: Deps; worker: string; run: (plan: TickPlan) => Promise<Computed> };

async function refreshOnce({ deps, worker, run }: Refresher, metricId: string): Promise<Refreshed> {
  const metric = deps.registry.current().metrics.get(metricId);
  if (!metric)
    throw new NotFoundError('metric_unknown', `There is no metric ${metricId}.`, {
      details: { metric: metricId },
    });
  const taken = await takeMetric(deps, worker, metricId);
  if (taken === 'timed_out') return { kind: 'timed_out' };
  if (taken === 'after_waiting') {
    await releaseTicks(deps.db, worker, [metricId]);
    return { kind: 'shared' };
  }
  const now = deps.clock.now();
  const { outcome } = await run({ metric, kind: 'refresh', due: now, tick: now, late: false });
  return { kind: 'computed', outcome };
}

async function takeMetric(
  deps: Deps,
  worker: string,
  metricId: string,
): Promise<'at_once' | 'after_waiting' | 'timed_out'> {
  const claim = { workspaceId: deps.workspaceId, worker, metricId };
  if (await claimMetric(deps.db, claim)) return 'at_once';
  const deadline = performance.now() + WAIT_MS;
  while (performance.now() < deadline) {
    await sleep(POLL_MS);
    if (await claimMetric(deps.db, claim)) return 'after_waiting';
  }
  return 'timed_out';
}
