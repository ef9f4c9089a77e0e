import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Db, Jobs } from '../db/index.ts';
import { createBatcher } from '../lib/batcher.ts';
import type { Clock } from '../lib/clock.ts';
import { createLoop, untilDone } from '../lib/loop.ts';
import { attemptDelivery, type AttemptOptions } from './attempt.ts';
import { claimDeliveries, LEASE_MS, renewLeases, reserveSlot } from './claim.ts';
import { DELIVER_QUEUE } from './enqueue.ts';
import { isGroupPlace, laneOf } from './lane.ts';
import { createLeases } from './leases.ts';
import { msToNextLook } from './next-look.ts';
import { settle, type Settled } from './settle.ts';
import type { ChannelName, ClaimedDelivery, Place } from './types.ts';

const CONCURRENT_SENDS = 256;
/** Taken at once: the next claim is asked for while messages of the one before are made and sent. */
const CLAIM_MAX = 64;
const POLL_MS = 200;

/** Instants inside the life of a tick and of a delivery at which fault tests stop the process. */
export type Failpoint =
  | 'before_commit'
  | 'after_commit'
  | 'before_claim'
  | 'after_claim'
  | 'after_send'
  | 'after_settle';

export type OutboxOptions = Omit<AttemptOptions, 'random' | 'isHeld' | 'now'> & {
  workspaceId: string;
  db: Db;
  jobs: Jobs;
  clock: Clock;
  random?: () => number;
  onFailpoint?: ((point: Failpoint) => void) | undefined;
};

/** `lastError`: why deliveries cannot be claimed, or why a channel refuses all of them. */
export type OutboxStats = { sent: number; retried: number; dead: number; readonly lastError: string | null };

export interface Outbox {
  /** Rings the bell: something may be due now. */
  kick(): void;
  start(): Promise<void>;
  /** Ends after the calls under way are settled. */
  stop(): Promise<void>;
  /** Waits until a direct call to a place may begin, sharing the pacing of deliveries. */
  reserve(place: Place): Promise<void>;
  /** figures of this process for /metrics and /readyz */
  readonly stats: OutboxStats;
}

/** Sends what the database says is due, over all channels, until stopped. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { workspaceId, db, jobs, log } = options;
  const worker = `${process.pid}-${randomUUID().slice(0, 8)}`;
  const leases = createLeases((ids) => renewLeases(db, worker, ids));
  const attempt = {
    ...options,
    random: options.random ?? Math.random,
    now: () => new Date(),
    isHeld: (id: string) => leases.isHeld(id),
  };
  const underWay = new Map<string, Promise<void>>();
  let renewal: NodeJS.Timeout | undefined;
  const { stats, count } = createStats(() => loop.lastError);

  const results = createBatcher((batch: readonly Settled[]) => storeResults(options, worker, batch));

  async function handle(delivery: ClaimedDelivery): Promise<void> {
    options.onFailpoint?.('after_claim');
    const settled = await attemptDelivery(attempt, delivery);
    count(settled);
    options.onFailpoint?.('after_send');
    await results.add(settled);
    leases.drop(delivery.id);
    const isFull = underWay.size === CONCURRENT_SENDS;
    underWay.delete(delivery.id);
    setTimeout(() => loop.kick(), isFull ? 0 : msToNextLook(settled, options.channels)).unref();
  }

  /** Fewer than could be taken are all that may go now: what is committed meanwhile rings the bell. */
  async function pass(): Promise<boolean> {
    const limit = Math.min(CLAIM_MAX, CONCURRENT_SENDS - underWay.size);
    if (limit <= 0) return false;
    options.onFailpoint?.('before_claim');
    const askedAtMs = performance.now();
    const claims = options.channels.map((channel) =>
      claimDeliveries(db, { workspaceId, channel, worker, limit }),
    );
    const claimed = (await Promise.all(claims)).flat();
    const ids = claimed.map(({ id }) => id);
    leases.take(ids, askedAtMs);
    for (const delivery of claimed) underWay.set(delivery.id, handle(delivery));
    return claimed.length >= limit;
  }

  const loop = createLoop({
    pass,
    idleMs: () => POLL_MS,
    onError: (error) => log.error({ err: error }, 'deliveries cannot be claimed; trying again'),
  });

  return {
    stats,
    kick: () => loop.kick(),
    async start() {
      await jobs.work(DELIVER_QUEUE, { batchSize: 20 }, async () => loop.kick());
      renewal = setInterval(() => void leases.renew().catch(() => {}), LEASE_MS / 3);
      loop.start();
    },
    async stop() {
      await loop.stop();
      await Promise.allSettled(underWay.values());
      clearInterval(renewal);
    },
    reserve: (place) => reserve(options, place),
  };
}

/** Stores results of attempts; a database that is away is waited for, so that none is dropped. */
async function storeResults(
  options: OutboxOptions,
  worker: string,
  results: readonly Settled[],
): Promise<readonly void[]> {
  const { workspaceId, db, jobs, clock, log } = options;
  await untilDone(
    () => settle(db, jobs, { workspaceId, worker, results, channels: options.channels, now: clock.now() }),
    (error) =>
      log.error(
        { err: error, results: results.length },
        'results of deliveries cannot be stored; trying again',
      ),
  );
  options.onFailpoint?.('after_settle');
  return results.map(() => undefined);
}

type Counted = { stats: OutboxStats; count: (settled: Settled) => void };

function createStats(lastErrorOfLoop: () => string | null): Counted {
  const refusals = new Map<ChannelName, string>();
  const stats: OutboxStats = {
    sent: 0,
    retried: 0,
    dead: 0,
    get lastError() {
      return lastErrorOfLoop() ?? refusals.values().next().value ?? null;
    },
  };
  const count = ({ decision, outcome, delivery: { place } }: Settled): void => {
    if (decision.kind === 'sent') stats.sent += 1;
    else if (decision.kind === 'dead') stats.dead += 1;
    else if (decision.kind !== 'superseded') stats.retried += 1;
    if (outcome === 'unauthorized' && 'reason' in decision) refusals.set(place.channel, decision.reason);
    else if (outcome === 'sent') refusals.delete(place.channel);
  };
  return { stats, count };
}

async function reserve({ workspaceId, db, channels }: OutboxOptions, place: Place): Promise<void> {
  const channel = channels.find((one) => one.name === place.channel);
  if (!channel) return;
  const slot = { workspaceId, channel, lane: laneOf(place), isGroup: isGroupPlace(place) };
  for (let waitMs = await reserveSlot(db, slot); waitMs > 0; waitMs = await reserveSlot(db, slot))
    await sleep(waitMs);
}
