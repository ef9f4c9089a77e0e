import { randomUUID } from 'node:crypto';
import type { Db } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { sweepAlerts, wakeAlerts } from '../alerts/index.ts';
import { atMostEvery } from '../lib/at-most-every.ts';
import { createLoop, type Loop } from '../lib/loop.ts';
import { MINUTE, SECOND } from '../lib/time.ts';
import type { Metric } from '../registry/index.ts';
import { claimDue, releaseTicks, renewTicks, scheduleMetrics, type ClaimedTick } from './claim.ts';
import type { TickPlan } from './compute.ts';
import { lastDue } from './due.ts';
import { createRefresher, type Refreshed } from './refresh.ts';
import { createTickRunner } from './tick-runner.ts';
import { followWaking } from './waking.ts';

const POLL_MS = 200;
const CLAIM_LIMIT = 2000;
const LATE_MS = 10 * SECOND;
const RENEW_MS = 3 * SECOND;
/** A silent source is noticed within a second. */
const SWEEP_MS = SECOND / 2;

export type PulseStats = {
  ticks: number;
  failed: number;
  lastLoopAt: Date | null;
  readonly lastError: string | null;
};

export interface Pulse {
  start(): Promise<void>;
  /** Ends after the ticks under way are stored; what is not begun is left to others. */
  stop(): Promise<void>;
  /** Looks for due ticks now. */
  kick(): void;
  /** Makes due instants for new metrics and drops those of retired ones. */
  reschedule(): Promise<void>;
  /** Computes a metric now; callers at the same time, in any process, share one computation. */
  refresh(metricId: string): Promise<Refreshed>;
  readonly stats: PulseStats;
}

/** The loop that computes what is due, and wakes alerts whose time has come, until stopped. */
export function createPulse(deps: Deps): Pulse {
  const { workspaceId, db, clock, log } = deps;
  const worker = `${process.pid}-${randomUUID().slice(0, 8)}`;
  let renewal: NodeJS.Timeout | undefined;
  let scheduledAt = 0;
  const waking = followWaking();
  const sweep = atMostEvery(SWEEP_MS, (now: Date) => sweepAlerts(deps, now, waking.untried(now)));
  /** metrics whose tick could not be stored: their leases are given up once the database answers again */
  const failed = new Set<string>();

  async function reschedule(): Promise<void> {
    const now = clock.now();
    await scheduleMetrics(db, { workspaceId, registry: deps.registry.current(), now });
    scheduledAt = now.getTime();
  }

  function begin({ metricId, due }: ClaimedTick, now: Date): void {
    const { metrics, workspace } = deps.registry.current();
    const metric = metrics.get(metricId);
    if (!metric) return;
    const plan = planTick(metric, due, { now, timezone: workspace.timezone });
    runner.run(plan).catch((error: unknown) => {
      failed.add(metricId);
      log.error({ err: error, metric: metricId }, 'a tick could not be stored; it is computed again');
    });
  }

  async function pass(): Promise<boolean> {
    const now = clock.now();
    waking.look(now, stats.lastLoopAt);
    await releaseFailed(db, worker, failed);
    await wakeAlerts(deps, now);
    await sweep(now);
    if (Math.abs(now.getTime() - scheduledAt) > MINUTE) await reschedule();
    const claimed = await claimDue(db, { workspaceId, worker, now, limit: CLAIM_LIMIT });
    for (const tick of claimed) begin(tick, now);
    stats.lastLoopAt = now;
    return false;
  }

  const loop = createLoop({
    pass,
    idleMs: () => msToNextLook(clock.now()),
    onError: (error) => log.error({ err: error }, 'due ticks cannot be read; trying again'),
  });
  const stats = createStats(loop);
  const runner = createTickRunner(deps, worker, stats);
  const refresh = createRefresher(deps, worker, (plan) => runner.run(plan));

  return {
    stats,
    reschedule,
    refresh,
    kick: () => loop.kick(),
    async start() {
      renewal = setInterval(() => void renewTicks(db, worker, runner.underWay()).catch(() => {}), RENEW_MS);
      loop.start();
    },
    async stop() {
      await loop.stop();
      await runner.idle();
      clearInterval(renewal);
      await releaseTicks(db, worker).catch(() => {});
    },
  };
}

/** Gives up the leases of ticks that could not be stored, once the database answers again. */
async function releaseFailed(db: Db, worker: string, failed: Set<string>): Promise<void> {
  const ids = [...failed];
  await releaseTicks(db, worker, ids);
  for (const id of ids) failed.delete(id);
}

function createStats(loop: Loop): PulseStats {
  return {
    ticks: 0,
    failed: 0,
    lastLoopAt: null,
    get lastError() {
      return loop.lastError;
    },
  };
}

/** A missed or late tick is computed once, for the last due instant. */
function planTick(metric: Metric, due: Date, context: { now: Date; timezone: string }): TickPlan {
  const last = lastDue(metric, context.now, context.timezone);
  const late = last > due || context.now.getTime() - due.getTime() > LATE_MS;
  return { metric, kind: 'tick', due, tick: last, late };
}

/** Due instants lie on whole seconds: the loop looks right after each, and a little in between. */
function msToNextLook(now: Date): number {
  return Math.min(POLL_MS, SECOND - (now.getTime() % SECOND) + 1);
}
