import { Worker } from 'node:worker_threads';

import { UnavailableError } from '../errors.ts';
import { SECOND } from '../lib/time.ts';

/** What a thread answers to the JSON of a spec. */
export type ThreadReply =
  | { kind: 'drawn'; png: ArrayBuffer; width: number; height: number }
  | { kind: 'failed'; reason: string };

export type DrawnReply = Extract<ThreadReply, { kind: 'drawn' }>;

/** Draws specs in threads, each one picture at a time. */
export type DrawingThreads = {
  draw(specJson: string): Promise<DrawnReply>;
  close(): Promise<void>;
};

export type ThreadOptions = {
  count: number;
  /** a picture that takes longer is given up with its thread; the first one includes the thread's start */
  timeoutMs: number;
  start(): Worker;
};

/** With the start of a thread from its sources on a busy machine. */
export const DRAWING_TIMEOUT_MS = 20 * SECOND;
/** A thread that dies or hangs is replaced, and its picture tried once more. */
const MAX_ATTEMPTS = 2;

type Job = {
  specJson: string;
  attempts: number;
  resolve(reply: DrawnReply): void;
  reject(error: Error): void;
};
type Thread = { worker: Worker; job: Job | null; timer: NodeJS.Timeout | undefined; died: string | null };
type Pool = { options: ThreadOptions; waiting: Job[]; threads: Set<Thread>; closed: boolean };

/** Starts threads that draw, so that they are warm when they are asked. */
export function createDrawingThreads(options: ThreadOptions): DrawingThreads {
  const pool: Pool = { options, waiting: [], threads: new Set(), closed: false };
  for (let index = 0; index < options.count; index += 1) openThread(pool);
  return {
    draw: (specJson) =>
      new Promise((resolve, reject) => {
        if (pool.closed) return reject(pictureFailed('pictures are closed'));
        pool.waiting.push({ specJson, attempts: 0, resolve, reject });
        startNext(pool);
      }),
    close: () => closePool(pool),
  };
}

/** A drawing needs some 40 MiB; a thread that reaches this is ended by Node, and replaced. */
const HEAP_LIMITS = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 256 };

/** Starts the worker beside this file; from sources, through the loader that reads TSX. */
export function startPictureWorker(): Worker {
  const fromSources = import.meta.filename.endsWith('.ts');
  const file = new URL(fromSources ? 'picture-worker.ts' : 'picture-worker.js', import.meta.url);
  return new Worker(file, { execArgv: fromSources ? ['--import', 'tsx'] : [], resourceLimits: HEAP_LIMITS });
}

function openThread(pool: Pool): Thread {
  const thread: Thread = { worker: pool.options.start(), job: null, timer: undefined, died: null };
  pool.threads.add(thread);
  thread.worker.on('message', (reply: ThreadReply) => {
    settle(takeJob(thread), reply);
    startNext(pool);
  });
  thread.worker.on('error', (error: Error) => {
    thread.died = error.message;
  });
  thread.worker.on('exit', () => replaceThread(pool, thread));
  return thread;
}

function startNext(pool: Pool): void {
  if (pool.waiting.length === 0 || pool.closed) return;
  const idle = [...pool.threads].find((thread) => thread.job === null);
  const thread = idle ?? (pool.threads.size < pool.options.count ? openThread(pool) : undefined);
  const job = thread && pool.waiting.shift();
  if (!thread || !job) return;
  job.attempts += 1;
  thread.job = job;
  thread.timer = setTimeout(() => {
    thread.died = `nothing was drawn within ${pool.options.timeoutMs / SECOND} s`;
    void thread.worker.terminate();
  }, pool.options.timeoutMs);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  thread.worker.postMessage(job.specJson);
}

function takeJob(thread: Thread): Job | null {
  clearTimeout(thread.timer);
  const { job } = thread;
  thread.job = null;
  return job;
}

function settle(job: Job | null, reply: ThreadReply): void {
  if (reply.kind === 'drawn') job?.resolve(reply);
  else job?.reject(pictureFailed(reply.reason));
}

/** A new thread is opened only for work that waits: one that dies at its start is not started for ever. */
function replaceThread(pool: Pool, thread: Thread): void {
  pool.threads.delete(thread);
  const job = takeJob(thread);
  if (job && job.attempts < MAX_ATTEMPTS && !pool.closed) pool.waiting.unshift(job);
  else job?.reject(pictureFailed(thread.died ?? 'the drawing thread ended'));
  startNext(pool);
}

async function closePool(pool: Pool): Promise<void> {
  pool.closed = true;
  for (const job of pool.waiting.splice(0)) job.reject(pictureFailed('pictures are closed'));
  await Promise.all([...pool.threads].map((thread) => thread.worker.terminate()));
}

function pictureFailed(reason: string): UnavailableError {
  return new UnavailableError(
    'picture_failed',
    `The picture could not be drawn: ${reason}. Ask again in a minute.`,
    {
      details: { reason },
    },
  );
}
