/** Runs in a worker thread: the embedded PostgreSQL behind a unix socket. Started by `engine.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import type { EngineSettings } from './engine.ts';

const { folder, socketPath, maxConnections } = workerData as EngineSettings;

const engine = await PGlite.create(folder === null ? {} : { dataDir: folder });
endWhenBroken(engine);
const server = new PGLiteSocketServer({ db: engine, path: socketPath, maxConnections });
await server.start();

parentPort?.once('message', () => {
  void (async () => {
    await server.stop();
    await engine.close();
    parentPort?.close();
  })();
});
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage('ready');

// A statement that fails answers with a message; a call that throws means that the engine itself is broken, and the
// socket server would wait on it for ever.
function endWhenBroken(engine: PGlite): void {
  const run = engine.execProtocolRawStream.bind(engine);
  engine.execProtocolRawStream = async (...call) => {
    try {
      return await run(...call);
    } catch (error) {
      setImmediate(() => {
        throw error;
      });
      throw error;
    }
  };
}
