import { Client, Pool } from 'pg';
import { MINUTE, SECOND } from '../lib/time.ts';
import type { DbLog } from './log.ts';

export const POOL_SIZE = 10;

/** Also how long a query waits while all connections are busy. */
const CONNECT_TIMEOUT_MS = 10 * SECOND;
const IDLE_TIMEOUT_MS = 5 * MINUTE;
/** No statement of Heartbeat's own needs longer; the server ends it. */
const STATEMENT_TIMEOUT_MS = 30 * SECOND;
/** When the server itself does not answer: the client gives up after the server should have. */
const QUERY_TIMEOUT_MS = STATEMENT_TIMEOUT_MS + 5 * SECOND;
/** A process that sleeps inside a transaction must not hold its rows. */
const IDLE_TRANSACTION_TIMEOUT_MS = 15 * SECOND;

/** Opens a pool that replaces connections that die and reports their deaths to the log. */
export function createPool(connectionString: string, log: DbLog, size = POOL_SIZE): Pool {
  const pool = new Pool({
    connectionString,
    max: size,
    application_name: 'heartbeat',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    keepAlive: true,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_TRANSACTION_TIMEOUT_MS,
    // Prisma's adapter cuts the zone off what it sends and reads, so the session's zone must be UTC. The pool waits for it.
    onConnect: (client) => client.query("set timezone to 'UTC'") as unknown as void,
  });
  pool.on('error', (error) => log.warn({ reason: error.message }, 'a database connection was lost'));
  return pool;
}

/** Opens one connection of its own; its statements may take as long as they need unless a limit is given. */
export async function connectClient(
  connectionString: string,
  applicationName: string,
  queryTimeoutMs?: number,
): Promise<Client> {
  const client = new Client({
    connectionString,
    application_name: applicationName,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    ...(queryTimeoutMs === undefined ? {} : { query_timeout: queryTimeoutMs }),
  });
  // without a listener the death of an idle connection ends the process; the next query on it reports it
  client.on('error', () => undefined);
  await client.connect();
  return client;
}
