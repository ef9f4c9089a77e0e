/** Asks Prisma's own engine what the schema files say and the migrations do not yet. */
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { type MigrationList, SchemaEngine, type SchemasContainer } from '@prisma/schema-engine-wasm';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Pool, type PoolClient } from 'pg';
import { startEngine } from '../src/db/engine.ts';
import { listMigrations, migrationsFolder } from '../src/db/migration-files.ts';

/** Object ids of two types. */
const CATALOGUE_CHAR = 18;
const TEXT = 25;

const NOTHING_LEFT_OUT = { externalTables: [], externalEnums: [] };

/** Gives the SQL that brings a database with all migrations to the schema of `prisma/*.prisma`; a comment when they agree. */
export async function diffSchema(): Promise<string> {
  const schema = await readSchema();
  const scratch = await startEngine(null);
  try {
    const engine = await SchemaEngine.new(
      { datamodels: schema.files.map(({ path, content }) => [path, content]) },
      () => undefined,
      bindMigrationAwareSqlAdapterFactory(createAdapters(scratch.connectionString)),
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
    await scratch.close();
  }
}

function createAdapters(connectionString: string): PrismaPg {
  const pool = new Pool({ connectionString, max: 1 });
  pool.on('connect', (client) => readCharAsText(client));
  const adapters = new PrismaPg(pool, { disposeExternalPool: true });
  // the engine replays the migrations in a shadow database: here the scratch engine itself
  adapters.connectToShadowDb = () => adapters.connect();
  return adapters;
}

// The adapter does not know the one-letter type "char" of PostgreSQL's catalogue, which the engine reads.
function readCharAsText(client: PoolClient): void {
  client.connection.on('rowDescription', ({ fields }: { fields: { dataTypeID: number }[] }) => {
    for (const field of fields) if (field.dataTypeID === CATALOGUE_CHAR) field.dataTypeID = TEXT;
  });
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

async function readMigrations(): Promise<MigrationList> {
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
