import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { SECOND } from './time.ts';

const CLOSE_TIMEOUT_MS = 10 * SECOND;

/** Tells a thread to `close`, and ends it when it has not ended itself within 10 s. */
export async function closeWorker(worker: Worker): Promise<void> {
  if (worker.threadId === -1) return;
  const exited = once(worker, 'exit');
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  worker.postMessage('close');
  const timer = setTimeout(() => void worker.terminate(), CLOSE_TIMEOUT_MS);
  await exited;
  clearTimeout(timer);
}
