/** Runs in a worker thread of its own, so that a query that overruns can be ended with the thread. Started by `embedded.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { type EmbeddedTask, openEmbeddedEngine } from './embedded-engine.ts';

const { folder } = workerData as { folder: string | null };
const engine = await openEmbeddedEngine(folder);

parentPort?.on('message', (task: EmbeddedTask | 'close') => {
  void (async () => {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
    if (task !== 'close') return parentPort?.postMessage(await engine.run(task));
    await engine.close();
    parentPort?.close();
  })();
});
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage('ready');
