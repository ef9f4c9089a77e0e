import { PrismaPg } from '@prisma/adapter-pg';
import { join } from 'node:path';
import type { Pool } from 'pg';
import { InputError } from '../errors.ts';
import { joinableConnection, lockDataDir, lockedBy } from './data-dir-lock.ts';
import { type Engine, ENGINE_CONNECTIONS, startEngine } from './engine.ts';
import { reasonOf, toDatabaseError, toOpenError, unavailable } from './errors.ts';
import { PrismaClient } from './generated/client.ts';
import { type DbLog, silentLog } from './log.ts';
import { listMigrations } from './migration-files.ts';
import { applyMigrations, type MigrationStatus, readMigrationStatus, refuseNewer } from './migrations.ts';
import { connectClient, createPool, POOL_SIZE } from './pool.ts';
import { createLocalLocks, takeServerLock } from './session-lock.ts';
import type { Db } from './types.ts';
import { within } from './within.ts';
import { createStatementNames } from './statement-names.ts';

export type OpenOptions = {
  /** null: the embedded engine, in `dataDir` */
  databaseUrl: string | null;
  dataDir: string;
  log?: DbLog;
  /** false: leave the database as it is, also when it is newer than the program */
  migrate?: boolean;
};

/** What is undone at close, in reverse. */
type Closers = (() => Promise<void> | void)[];

const POOL_CLOSE_TIMEOUT_MS = 5000;
/** A visitor leaves the engine's connections to the service. */
const JOINED_CONNECTIONS = 2;
const JOIN_TIMEOUT_MS = 3000;

/**
 * Opens Heartbeat's own database and brings it up to date. Throws `data_dir_locked`, `database_newer`,
 * `migration_failed`, `database_unavailable`, `database_refused`, `database_url_invalid`.
 */
export async function openDatabase(options: OpenOptions): Promise<Db> {
  const log = options.log ?? silentLog;
  const closers: Closers = [];
  try {
    const engine = options.databaseUrl === null ? await openEngine(options.dataDir, closers, log) : null;
    const connectionString = engine?.connectionString ?? checkUrl(options.databaseUrl ?? '');
    const pool = createPool(connectionString, log);
    closers.push(() => endPool(pool));
    if (options.migrate !== false) await migrate(pool, connectionString, log);
    const names = engine ? {} : { statementNameGenerator: createStatementNames() };
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool, names) });
    closers.push(() => prisma.$disconnect());
    return {
      kind: engine ? 'embedded' : 'server',
      prisma,
      connection: { connectionString, maxConnections: engine ? ENGINE_CONNECTIONS - POOL_SIZE : POOL_SIZE },
      ping: createPing(pool),
      sessionLock: engine
        ? createLocalLocks(engine.died)
        : (name) => takeServerLock(connectionString, name).catch(rethrow),
      close: createClose(closers),
    };
  } catch (error) {
    await createClose(closers)();
    throw toOpenError(error);
  }
}

/**
 * Works with the embedded database of a running service, over the service's own socket. Throws LockedError `data_dir_locked` when
 * the holder of the folder cannot be joined.
 */
export async function joinDatabase(dataDir: string, log: DbLog = silentLog): Promise<Db> {
  const pool = createPool(joinableConnection(dataDir), log, JOINED_CONNECTIONS);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const ping = createPing(pool);
  try {
    await ping(JOIN_TIMEOUT_MS);
  } catch {
    await endPool(pool);
    throw lockedBy(dataDir);
  }
  return {
    kind: 'embedded',
    prisma,
    connection: { connectionString: joinableConnection(dataDir), maxConnections: JOINED_CONNECTIONS },
    ping,
    sessionLock: async () => null,
    close: createClose([() => endPool(pool), () => prisma.$disconnect()]),
  };
}

function rethrow(error: unknown): never {
  throw toDatabaseError(error);
}

async function openEngine(dataDir: string, closers: Closers, log: DbLog): Promise<Engine> {
  const lock = lockDataDir(dataDir);
  closers.push(() => lock.release());
  const engine = await startEngine(join(dataDir, 'postgres'));
  closers.push(() => engine.close());
  lock.publish(engine.connectionString);
  void engine.died.then((error) => log.error({ reason: error.message }, 'the embedded database has stopped'));
  return engine;
}

function checkUrl(url: string): string {
  const scheme = URL.parse(url)?.protocol ?? '';
  if (['postgres:', 'postgresql:'].includes(scheme)) return url;
  throw new InputError(
    'database_url_invalid',
    'DATABASE_URL is not a PostgreSQL address. Write it as postgresql://user:password@host:5432/database, or unset it for the embedded database.',
  );
}

async function migrate(pool: Pool, connectionString: string, log: DbLog): Promise<void> {
  const migrations = await listMigrations();
  const status = await readMigrationStatus(pool, migrations);
  refuseNewer(status);
  if (status.pending.length === 0) return;
  const client = await connectClient(connectionString, 'heartbeat migrations');
  try {
    const applied = await applyMigrations(client, migrations);
    log.info({ applied }, 'the database was brought up to date');
  } finally {
    await client.end();
  }
}

// One question at a time: a server that hangs must not fill the pool with pings.
function createPing(pool: Pool): Db['ping'] {
  let running: Promise<unknown> | undefined;
  return async (timeoutMs) => {
    running ??= pool.query('select 1').finally(() => {
      running = undefined;
    });
    try {
      await within(running, timeoutMs);
    } catch (error) {
      throw unavailable(reasonOf(error), error);
    }
  };
}

// A transaction that never ends must not keep the process from stopping.
async function endPool(pool: Pool): Promise<void> {
  await within(pool.end(), POOL_CLOSE_TIMEOUT_MS).catch(() => undefined);
}

function createClose(closers: Closers): () => Promise<void> {
  let closed: Promise<void> | undefined;
  const closeAll = async () => {
    for (const close of closers.reverse()) await close();
  };
  return () => (closed ??= closeAll());
}

/** Tells what `heartbeat migrate --status` prints: which migrations the database has, lacks, or has from a newer program. */
export async function migrationStatus(db: Pick<Db, 'connection'>): Promise<MigrationStatus> {
  const client = await connectClient(db.connection.connectionString, 'heartbeat migrations').catch(rethrow);
  try {
    return await readMigrationStatus(client, await listMigrations());
  } finally {
    await client.end();
  }
}
