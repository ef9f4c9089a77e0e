import type { Client } from 'pg';
import { SECOND } from '../lib/time.ts';
import { connectClient } from './pool.ts';
import type { Db, SessionLock } from './types.ts';

/** How often the holder asks whether its connection still lives, and how long it waits for the answer. */
const CHECK_EVERY_MS = 5 * SECOND;
const CHECK_TIMEOUT_MS = 5 * SECOND;

/** The server notices within 25 s that the holder's machine is gone; its default is two hours. */
const FAST_KEEPALIVE =
  'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3';

/** Takes a lock that PostgreSQL keeps as long as this connection lives, or gives null when another process has it. */
export async function takeServerLock(connectionString: string, name: string): Promise<SessionLock | null> {
  const client = await connectClient(connectionString, `heartbeat lock ${name}`, CHECK_TIMEOUT_MS);
  try {
    await client.query(FAST_KEEPALIVE);
    const { rows } = await client.query<{ taken: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as taken',
      [`heartbeat ${name}`],
    );
    if (rows[0]?.taken) return holdOn(client);
    await client.end();
    return null;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

function holdOn(client: Client): SessionLock {
  const lost = Promise.withResolvers<void>();
  const end = () => {
    clearInterval(timer);
    lost.resolve();
    void client.end().catch(() => undefined);
  };
  const timer = setInterval(() => void client.query('select 1').catch(end), CHECK_EVERY_MS);
  client.once('end', end);
  client.once('error', end);
  return {
    lost: lost.promise,
    release: async () => {
      clearInterval(timer);
      await client.end().catch(() => undefined);
    },
  };
}

/** Locks of the embedded kind, where one process has the whole database. */
export function createLocalLocks(engineDied: Promise<unknown>): Db['sessionLock'] {
  const held = new Set<string>();
  return async (name) => {
    if (held.has(name)) return null;
    held.add(name);
    const lost = Promise.withResolvers<void>();
    void engineDied.then(() => lost.resolve());
    return {
      lost: lost.promise,
      release: async () => {
        held.delete(name);
      },
    };
  };
}
