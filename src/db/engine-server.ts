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
