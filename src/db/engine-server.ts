import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** `folder` null keeps everything in memory. */
export type EngineSettings = { folder: string | null; socketPath: string; maxConnections: number };

/** Serves the embedded PostgreSQL on a unix socket; `onBroken` is told once the engine itself has failed. */
export async function serveEngine(
  { folder, socketPath, maxConnections }: EngineSettings,
  onBroken: (error: unknown) => void,
): Promise<{ close(): Promise<void> }> {
  const engine = await PGlite.create(folder === null ? {} : { dataDir: folder });
  tellWhenBroken(engine, onBroken);
  keepBatchesWhole(engine);
  const server = new PGLiteSocketServer({ db: engine, path: socketPath, maxConnections });
  await server.start();
  return {
    close: async () => {
      await server.stop();
      await engine.close();
    },
  };
}

/**
 * A statement that fails answers with a message. A call that throws means that the engine itself is broken, and the
 * socket server would wait on it for ever.
 */
export function tellWhenBroken(
  engine: Pick<PGlite, 'execProtocolRawStream'>,
  onBroken: (error: unknown) => void,
): void {
  const run = engine.execProtocolRawStream.bind(engine);
  engine.execProtocolRawStream = async (...call) => {
    try {
      return await run(...call);
    } catch (error) {
      onBroken(error);
      throw error;
    }
  };
}

/** A simple query, Sync and Terminate: after these the session owes its client nothing. */
const ENDS_A_BATCH = new Set(['Q', 'S', 'X'].map((type) => type.charCodeAt(0)));
/** A client's first message has no type: it begins with its length. */
const NO_TYPE = 0;

/**
 * All clients share one session, message by message: between one client's Parse and its Execute another's Parse would replace the
 * unnamed statement. The socket server lets a client in a transaction go on alone, so an open batch is made to count as one.
 */
export function keepBatchesWhole(engine: Pick<PGlite, 'execProtocolRawStream' | 'isInTransaction'>): void {
  const run = engine.execProtocolRawStream.bind(engine);
  const isInTransaction = engine.isInTransaction.bind(engine);
  let isBatchOpen = false;
  engine.execProtocolRawStream = async (message, options) => {
    const [type = NO_TYPE] = message;
    try {
      return await run(message, options);
    } finally {
      isBatchOpen = type !== NO_TYPE && !ENDS_A_BATCH.has(type);
    }
  };
  engine.isInTransaction = () => isBatchOpen || isInTransaction();
}
