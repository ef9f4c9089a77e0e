import type { Deps } from '../deps.ts';
import { createBatcher } from '../lib/batcher.ts';
import { createLimiter } from '../lib/limiter.ts';
import { commitTicks, type Stored } from './commit.ts';
import { computeTick, type Computed, type TickPlan } from './compute.ts';

export interface TickRunner {
  /** Computes a planned tick and stores it with the others that are ready; rejects when it could not be stored. */
  run(plan: TickPlan): Promise<Computed>;
  /** ids of the metrics that are being computed: their leases are to be kept */
  underWay(): readonly string[];
  /** Resolves when nothing is under way. */
  idle(): Promise<void>;
}

/** Runs ticks: as many queries at once as the warehouse takes, results stored in groups as they come. */
export function createTickRunner(
  deps: Deps,
  worker: string,
  stats: { ticks: number; failed: number },
): TickRunner {
  const underWay = new Map<string, Promise<Computed>>();
  const store = createBatcher((batch: readonly Computed[]) => commitTicks(deps, worker, batch));
  const inTurn = createLimiter(deps.warehouse.concurrency);
  const inOwnTurn = createLimiter(deps.ownWarehouse.concurrency);

  async function compute(plan: TickPlan): Promise<Computed> {
    const { timezone } = deps.registry.current().workspace;
    const isOwn = plan.metric.builtIn === true;
    const warehouse = isOwn ? deps.ownWarehouse : deps.warehouse;
    const computed = await (isOwn ? inOwnTurn : inTurn)(() =>
      computeTick(warehouse, plan, { timezone, now: deps.clock.now() }),
    );
    const stored = await store.add(computed);
    stats.ticks += 1;
    if (computed.outcome.kind === 'error') stats.failed += 1;
    logTick(deps, computed, stored);
    return computed;
  }

  return {
    underWay: () => [...underWay.keys()],
    idle: async () => void (await Promise.allSettled(underWay.values())),
    async run(plan) {
      const work = compute(plan);
      underWay.set(plan.metric.id, work);
      try {
        return await work;
      } finally {
        underWay.delete(plan.metric.id);
      }
    },
  };
}

function logTick(deps: Deps, computed: Computed, stored: Stored): void {
  const { metric, outcome, tick, late, durationMs, kind } = computed;
  const facts = {
    metric: metric.id,
    tick: tick.toISOString(),
    kind,
    late,
    ms: Math.round(durationMs),
    stored,
  };
  if (outcome.kind === 'error') {
    deps.log.warn({ ...facts, fault: outcome.fault, reason: outcome.reason }, 'tick failed');
    return;
  }
  const value = outcome.kind === 'reading' ? outcome.reading.value : null;
  deps.log.debug({ ...facts, outcome: outcome.kind, value }, 'tick');
}
