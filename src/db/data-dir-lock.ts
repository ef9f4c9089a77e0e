import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { HeartbeatError, LockedError } from '../errors.ts';

export type DataDirLock = {
  /** Tells others how to join the database of this process. */
  publish(connection: string): void;
  release(): void;
};

const Holder = z.object({ pid: z.number(), since: z.string(), connection: z.string().optional() });

/** Result code of SQLite: another connection holds the lock. */
const SQLITE_BUSY = 5;

/**
 * Takes the data folder for this process. The lock is SQLite's write lock on an empty file: the kernel grants it to
 * one process and frees it the moment that process dies, so a stale lock cannot exist. Throws LockedError `data_dir_locked`.
 */
export function lockDataDir(dataDir: string): DataDirLock {
  const file = openLockFile(dataDir);
  try {
    file.exec('begin immediate');
  } catch (error) {
    file.close();
    if (isBusy(error)) throw lockedBy(dataDir);
    throw unusable(dataDir, error);
  }
  const holder = { pid: process.pid, since: new Date().toISOString() };
  writeHolder(dataDir, holder);
  return {
    publish: (connection) => writeHolder(dataDir, { ...holder, connection }),
    release: () => file.close(),
  };
}

function openLockFile(dataDir: string): DatabaseSync {
  try {
    mkdirSync(dataDir, { recursive: true });
    return new DatabaseSync(join(dataDir, 'lock'), { timeout: 0 });
  } catch (error) {
    throw unusable(dataDir, error);
  }
}

function writeHolder(dataDir: string, holder: z.infer<typeof Holder>): void {
  writeFileSync(holderPath(dataDir), JSON.stringify(holder), { mode: 0o600 });
}

/** How to reach the database of the process that holds a folder. Throws LockedError `data_dir_locked` when it does not say. */
export function joinableConnection(dataDir: string): string {
  const connection = readHolder(dataDir)?.connection;
  if (connection === undefined) throw lockedBy(dataDir);
  return connection;
}

function holderPath(dataDir: string): string {
  return join(dataDir, 'lock.json');
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY;
}

/** The refusal of a folder that another process holds. */
export function lockedBy(dataDir: string): LockedError {
  const holder = readHolder(dataDir);
  const who = holder ? `process ${holder.pid} since ${holder.since}` : 'another process';
  return new LockedError(
    'data_dir_locked',
    `The data folder ${dataDir} is in use by ${who}. Stop that process, or set HEARTBEAT_DATA to another folder.`,
    { details: { folder: dataDir, pid: holder?.pid ?? 0 } },
  );
}

function readHolder(dataDir: string): z.infer<typeof Holder> | undefined {
  try {
    return Holder.parse(JSON.parse(readFileSync(holderPath(dataDir), 'utf8')));
  } catch {
    // the winner has the lock and has not yet written who it is
    return undefined;
  }
}

function unusable(dataDir: string, cause: unknown): HeartbeatError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new HeartbeatError(
    'data_dir_unusable',
    `The data folder ${dataDir} cannot be used: ${reason}. Make it writable, or set HEARTBEAT_DATA to another folder.`,
    { details: { folder: dataDir, reason }, cause },
  );
}
