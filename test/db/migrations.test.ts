import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { SchemaEngine } from '@prisma/schema-engine-wasm';
import { createHash } from 'node:crypto';
import { Client, Pool } from 'pg';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { diffSchema, readMigrations } from '../../prisma/schema-diff.ts';
import { migrationStatus, openDatabase, sql } from '../../src/db/index.ts';
import { listMigrations, type Migration } from '../../src/db/migration-files.ts';
import { applyMigrations, readMigrationStatus } from '../../src/db/migrations.ts';
import {
  createServerDatabase,
  type OwnDatabase,
  withEmbeddedDatabase,
  withServerDatabase,
} from '../support/database.ts';
import { runSql } from '../support/sql.ts';

const DATASOURCE = 'datasource db {\n  provider = "postgresql"\n  schemas = ["heartbeat"]\n}\n';

const BROKEN = migration('20990101000000_things', 'create table heartbeat.things (id int); select 1 / 0');
const FIXED = migration('20990101000000_things', 'create table heartbeat.things (id int); select 1 / 1');

function migration(name: string, script: string): Migration {
  return { name, script, checksum: createHash('sha256').update(script).digest('hex') };
}

describe('migrations', () => {
  let own: OwnDatabase;
  let url: string;
  let client: Client;

  beforeEach(async () => {
    own = await createServerDatabase();
    url = own.address.databaseUrl ?? '';
    client = new Client({ connectionString: url });
    await client.connect();
  });
  afterEach(async () => {
    await client.end();
    await own.remove();
  });
  const emptyDatabase = () => client.query('drop schema heartbeat cascade');
  const rowsOf = async (name: string) =>
    (
      await client.query<{ finished: boolean; rolled_back: boolean; logs: string | null }>(
        `select finished_at is not null as finished, rolled_back_at is not null as rolled_back, logs
         from heartbeat._prisma_migrations where migration_name = $1 order by started_at`,
        [name],
      )
    ).rows;

  it('bring an empty database up to date, once', async () => {
    await emptyDatabase();
    const known = await listMigrations();
    const names = known.map(({ name }) => name);
    expect(await readMigrationStatus(client, known)).toEqual({ applied: [], pending: names, unknown: [] });
    expect(await applyMigrations(client, known)).toEqual(names);
    expect(await applyMigrations(client, known)).toEqual([]);
    expect(await readMigrationStatus(client, known)).toEqual({ applied: names, pending: [], unknown: [] });
  });

  it('are applied once by processes that start together', async () => {
    await emptyDatabase();
    const all = await Promise.all(
      Array.from({ length: 3 }, () => openDatabase({ databaseUrl: url, dataDir: '' })),
    );
    await Promise.all(all.map((db) => db.close()));
    const [first] = await listMigrations();
    expect(await rowsOf(first?.name ?? '')).toHaveLength(1);
  });

  it('keep the data of the release before', async () => {
    await client.query(
      "insert into heartbeat.workspace (id, name, timezone, locale) values ('w', 'W', 'UTC', 'en')",
    );
    const next = migration('20990101000000_more', 'alter table heartbeat.workspace add column more text');
    await applyMigrations(client, [...(await listMigrations()), next]);
    expect((await client.query('select id, more from heartbeat.workspace')).rows).toEqual([
      { id: 'w', more: null },
    ]);
  });

  it('leave nothing of one that fails, say so, and take the repaired one at the next start', async () => {
    const known = await listMigrations();
    await expect(applyMigrations(client, [...known, BROKEN])).rejects.toMatchObject({
      code: 'migration_failed',
      message: expect.stringMatching(/20990101000000_things failed \(division by zero\).*start again/),
    });
    expect((await client.query("select to_regclass('heartbeat.things') as found")).rows).toEqual([
      { found: null },
    ]);
    expect(await applyMigrations(client, [...known, FIXED])).toEqual([FIXED.name]);
    expect(await rowsOf(FIXED.name)).toEqual([
      { finished: false, rolled_back: true, logs: 'division by zero' },
      { finished: true, rolled_back: false, logs: null },
    ]);
  });

  it('are not blocked by one that was cut off half way', async () => {
    await client.query(
      "insert into heartbeat._prisma_migrations (id, checksum, migration_name) values ('x', 'y', $1)",
      [FIXED.name],
    );
    expect(await applyMigrations(client, [...(await listMigrations()), FIXED])).toEqual([FIXED.name]);
    expect(await rowsOf(FIXED.name)).toMatchObject([{ rolled_back: true }, { finished: true }]);
  });

  it('of a newer program make the database refused, in a sentence that says what to do', async () => {
    await applyMigrations(client, [...(await listMigrations()), FIXED]);
    const refusal = {
      code: 'database_newer',
      message: expect.stringMatching(
        /newer version of Heartbeat.*20990101000000_things.*Start the newer version/s,
      ),
    };
    await expect(openDatabase({ databaseUrl: url, dataDir: '' })).rejects.toMatchObject(refusal);
    await expect(applyMigrations(client, await listMigrations())).rejects.toMatchObject(refusal);
  });

  it('are told of a database that is opened without changing it', async () => {
    const known = (await listMigrations()).map(({ name }) => name);
    await applyMigrations(client, [...(await listMigrations()), FIXED]);
    const db = await openDatabase({ databaseUrl: url, dataDir: '', migrate: false });
    expect(await migrationStatus(db)).toEqual({ applied: known, pending: [], unknown: [FIXED.name] });
    await db.close();
  });

  it('free their lock, also after one failed', async () => {
    await expect(applyMigrations(client, [...(await listMigrations()), BROKEN])).rejects.toThrow('failed');
    expect(
      await runSql(
        url,
        "select 1 as held from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())",
      ),
    ).toEqual([]);
  });
});

describe("Prisma's own engine", () => {
  const database = withServerDatabase();

  it('finds the migrations applied and unchanged, so `prisma migrate deploy` works too', async () => {
    const connectionString = `${database.address.databaseUrl ?? ''}?options=${encodeURIComponent('-c search_path=heartbeat')}`;
    const pool = new Pool({ connectionString, max: 1 });
    onTestFinished(() => pool.end());
    const factory = bindMigrationAwareSqlAdapterFactory(new PrismaPg(pool));
    const engine = await SchemaEngine.new(
      { datamodels: [['base.prisma', DATASOURCE]] },
      () => undefined,
      factory,
    );
    expect(
      await engine.diagnoseMigrationHistory({
        migrationsList: await readMigrations(),
        optInToShadowDatabase: false,
        filters: { externalTables: [], externalEnums: [] },
      }),
    ).toEqual({
      editedMigrationNames: [],
      failedMigrationNames: [],
      hasMigrationsTable: true,
      history: null,
    });
  });
});

describe('migrations of the embedded engine', () => {
  const database = withEmbeddedDatabase();

  it('are recorded where those of a server are', async () => {
    const known = (await listMigrations()).map(({ name }) => name);
    expect(await migrationStatus(database.db)).toEqual({ applied: known, pending: [], unknown: [] });
  });
});

describe('the tables that people query', () => {
  const database = withEmbeddedDatabase();

  it.each([
    ['metric_history', ['metric', 'as_of', 'value', 'computed_at', 'definition_hash', 'level']],
    ['metric_cut_link', ['metric_id', 'cut_id', 'role']],
    ['journal', ['at', 'actor', 'channel', 'verb', 'subject', 'before', 'after', 'request_id']],
  ])('%s has the columns that the contract names', async (table, names) => {
    const columns = await database.db.prisma.$queryRaw<{ name: string }[]>(sql`
      select column_name as name from information_schema.columns
      where table_schema = 'heartbeat' and table_name = ${table}`);
    expect(columns.map(({ name }) => name)).toEqual(expect.arrayContaining(['workspace_id', ...names]));
  });
});

describe('the schema files', () => {
  it('say nothing that the migrations do not: run `npm run migration -- <name>` after a change', async () => {
    expect(await diffSchema()).toBe('-- This is an empty migration.\n');
  });
});
