/**
 * Databases for tests. In a file: `const database = withServerDatabase()` (PostgreSQL 18) or `withEmbeddedDatabase()`, then
 * `database.db` in its tests: migrated, empty when the file begins, and nobody else's meanwhile. Files that follow one another in
 * a process share one of each kind; one that changes more than rows asks for its own.
 */
import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { type Db, openDatabase } from '../../src/db/index.ts';
import { TEMPLATE } from './shared-databases.ts';
import { runSql, withDatabaseName } from './sql.ts';

export type TestDatabase = {
  /** open while the file's tests run */
  readonly db: Db;
  /** what `openDatabase` opens it with */
  readonly address: { databaseUrl: string | null; dataDir: string };
  /** empties every table, and the jobs */
  clear(): Promise<void>;
};

/** What a test file makes for itself: an address of a migrated database, and how to remove it. */
export type OwnDatabase = { address: TestDatabase['address']; remove: () => Promise<void> };

const SETUP_TIMEOUT_MS = 60_000;

/** Gives the test file a database on the run's PostgreSQL 18. */
export function withServerDatabase(): TestDatabase {
  return withDatabase(() => keep('server', createServerDatabase));
}

/** Gives the test file a database on the run's PostgreSQL 18 that no other file has: it may be damaged. */
export function withOwnServerDatabase(): TestDatabase {
  return withDatabase(async () => open(await createServerDatabase()));
}

/** Gives the test file an embedded database. */
export function withEmbeddedDatabase(): TestDatabase {
  return withDatabase(() => keep('embedded', createEmbeddedDatabase));
}

/** Describes the same behaviour for both kinds of database. */
export function describeOnBothDatabases(name: string, tests: (database: TestDatabase) => void): void {
  describe(`${name} (embedded)`, () => {
    tests(withEmbeddedDatabase());
  });
  describe(`${name} (server)`, () => {
    tests(withServerDatabase());
  });
}

/** Makes a migrated database on the run's PostgreSQL 18; the caller removes it. */
export async function createServerDatabase(): Promise<OwnDatabase> {
  const server = await ask('server');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await runSql(server, `create database ${name} template ${TEMPLATE}`);
  return {
    address: { databaseUrl: withDatabaseName(server, name), dataDir: '' },
    remove: async () => {
      await runSql(server, `drop database if exists ${name} with (force)`);
    },
  };
}

/** Makes a folder with a migrated embedded database; the caller removes it. */
export async function createEmbeddedDatabase(): Promise<OwnDatabase> {
  const template = await ask('embedded');
  // beside the template, in the folder that the end of the run removes
  const dataDir = await mkdtemp(join(dirname(template), 'own-'));
  await cp(join(template, 'postgres'), join(dataDir, 'postgres'), { recursive: true });
  return {
    address: { databaseUrl: null, dataDir },
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}

/** A database with connections to it, and how to give it back. */
type OpenDatabase = { address: TestDatabase['address']; db: Db; giveBack: () => Promise<void> };

/** Making a database costs seconds, emptying one milliseconds: a process keeps what it made. The run's end removes it. */
const kept = new Map<'server' | 'embedded', Promise<OpenDatabase>>();

async function keep(kind: 'server' | 'embedded', create: () => Promise<OwnDatabase>): Promise<OpenDatabase> {
  const opening = kept.get(kind) ?? create().then(open);
  kept.set(kind, opening);
  const database = await opening;
  await clearTables(database.db);
  return { ...database, giveBack: async () => undefined };
}

async function open({ address, remove }: OwnDatabase): Promise<OpenDatabase> {
  const db = await openDatabase(address);
  const giveBack = async (): Promise<void> => {
    await db.close();
    await remove();
  };
  return { address, db, giveBack };
}

function withDatabase(take: () => Promise<OpenDatabase>): TestDatabase {
  let database: OpenDatabase | undefined;
  beforeAll(async () => {
    database = await take();
  }, SETUP_TIMEOUT_MS);
  afterAll(async () => {
    await database?.giveBack();
  }, SETUP_TIMEOUT_MS);
  const taken = (): OpenDatabase => {
    if (database === undefined) throw new Error('The test database exists inside tests and hooks only.');
    return database;
  };
  return {
    get db() {
      return taken().db;
    },
    get address() {
      return taken().address;
    },
    clear: () => clearTables(taken().db),
  };
}

/** Rows go one table after another: what a test leaves is little, and new files for empty tables cost a hundred times as much. */
async function clearTables({ prisma }: Db): Promise<void> {
  await prisma.$executeRawUnsafe(`do $$
    declare each record;
    begin
      perform set_config('session_replication_role', 'replica', true);
      for each in
        select format('%I.%I', schemaname, tablename) as name from pg_tables
        where (schemaname = 'heartbeat' and tablename <> '_prisma_migrations')
           or (schemaname = 'pgboss' and tablename in ('job', 'job_dependency', 'warning'))
      loop
        execute 'delete from ' || each.name;
      end loop;
      perform setval(format('%I.%I', schemaname, sequencename)::regclass, start_value, false)
        from pg_sequences where schemaname = 'heartbeat';
    end $$`);
}

function ask(what: 'server' | 'embedded'): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(inject('sharedDatabases'), () => socket.write(what));
    const parts: Buffer[] = [];
    socket.on('error', reject);
    socket.on('data', (part) => parts.push(part));
    socket.on('end', () => {
      const { value, error } = JSON.parse(Buffer.concat(parts).toString()) as {
        value?: string;
        error?: string;
      };
      if (value === undefined) reject(new Error(error));
      else resolve(value);
    });
  });
}
