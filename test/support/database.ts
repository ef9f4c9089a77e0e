/**
 * Databases for tests. In a file: `const database = withServerDatabase()` (PostgreSQL 18) or `withEmbeddedDatabase()`, then
 * `database.db` in its tests. Each file has a database of its own, already migrated; `database.clear()` empties it.
 */
import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, inject } from 'vitest';
import { type Db, openDatabase } from '../../src/db/index.ts';
import { createSharedDatabases, type SharedDatabases, TEMPLATE } from './shared-databases.ts';
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

/** Gives the test file a database of its own on the run's PostgreSQL 18. */
export function withServerDatabase(): TestDatabase {
  return withDatabase(createServerDatabase);
}

/** Gives the test file an embedded database of its own. */
export function withEmbeddedDatabase(): TestDatabase {
  return withDatabase(createEmbeddedDatabase);
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
  const dataDir = await mkdtemp(join(tmpdir(), 'hb-test-'));
  await cp(join(template, 'postgres'), join(dataDir, 'postgres'), { recursive: true });
  return {
    address: { databaseUrl: null, dataDir },
    remove: () => rm(dataDir, { recursive: true, force: true }),
  };
}

function withDatabase(create: () => Promise<OwnDatabase>): TestDatabase {
  let own: OwnDatabase | undefined;
  let db: Db | undefined;
  beforeAll(async () => {
    own = await create();
    db = await openDatabase(own.address);
  }, SETUP_TIMEOUT_MS);
  afterAll(async () => {
    await db?.close();
    await own?.remove();
  }, SETUP_TIMEOUT_MS);
  return {
    get db() {
      return opened(db);
    },
    get address() {
      return opened(own).address;
    },
    clear: () => clearTables(opened(db)),
  };
}

function opened<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('The test database exists inside tests and hooks only.');
  return part;
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

let alone: SharedDatabases | undefined;
let aloneFolder: string | undefined;

afterAll(async () => {
  await alone?.stop();
  if (aloneFolder) await rm(aloneFolder, { recursive: true, force: true });
});

// Without `globalSetup` in the configuration the file makes for itself what a run would share.
async function ask(what: 'server' | 'embedded'): Promise<string> {
  const path = inject('sharedDatabases');
  if (path) return askRun(path, what);
  aloneFolder ??= mkdtempSync(join(tmpdir(), 'hb-alone-'));
  alone ??= createSharedDatabases(aloneFolder);
  return what === 'server' ? alone.serverUrl() : alone.embeddedTemplate();
}

function askRun(path: string, what: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(path, () => socket.write(what));
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
