import pino, { type Logger } from 'pino';
import type { Config } from '../config.ts';
import { joinDatabase, openDatabase, type Db } from '../db/index.ts';
import { LockedError } from '../errors.ts';

/** Logs of a command go to stderr, so that stdout is the answer alone; only warnings unless LOG_LEVEL says more. */
export function commandLog(config: Config): Logger {
  return pino(
    { level: config.logLevel === 'info' ? 'warn' : config.logLevel, base: null },
    pino.destination(2),
  );
}

/** Opens the database for one command; when a running service holds the embedded one, works with it over the service's socket. */
export async function withDatabase<T>(
  config: Config,
  work: (db: Db) => Promise<T>,
  options: { migrate?: boolean } = {},
): Promise<T> {
  const db = await openOrJoin(config, options);
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

async function openOrJoin(config: Config, options: { migrate?: boolean }): Promise<Db> {
  const address = { databaseUrl: config.databaseUrl, dataDir: config.dataDir, ...options };
  try {
    return await openDatabase(address);
  } catch (error) {
    if (!(error instanceof LockedError) || config.databaseUrl !== null) throw error;
    return joinDatabase(config.dataDir);
  }
}
