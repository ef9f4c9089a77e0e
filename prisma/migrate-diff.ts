/**
 * Writes the SQL of a new migration: what the schema files say and the existing migrations do not.
 * `npm run migration -- add_watchlists` makes `prisma/migrations/<timestamp>_add_watchlists/migration.sql`.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrationsFolder } from '../src/db/migration-files.ts';
import { diffSchema } from './schema-diff.ts';

const NAME = /^[a-z][a-z0-9_]{2,60}$/;

const [name = ''] = process.argv.slice(2);
if (!NAME.test(name))
  stop('Give the migration a name of small letters, digits and _: npm run migration -- add_watchlists');

const script = await diffSchema();
if (!/^[^-\s]/m.test(script))
  stop('The migrations already say what the schema says: there is nothing to write.');

const timestamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);
const folder = join(migrationsFolder(), `${timestamp}_${name}`);
await mkdir(folder, { recursive: true });
await writeFile(join(folder, 'migration.sql'), script);
process.stdout.write(`${folder}/migration.sql\n`);

function stop(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}
