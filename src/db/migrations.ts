import { randomUUID } from 'node:crypto';
import type { Client, ClientBase, Pool } from 'pg';
import { HeartbeatError } from '../errors.ts';
import type { Migration } from './migration-files.ts';

/** What the database has of what the program knows, by migration name. */
export type MigrationStatus = {
  applied: string[];
  /** the program has them, the database has not */
  pending: string[];
  /** the database has them, the program has not: a newer version was here */
  unknown: string[];
};

const TABLE = 'heartbeat._prisma_migrations';

// The number that Prisma's own engine locks, so that `prisma migrate deploy` and Heartbeat wait for each other.
const ADVISORY_LOCK = 72_707_369;

// As Prisma's engine creates it.
const CREATE_TABLE = `
  create schema if not exists heartbeat;
  create table if not exists ${TABLE} (
    id                  varchar(36) primary key not null,
    checksum            varchar(64) not null,
    finished_at         timestamptz,
    migration_name      varchar(255) not null,
    logs                text,
    rolled_back_at      timestamptz,
    started_at          timestamptz not null default now(),
    applied_steps_count integer not null default 0
  )`;

/** Compares the database's migrations with the program's. */
export async function readMigrationStatus(
  client: ClientBase | Pool,
  migrations: readonly Migration[],
): Promise<MigrationStatus> {
  const applied = await listAppliedNames(client);
  const known = new Set(migrations.map(({ name }) => name));
  return {
    applied: migrations.map(({ name }) => name).filter((name) => applied.has(name)),
    pending: migrations.map(({ name }) => name).filter((name) => !applied.has(name)),
    unknown: [...applied].filter((name) => !known.has(name)),
  };
}

/**
 * Brings the database up to date and gives the names of what was applied. One process does it at a time. A migration
 * and its row are one transaction, so one that fails or is cut off leaves nothing behind and is tried again at the next
 * start. Throws `database_newer` and `migration_failed`.
 */
export async function applyMigrations(client: Client, migrations: readonly Migration[]): Promise<string[]> {
  await client.query('select pg_advisory_lock($1)', [ADVISORY_LOCK]);
  try {
    await client.query(CREATE_TABLE);
    await client.query(
      `update ${TABLE} set rolled_back_at = now() where finished_at is null and rolled_back_at is null`,
    );
    const status = await readMigrationStatus(client, migrations);
    refuseNewer(status);
    const pending = migrations.filter(({ name }) => status.pending.includes(name));
    for (const migration of pending) await applyMigration(client, migration);
    return status.pending;
  } finally {
    await client.query('select pg_advisory_unlock($1)', [ADVISORY_LOCK]).catch(() => undefined);
  }
}

/** Throws `database_newer` when the database was migrated by a newer program. */
export function refuseNewer({ unknown }: MigrationStatus): void {
  if (unknown.length === 0) return;
  const names = unknown.join(', ');
  throw new HeartbeatError(
    'database_newer',
    `The database was written by a newer version of Heartbeat: it has ${names}, which this version does not know. ` +
      'Start the newer version, or restore a backup from before the upgrade.',
    { details: { migrations: names } },
  );
}

async function listAppliedNames(client: ClientBase | Pool): Promise<Set<string>> {
  const table = await client.query<{ found: boolean }>('select to_regclass($1) is not null as found', [
    TABLE,
  ]);
  if (!table.rows[0]?.found) return new Set();
  const { rows } = await client.query<{ name: string }>(
    `select migration_name as name from ${TABLE} where finished_at is not null and rolled_back_at is null order by name`,
  );
  return new Set(rows.map(({ name }) => name));
}

async function applyMigration(client: Client, migration: Migration): Promise<void> {
  const { name, script, checksum } = migration;
  const id = randomUUID();
  try {
    await client.query('begin');
    await client.query(script);
    await client.query(
      `insert into ${TABLE} (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, clock_timestamp(), 1)`,
      [id, checksum, name],
    );
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback').catch(() => undefined);
    const reason = cause instanceof Error ? cause.message : String(cause);
    await recordFailure(client, migration, reason).catch(() => undefined);
    throw new HeartbeatError(
      'migration_failed',
      `The database could not be brought up to date: ${name} failed (${reason}). Nothing of it was kept; ` +
        'remove the cause and start again.',
      { details: { migration: name, reason }, cause },
    );
  }
}

async function recordFailure(client: Client, { name, checksum }: Migration, reason: string): Promise<void> {
  await client.query(
    `insert into ${TABLE} (id, checksum, migration_name, logs, rolled_back_at) values ($1, $2, $3, $4, now())`,
    [randomUUID(), checksum, name, reason],
  );
}
