import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Deps } from '../deps.ts';
import { wakeAlerts } from '../alerts/index.ts';
import { createBatcher } from '../lib/batcher.ts';
import { MINUTE, SECOND } from '../lib/time.ts';
import type { Metric } from '../registry/index.ts';
import {
  claimDue,
  claimMetric,
  releaseTicks,
  renewTicks,
  scheduleMetrics,
  type ClaimedTick,
} from './claim.ts';
import { commitTicks, type Stored } from './commit.ts';
import { computeTick, type Computed, type TickPlan } from './compute.ts';
import { lastDue } from './due.ts';

const POLL_MS = 200;
const CLAIM_LIMIT = 2000;
const LATE_MS = 10 * SECOND;
const RENEW_MS = 5 * SECOND;
const ERROR_WAIT_MS = 500;
const ERROR_WAIT_CEILING_MS = 5 * SECOND;
const REFRESH_WAIT_MS = 70 * SECOND;
const REFRESH_POLL_MS = 100;

/** What a refresh came to. */
export type Refreshed =
  | { kind: 'computed'; outcome: Computed['outcome'] }
  | { kind: 'shared' }
  | { kind: 'timed_out' };

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
  readonly stats: { ticks: number; failed: number; lastLoopAt: Date | null; lastError: string | null };
}

/** The loop that computes what is due, and wakes alerts whose time has come, until stopped. */
export function createPulse(deps: Deps): Pulse {
  const { workspaceId, db, clock, log } = deps;
  const worker = `${process.pid}-${randomUUID().slice(0, 8)}`;
  const stats: Pulse['stats'] = { ticks: 0, failed: 0, lastLoopAt: null, lastError: null };
  const underWay = new Map<string, Promise<unknown>>();
  const refreshing = new Map<string, Promise<Refreshed>>();
  const store = createBatcher((batch: readonly Computed[]): Promise<Stored[]> =>
    commitTicks(deps, worker, batch),
  );
  let running = false;
  let bell = Promise.withResolvers<void>();
  let loop: Promise<void> = Promise.resolve();
  let renewal: NodeJS.Timeout | undefined;
  let rescheduledAt = 0;

  const limiter = createLimiter(deps.warehouse.concurrency);

  async function pass(): Promise<number> {
    const now = clock.now();
    await wakeAlerts(deps, now);
    if (now.getTime() - rescheduledAt > MINUTE || now.getTime() < rescheduledAt) await reschedule();
    const claimed = await claimDue(db, { workspaceId, worker, now, limit: CLAIM_LIMIT });
    for (const tick of claimed) begin(tick, now);
    stats.lastLoopAt = now;
    return claimed.length;
  }

  async function reschedule(): Promise<void> {
    const now = clock.now();
    await scheduleMetrics(db, { workspaceId, registry: deps.registry.current(), now });
    rescheduledAt = now.getTime();
  }

  function begin({ metricId, due }: ClaimedTick, now: Date): void {
    const metric = deps.registry.current().metrics.get(metricId);
    if (!metric) return;
    const plan = planTick(metric, due, { now, timezone: zone() });
    const work = run(plan)
      .catch((error: unknown) =>
        log.error({ err: error, metric: metricId }, 'a tick could not be stored; it is computed again'),
      )
      .finally(() => underWay.delete(metricId));
    underWay.set(metricId, work);
  }

  async function run(plan: TickPlan): Promise<Computed> {
    const computed = await limiter(() =>
      computeTick(deps.warehouse, plan, { timezone: zone(), now: clock.now() }),
    );
    const stored = await store.add(computed);
    stats.ticks += 1;
    if (computed.outcome.kind === 'error') stats.failed += 1;
    logTick(deps, computed, stored);
    return computed;
  }

  const zone = (): string => deps.registry.current().workspace.timezone;

  async function refreshOnce(metricId: string): Promise<Refreshed> {
    const metric = deps.registry.current().metrics.get(metricId);
    if (!metric) throw new Error(`refresh of ${metricId}, which is not in the registry`);
    const deadline = Date.now() + REFRESH_WAIT_MS;
    let shared = false;
    while (!(await claimMetric(db, { workspaceId, worker, metricId }))) {
      shared = true;
      if (Date.now() > deadline) return { kind: 'timed_out' };
      await sleep(REFRESH_POLL_MS);
    }
    if (shared) {
      await releaseTicks(db, worker, [metricId]);
      return { kind: 'shared' };
    }
    const now = clock.now();
    const work = run({ metric, kind: 'refresh', due: now, tick: now, late: false });
    underWay.set(metricId, work);
    try {
      return { kind: 'computed', outcome: (await work).outcome };
    } finally {
      underWay.delete(metricId);
    }
  }

  async function runLoop(): Promise<void> {
    let errors = 0;
    while (running) {
      bell = Promise.withResolvers<void>();
      try {
        await pass();
        errors = 0;
        stats.lastError = null;
        await Promise.race([bell.promise, sleep(msToNextLook(clock.now()))]);
      } catch (error) {
        errors += 1;
        stats.lastError = error instanceof Error ? error.message : String(error);
        log.error({ err: error }, 'due ticks cannot be read; trying again');
        await sleep(Math.min(ERROR_WAIT_CEILING_MS, ERROR_WAIT_MS * 2 ** (errors - 1)));
      }
    }
  }

  return {
    stats,
    kick: () => bell.resolve(),
    reschedule,
    async start() {
      running = true;
      renewal = setInterval(
        () => void renewTicks(db, worker, [...underWay.keys()]).catch(() => {}),
        RENEW_MS,
      );
      loop = runLoop();
    },
    async stop() {
      running = false;
      bell.resolve();
      await loop;
      await Promise.allSettled(underWay.values());
      clearInterval(renewal);
      await releaseTicks(db, worker).catch(() => {});
    },
    refresh(metricId) {
      const known = refreshing.get(metricId);
      if (known) return known;
      const started = refreshOnce(metricId).finally(() => refreshing.delete(metricId));
      refreshing.set(metricId, started);
      return started;
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
  if (outcome.kind === 'error')
    deps.log.warn({ ...facts, fault: outcome.fault, reason: outcome.reason }, 'tick failed');
  else
    deps.log.debug(
      { ...facts, outcome: outcome.kind, value: outcome.kind === 'reading' ? outcome.reading.value : null },
      'tick',
    );
}

/** Runs at most `width` tasks at once, in the order they came. */
function createLimiter(width: number): <T>(task: () => Promise<T>) => Promise<T> {
  let free = width;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (free === 0) await new Promise<void>((resolve) => waiting.push(resolve));
    else free -= 1;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
