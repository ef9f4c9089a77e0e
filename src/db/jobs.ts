import { randomUUID } from 'node:crypto';
import { type ConstructorOptions, fromPrisma, type JobInsert, PgBoss, type QueueOptions } from 'pg-boss';
import { DAY, HOUR, MINUTE, SECOND } from '../lib/time.ts';
import { reasonOf, toDatabaseError } from './errors.ts';
import type { DbLog } from './log.ts';
import { within } from './within.ts';
import type { Db, JobOptions, Jobs } from './types.ts';

/** A queue and how its jobs are tried again. */
export type QueueSettings = {
  name: string;
  /** tries after the first; then the job lies in the queue `<name>.dead` */
  retryLimit?: number;
  /** pause before the first retry; it doubles up to `retryDelayMaxSeconds` */
  retryDelaySeconds?: number;
  retryDelayMaxSeconds?: number;
  /** a handler that takes longer is given up and its jobs are tried again */
  expireInSeconds?: number;
};

/** Where jobs end that failed for good. */
export function deadLetterQueue(queue: string): string {
  return `${queue}.dead`;
}

const POOL_SIZE = 4;
const RETRY_LIMIT = 5;
const RETRY_DELAY_SECONDS = 1;
const RETRY_DELAY_MAX_SECONDS = 60;
const EXPIRE_SECONDS = 60;
const STOP_TIMEOUT_MS = 10 * SECOND;
const SAME_ERROR_PAUSE_MS = 10 * SECOND;

// A worker that falls silent for 10 s (the least that pg-boss allows) is dead, and the supervisor looks every second.
// The embedded engine has one process, which frees what a crash left at its start: there it is spared the work.
const HEARTBEAT_SECONDS = 10;
const HEARTBEAT_REFRESH_SECONDS = 3;
const SUPERVISE_SECONDS = { server: 1, embedded: 5 };

// The least that pg-boss allows. Retries and delayed jobs send no notification, so this is how late they can be.
const POLL_SECONDS = 0.5;

// Finished jobs are of no use, and the supervisor counts all that are left.
const KEEP_DONE_SECONDS = 5 * (MINUTE / SECOND);
const KEEP_WAITING_SECONDS = 14 * (DAY / SECOND);
const CLEAN_UP_SECONDS = MINUTE / SECOND;

/** Starts durable jobs on the database: queues are created or brought to these settings, nothing is worked yet. */
export async function createJobs(db: Db, queues: readonly QueueSettings[], log: DbLog): Promise<Jobs> {
  const boss = new PgBoss(bossOptions(db));
  logEvents(boss, log);
  try {
    await boss.start();
    for (const queue of queues) await prepareQueue(boss, queue, db.kind);
    if (db.kind === 'embedded') await freeOrphans(db, boss);
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw toDatabaseError(error);
  }
  const workers = new Map<string, string[]>();
  return {
    send: (tx, queue, items) => sendJobs({ boss, tx, queue, items }),
    work: async (queue, options, handler) => {
      if (options.expireInSeconds) {
        await boss.updateQueue(queue, { expireInSeconds: options.expireInSeconds });
        await knowQueue(boss, queue);
      }
      const worker = await boss.work(
        queue,
        workOptions(options.batchSize),
        async (jobs: { id: string; data: unknown }[]) => {
          await runHandler(() => handler(jobs), { queue, jobs: jobs.length, log });
        },
      );
      workers.set(queue, [...(workers.get(queue) ?? []), worker]);
    },
    wake: (queue) => {
      for (const worker of workers.get(queue) ?? []) boss.notifyWorker(worker);
    },
    depth: (queue) => countWaiting(db, queue),
    stop: async () => {
      const idle = Promise.all([...workers.keys()].map((queue) => boss.offWork(queue)));
      await within(idle, STOP_TIMEOUT_MS).catch(() => undefined);
      // what still runs is put back for another process
      await boss.stop({ graceful: false });
    },
  };
}

function bossOptions({ kind, connection }: Db): ConstructorOptions {
  return {
    connectionString: connection.connectionString,
    application_name: 'heartbeat jobs',
    max: Math.min(POOL_SIZE, connection.maxConnections),
    schema: 'pgboss',
    backend: kind === 'embedded' ? 'pglite' : 'postgres',
    // the embedded engine's socket carries no notifications: `wake` does it in process
    useListenNotify: kind === 'server',
    schedule: false,
    supervise: true,
    superviseIntervalSeconds: SUPERVISE_SECONDS[kind],
    monitorIntervalSeconds: 1,
    maintenanceIntervalSeconds: CLEAN_UP_SECONDS,
    reindex: kind === 'server',
  };
}

async function prepareQueue(boss: PgBoss, settings: QueueSettings, kind: Db['kind']): Promise<void> {
  const { name } = settings;
  const dead = deadLetterQueue(name);
  const options: QueueOptions & { deadLetter: string; notify: boolean } = {
    retryLimit: settings.retryLimit ?? RETRY_LIMIT,
    retryDelay: settings.retryDelaySeconds ?? RETRY_DELAY_SECONDS,
    retryDelayMax: settings.retryDelayMaxSeconds ?? RETRY_DELAY_MAX_SECONDS,
    retryBackoff: true,
    expireInSeconds: settings.expireInSeconds ?? EXPIRE_SECONDS,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    retentionSeconds: KEEP_WAITING_SECONDS,
    deleteAfterSeconds: KEEP_DONE_SECONDS,
    deadLetter: dead,
    notify: kind === 'server',
  };
  await boss.createQueue(dead, { retentionSeconds: KEEP_WAITING_SECONDS });
  // one job queued or running for each key
  await boss.createQueue(name, { ...options, policy: 'exclusive' });
  await boss.updateQueue(name, options);
  await knowQueue(boss, name);
}

// pg-boss reads a queue's settings when it first meets it, on a connection of its own. Inside a transaction on the embedded
// engine that would wait for the transaction's end for ever, so each queue is met before.
async function knowQueue(boss: PgBoss, queue: string): Promise<void> {
  await boss.insert(queue, []);
}

function workOptions(batchSize: number) {
  return {
    batchSize,
    burstWhenBatchFull: batchSize > 1,
    pollingIntervalSeconds: POLL_SECONDS,
    notifyPollingIntervalSeconds: POLL_SECONDS,
    heartbeatRefreshSeconds: HEARTBEAT_REFRESH_SECONDS,
  };
}

type Sending = {
  boss: PgBoss;
  tx: Parameters<Jobs['send']>[0];
  queue: string;
  items: readonly { data: object; options?: JobOptions }[];
};

async function sendJobs({ boss, tx, queue, items }: Sending): Promise<void> {
  if (items.length === 0) return;
  const ids = orderedIds();
  const jobs = items.map(({ data, options }, index): JobInsert => {
    const id = ids(index);
    // in an exclusive queue jobs without a key would share one
    return { ...options, id, data, singletonKey: options?.singletonKey ?? id };
  });
  try {
    await boss.insert(queue, jobs, tx ? { db: fromPrisma(tx) } : {});
  } catch (error) {
    throw toDatabaseError(error);
  }
}

// Jobs of one moment are worked in the order of their ids: these keep the sender's.
function orderedIds(): (index: number) => string {
  const start = randomUUID().slice(0, -12);
  return (index) => start + index.toString(16).padStart(12, '0');
}

async function runHandler(
  run: () => Promise<void>,
  { queue, jobs, log }: { queue: string; jobs: number; log: DbLog },
) {
  try {
    await run();
  } catch (error) {
    log.warn({ queue, jobs, reason: reasonOf(error) }, 'jobs failed and are tried again');
    throw error;
  }
}

// This process has the data folder alone: whoever worked these jobs is gone.
async function freeOrphans({ prisma }: Db, boss: PgBoss): Promise<void> {
  const orphans = await prisma.$executeRaw`
    update pgboss.job set heartbeat_on = now() - interval '1 hour'
    where state = 'active' and heartbeat_seconds is not null`;
  if (orphans > 0) await boss.supervise();
}

async function countWaiting({ prisma }: Db, queue: string): Promise<number> {
  const rows = await prisma.$queryRaw<{ waiting: number }[]>`
    select count(*)::int as waiting from pgboss.job where name = ${queue} and state < 'completed'`;
  return rows[0]?.waiting ?? 0;
}

// While the database is away every worker complains twice a second.
function logEvents(boss: PgBoss, log: DbLog): void {
  const lastSaid = new Map<string, number>();
  boss.on('error', (error) => {
    const reason = reasonOf(error).replace(/ \(Queue: .*\)$/, '');
    const now = performance.now();
    if (now - (lastSaid.get(reason) ?? -HOUR) < SAME_ERROR_PAUSE_MS) return;
    if (lastSaid.size > 100) lastSaid.clear();
    lastSaid.set(reason, now);
    log.error({ reason }, 'the job queue had a problem and goes on');
  });
  boss.on('warning', ({ message }) => log.warn({ reason: message }, 'the job queue warns'));
}
