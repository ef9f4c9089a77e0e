import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { closeWorker } from '../lib/close-worker.ts';
import type { EmbeddedTask } from './embedded-engine.ts';
import type { EngineAnswer } from './engine.ts';

/** The embedded engine in a worker thread; one task at a time. */
export type EmbeddedThread = {
  /** Gives the engine's answer; rejects when the thread ends before it answers. */
  run(task: EmbeddedTask): Promise<EngineAnswer>;
  /** Ends the thread at once, whatever it is doing. */
  end(): Promise<void>;
  /** Lets the engine write what it holds, and ends the thread. */
  close(): Promise<void>;
};

/** Starts the thread on a folder, or in memory (null). Rejects with the engine's reason when it does not open. */
export async function startEmbeddedThread(folder: string | null): Promise<EmbeddedThread> {
  // the same file as TypeScript when tests run it and as JavaScript when built
  const file = new URL(`./embedded-worker${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(file, { workerData: { folder }, execArgv: [] });
  const ended = new Promise<never>((_, reject) => {
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`the thread ended with code ${code}`)));
  });
  // who waits for an answer hears of it
  ended.catch(() => undefined);
  const nextMessage = async (): Promise<unknown> => (await Promise.race([once(worker, 'message'), ended]))[0];
  await nextMessage();
  return {
    run: async (task) => {
      const answer = nextMessage();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage(task);
      return (await answer) as EngineAnswer;
    },
    end: async () => {
      await worker.terminate();
    },
    close: () => closeWorker(worker),
  };
}
