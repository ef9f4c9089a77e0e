/** The worker thread of the embedded PostgreSQL; `engine.ts` starts it and asks it to close. */
import { parentPort, workerData } from 'node:worker_threads';
import { type EngineSettings, serveEngine } from './engine-server.ts';

const server = await serveEngine(workerData as EngineSettings, endWithError);

parentPort?.once('message', () => {
  void server.close().then(() => parentPort?.close());
});
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage('ready');

// An error that nobody catches ends the thread and reaches its owner.
function endWithError(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}
