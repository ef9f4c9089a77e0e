import type { Prisma, PrismaClient } from './generated/client.ts';

/** Inside `prisma.$transaction`: all of a verb's writes and its jobs go through this. */
export type Tx = Prisma.TransactionClient;

/** Held on a connection of its own: freed by `release`, or by the server when the process dies. */
export type SessionLock = {
  /** resolves when the connection that holds the lock is gone */
  readonly lost: Promise<void>;
  release(): Promise<void>;
};

/** Heartbeat's own PostgreSQL: the embedded engine in a worker, or a server. */
export type Db = {
  readonly kind: 'embedded' | 'server';
  readonly prisma: PrismaClient;
  /** for libraries that connect themselves */
  readonly connection: { connectionString: string; maxConnections: number };
  /** Answers within `timeoutMs` or throws UnavailableError. */
  ping(timeoutMs: number): Promise<void>;
  /** Takes a lock that one process may hold, or gives null when another has it. */
  sessionLock(name: string): Promise<SessionLock | null>;
  close(): Promise<void>;
};

export type JobOptions = {
  /** not before */
  startAfter?: Date;
  /** at most one queued or running job with this key */
  singletonKey?: string;
  /** the highest goes first; 0 unless given */
  priority?: number;
  retryLimit?: number;
};

/** Durable jobs on the same database (pg-boss). */
export type Jobs = {
  /** Queues jobs; inside a transaction they exist only when it commits. */
  send(tx: Tx | null, queue: string, items: readonly { data: object; options?: JobOptions }[]): Promise<void>;
  /** Works a queue in batches; a thrown error fails the batch, which is retried with back-off. */
  work(
    queue: string,
    options: { batchSize: number; expireInSeconds?: number },
    handler: (jobs: readonly { id: string; data: unknown }[]) => Promise<void>,
  ): Promise<void>;
  /** Wakes this process's workers of a queue at once, after a commit. */
  wake(queue: string): void;
  /** jobs not yet done, by queue */
  depth(queue: string): Promise<number>;
  stop(): Promise<void>;
};
