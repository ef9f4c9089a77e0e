import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { HeartbeatError } from '../errors.ts';
import { closeWorker } from '../lib/close-worker.ts';
import type { EngineSettings } from './engine-server.ts';

/** The embedded PostgreSQL, running in a worker thread. */
export type Engine = {
  readonly connectionString: string;
  /** resolves with the reason when the engine ends without being asked to */
  readonly died: Promise<Error>;
  close(): Promise<void>;
};

export const ENGINE_CONNECTIONS = 20;

const SOCKET_NAME = '.s.PGSQL.5432';
/** The kernel's limit of a unix socket's path (macOS allows 103). */
const SOCKET_PATH_BYTES = 103;

/** Starts the embedded engine on a folder, which must be locked by the caller, or in memory. */
export async function startEngine(folder: string | null): Promise<Engine> {
  const socketDir = makeSocketDir(folder);
  const settings: EngineSettings = {
    folder,
    socketPath: join(socketDir, SOCKET_NAME),
    maxConnections: ENGINE_CONNECTIONS,
  };
  // the same file as TypeScript when tests run it and as JavaScript when built
  const file = new URL(`./engine-worker${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(file, { workerData: settings, execArgv: [] });
  const { died, closing } = watch(worker);
  try {
    await Promise.race([once(worker, 'message'), died.then((reason) => Promise.reject(reason))]);
  } catch (cause) {
    await worker.terminate();
    rmSync(socketDir, { recursive: true, force: true });
    throw cannotStart(folder, cause);
  }
  return {
    connectionString: `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(socketDir)}`,
    died,
    close: async () => {
      closing();
      await closeWorker(worker);
      rmSync(socketDir, { recursive: true, force: true });
    },
  };
}

// A folder of mode 0700: the engine knows no passwords, the file system says who may connect. It has the same name each
// time, so that what a killed process left is found and replaced.
function makeSocketDir(folder: string | null): string {
  const base =
    Buffer.byteLength(join(tmpdir(), 'hb-0123456789ab', SOCKET_NAME)) > SOCKET_PATH_BYTES ? '/tmp' : tmpdir();
  if (folder !== null) {
    const owner = `${hostname()}:${resolve(folder)}`;
    const path = join(base, `hb-${createHash('sha256').update(owner).digest('hex').slice(0, 12)}`);
    try {
      rmSync(path, { recursive: true, force: true });
      mkdirSync(path, { mode: 0o700 });
      return path;
    } catch {
      // it belongs to somebody else
    }
  }
  return mkdtempSync(join(base, 'hb-'));
}

function watch(worker: Worker): { died: Promise<Error>; closing: () => void } {
  const ended = Promise.withResolvers<Error>();
  let expected = false;
  worker.on('error', (error) => ended.resolve(error instanceof Error ? error : new Error(String(error))));
  worker.on('exit', (code) => {
    if (!expected) ended.resolve(new Error(`the worker ended with code ${code}`));
  });
  return {
    died: ended.promise,
    closing: () => {
      expected = true;
    },
  };
}

function cannotStart(folder: string | null, cause: unknown): HeartbeatError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const place = folder ?? 'memory';
  return new HeartbeatError(
    'embedded_database_broken',
    `The embedded database in ${place} did not start: ${reason}. Restore the folder from a backup, or move it away to start empty.`,
    { details: { folder: place, reason }, cause },
  );
}
