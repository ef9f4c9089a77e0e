/** Asks Prisma's own engine what the schema files say and the migrations do not yet. */
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  ColumnTypeEnum,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import { type MigrationList, SchemaEngine, type SchemasContainer } from '@prisma/schema-engine-wasm';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Pool, type PoolClient } from 'pg';
import { startEngine } from '../src/db/engine.ts';
import { listMigrations, migrationsFolder } from '../src/db/migration-files.ts';

/** Object ids of two of PostgreSQL's types. */
const CHAR = 18;
const UUID = 2950;

const NOTHING_LEFT_OUT = { externalTables: [], externalEnums: [] };

/** Gives the SQL that brings a database with all migrations to the schema of `prisma/*.prisma`; a comment when they agree. */
export async function diffSchema(): Promise<string> {
  const schema = await readSchema();
  const scratch = await startEngine(null);
  const pool = new Pool({ connectionString: scratch.connectionString, max: 1 });
  try {
    const engine = await SchemaEngine.new(
      { datamodels: schema.files.map(({ path, content }) => [path, content]) },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(createAdapters(pool)),
    );
    const { stdout } = await engine.diff({
      from: { tag: 'migrations', ...(await readMigrations()) },
      to: { tag: 'schemaDatamodel', ...schema },
      script: true,
      exitCode: null,
      filters: NOTHING_LEFT_OUT,
    });
    return stdout ?? '';
  } finally {
    await pool.end();
    await scratch.close();
  }
}

function createAdapters(pool: Pool): PrismaPg {
  pool.on('connect', (client) => disguiseChar(client));
  const adapters = new PrismaPg(pool);
  const connect = async () => {
    const adapter = await PrismaPg.prototype.connect.call(adapters);
    const query = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (...call) => uncoverChar(await query(...call));
    return adapter;
  };
  // the engine replays the migrations in a shadow database: here the scratch engine itself
  return Object.assign(adapters, { connect, connectToShadowDb: connect });
}

// Prisma's engine wants the catalogue's one-letter type "char" as a character, and Prisma's adapter refuses it. So it
// passes the adapter as a uuid, of which the catalogue has none.
function disguiseChar(client: PoolClient): void {
  client.connection.on('rowDescription', ({ fields }: { fields: { dataTypeID: number }[] }) => {
    for (const field of fields) if (field.dataTypeID === CHAR) field.dataTypeID = UUID;
  });
}

function uncoverChar(result: SqlResultSet): SqlResultSet {
  const columnTypes = result.columnTypes.map((type) =>
    type === ColumnTypeEnum.Uuid ? ColumnTypeEnum.Character : type,
  );
  return { ...result, columnTypes };
}

async function readSchema(): Promise<SchemasContainer> {
  const folder = join(migrationsFolder(), '..');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.prisma')).sort();
  const files = names.map(async (name) => ({
    path: join(folder, name),
    content: await readFile(join(folder, name), 'utf8'),
  }));
  return { files: await Promise.all(files) };
}

/** Gives the migrations as Prisma's engine wants them. */
export async function readMigrations(): Promise<MigrationList> {
  const folder = migrationsFolder();
  const migrations = await listMigrations(folder);
  return {
    baseDir: folder,
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(folder, 'migration_lock.toml'), 'utf8'),
    },
    shadowDbInitScript: '',
    migrationDirectories: migrations.map(({ name, script }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: script } },
    })),
  };
}
