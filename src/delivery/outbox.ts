import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Db, Jobs } from '../db/index.ts';
import type { Clock } from '../lib/clock.ts';
import { claimDeliveries, LEASE_MS, renewLeases, reserveSlot } from './claim.ts';
import { decide } from './decide.ts';
import { DELIVER_QUEUE } from './enqueue.ts';
import { hashAnswer } from './hash-answer.ts';
import { isGroupPlace, laneOf } from './lane.ts';
import { settle, type Settled } from './settle.ts';
import type {
  Channel,
  ClaimedDelivery,
  Composed,
  Composer,
  DeliveryDraft,
  Place,
  SendOutcome,
} from './types.ts';

const CONCURRENT_SENDS = 64;
const POLL_MS = 200;
const ERROR_WAIT_MS = 500;
const ERROR_WAIT_CEILING_MS = 5_000;

/** Instants inside the life of a delivery at which fault tests stop the process. */
export type Failpoint = 'before_claim' | 'after_claim' | 'after_send' | 'after_settle';

export type OutboxOptions = {
  workspaceId: string;
  db: Db;
  jobs: Jobs;
  channels: readonly Channel[];
  composer: Composer;
  clock: Clock;
  log: Logger;
  random?: () => number;
  onFailpoint?: (point: Failpoint) => void;
  /** called as a call to a platform begins */
  onCall?: (delivery: ClaimedDelivery) => void;
};

export interface Outbox {
  /** Rings the bell: something may be due now. */
  kick(): void;
  start(): Promise<void>;
  /** Ends after the calls under way are settled. */
  stop(): Promise<void>;
  /** Waits until a direct call to a place may begin, sharing the pacing of deliveries. */
  reserve(place: Place): Promise<void>;
  /** process-wide figures for /metrics and /readyz */
  readonly stats: { sent: number; retried: number; dead: number; lastError: string | null };
}

/** Sends what the database says is due, over all channels, until stopped. */
export function createOutbox(options: OutboxOptions): Outbox {
  const { workspaceId, db, jobs, channels, clock, log } = options;
  const worker = `${process.pid}-${randomUUID().slice(0, 8)}`;
  const random = options.random ?? Math.random;
  const stats: Outbox['stats'] = { sent: 0, retried: 0, dead: 0, lastError: null };
  const underWay = new Map<string, Promise<void>>();
  const results: Settled[] = [];
  let running = false;
  let bell = Promise.withResolvers<void>();
  let loop: Promise<void> = Promise.resolve();
  let flushing: Promise<void> | null = null;
  let renewal: NodeJS.Timeout | undefined;

  const kick = (): void => bell.resolve();

  async function claimAll(): Promise<ClaimedDelivery[]> {
    const free = CONCURRENT_SENDS - underWay.size;
    if (free <= 0) return [];
    options.onFailpoint?.('before_claim');
    const claims = await Promise.all(
      channels.map((channel) => claimDeliveries(db, { workspaceId, channel, worker, limit: free })),
    );
    return claims.flat();
  }

  async function run(): Promise<void> {
    let errors = 0;
    while (running) {
      bell = Promise.withResolvers<void>();
      try {
        const claimed = await claimAll();
        errors = 0;
        stats.lastError = null;
        for (const delivery of claimed) underWay.set(delivery.id, handle(delivery));
        if (claimed.length > 0) continue;
      } catch (error) {
        errors += 1;
        stats.lastError = describe(error);
        log.error({ err: error }, 'deliveries cannot be claimed; trying again');
        await sleep(Math.min(ERROR_WAIT_CEILING_MS, ERROR_WAIT_MS * 2 ** (errors - 1)));
        continue;
      }
      await Promise.race([bell.promise, sleep(POLL_MS)]);
    }
  }

  async function handle(delivery: ClaimedDelivery): Promise<void> {
    try {
      options.onFailpoint?.('after_claim');
      results.push(await attempt(delivery));
      options.onFailpoint?.('after_send');
      flushing ??= flush().finally(() => {
        flushing = null;
      });
      await flushing;
    } finally {
      underWay.delete(delivery.id);
      kick();
    }
  }

  async function attempt(delivery: ClaimedDelivery): Promise<Settled> {
    const channel = channels.find((c) => c.name === delivery.place.channel);
    const sent = channel ? await composeAndSend(channel, delivery) : notSpoken(delivery);
    const decision = sent.skipped ?? decide(sent.outcome, delivery, random());
    count(decision.kind);
    const facts = {
      delivery: delivery.id,
      alert: delivery.alertId,
      edge: delivery.edge,
      operation: delivery.operation,
      place: delivery.lane,
    };
    if (decision.kind === 'sent') log.info(facts, 'delivered');
    else
      log.warn(
        { ...facts, decision: decision.kind, reason: decision.reason, attempts: delivery.attempts },
        'not delivered',
      );
    const followUps = [...sent.followUps];
    if (decision.kind === 'dead')
      followUps.push(...options.composer.listFallbacks(delivery, decision.reason));
    return { delivery, decision, followUps, ...sent.record };
  }

  async function composeAndSend(channel: Channel, delivery: ClaimedDelivery) {
    const composed = await composeSafely(delivery);
    if (composed.kind === 'failed')
      return sentOf({ kind: 'retry', reason: composed.reason, statusCode: null, maybeSent: false }, null);
    if (composed.kind === 'skip') return skippedOf(composed.reason);
    options.onCall?.(delivery);
    const { answer, picture, messageId, hasPicture } = composed;
    const { place, operation, silent, maybeSent } = delivery;
    const outcome = await channel.send({
      place,
      operation,
      answer,
      picture,
      messageId,
      hasPicture,
      silent,
      maybeSent,
    });
    return sentOf(
      outcome,
      composed,
      composed.pictureFollows && outcome.kind === 'sent' ? [pictureDraft(delivery)] : [],
    );
  }

  async function composeSafely(
    delivery: ClaimedDelivery,
  ): Promise<Composed | { kind: 'failed'; reason: string }> {
    try {
      return await options.composer.compose(delivery);
    } catch (error) {
      log.error({ err: error, delivery: delivery.id }, 'a message could not be made');
      return { kind: 'failed', reason: describe(error) };
    }
  }

  function count(kind: Settled['decision']['kind']): void {
    if (kind === 'sent') stats.sent += 1;
    else if (kind === 'dead') stats.dead += 1;
    else if (kind !== 'superseded') stats.retried += 1;
  }

  /** Writes results until none is left; a database that is away is waited for, so that no result is dropped. */
  async function flush(): Promise<void> {
    let waitMs = ERROR_WAIT_MS;
    while (results.length > 0) {
      const batch = results.splice(0);
      try {
        await settle(db, jobs, { workspaceId, worker, results: batch, now: clock.now() });
        options.onFailpoint?.('after_settle');
        waitMs = ERROR_WAIT_MS;
      } catch (error) {
        results.unshift(...batch);
        stats.lastError = describe(error);
        log.error(
          { err: error, results: batch.length },
          'results of deliveries cannot be stored; trying again',
        );
        await sleep(waitMs);
        waitMs = Math.min(ERROR_WAIT_CEILING_MS, waitMs * 2);
      }
    }
  }

  return {
    stats,
    kick,
    async start() {
      running = true;
      await jobs.work(DELIVER_QUEUE, { batchSize: 20 }, async () => kick());
      renewal = setInterval(
        () => void renewLeases(db, worker, [...underWay.keys()]).catch(() => {}),
        LEASE_MS / 3,
      );
      loop = run();
    },
    async stop() {
      running = false;
      kick();
      await loop;
      await Promise.allSettled(underWay.values());
      clearInterval(renewal);
    },
    async reserve(place) {
      const channel = channels.find((c) => c.name === place.channel);
      if (!channel) return;
      const slot = { workspaceId, channel, lane: laneOf(place), isGroup: isGroupPlace(place) };
      for (let waitMs = await reserveSlot(db, slot); waitMs > 0; waitMs = await reserveSlot(db, slot))
        await sleep(waitMs);
    },
  };
}

type Attempt = {
  outcome: SendOutcome;
  skipped: { kind: 'superseded'; reason: string; forgetMessage: false } | null;
  followUps: readonly DeliveryDraft[];
  record: Pick<Settled, 'outcome' | 'statusCode' | 'contentHash' | 'pictureHash'>;
};

function sentOf(
  outcome: SendOutcome,
  composed: Extract<Composed, { kind: 'send' }> | null,
  followUps: readonly DeliveryDraft[] = [],
): Attempt {
  const contentHash = composed ? hashAnswer(composed.answer) : null;
  const statusCode = 'statusCode' in outcome ? outcome.statusCode : null;
  return {
    outcome,
    skipped: null,
    followUps,
    record: {
      outcome: outcome.kind,
      statusCode,
      contentHash,
      pictureHash: composed?.picture?.contentHash ?? null,
    },
  };
}

function skippedOf(reason: string): Attempt {
  const base = sentOf({ kind: 'lost', reason }, null);
  return {
    ...base,
    skipped: { kind: 'superseded', reason, forgetMessage: false },
    record: { ...base.record, outcome: 'skipped' },
  };
}

function notSpoken(delivery: ClaimedDelivery): Attempt {
  return sentOf(
    { kind: 'gone', reason: `the channel ${delivery.place.channel} is not set up`, statusCode: null },
    null,
  );
}

/** The edit that adds the picture, once it is drawn. */
function pictureDraft(delivery: ClaimedDelivery): DeliveryDraft {
  return {
    key: `${delivery.id}:picture`,
    alertId: delivery.alertId,
    edge: 'picture',
    place: delivery.place,
    operation: 'edit',
    silent: true,
    priority: delivery.priority,
    notBefore: null,
    payload: { picture: true },
  };
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
