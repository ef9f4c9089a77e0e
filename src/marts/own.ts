import { Pool, type PoolClient } from 'pg';
import { MINUTE, SECOND } from '../lib/time.ts';
import { type Engine, type EngineAnswer, type EngineQuery, type MartsLog, silentLog } from './engine.ts';
import { toEngineFailure } from './failures.ts';
import { createGate } from './gate.ts';
import { createWarehouse, type InspectedWarehouse } from './warehouse.ts';

export type OwnOptions = {
  kind: 'server' | 'embedded';
  /** of Heartbeat's own database */
  connectionString: string;
  /** what `current_setting('heartbeat.workspace_id')` gives: built-in SQL reads one workspace */
  workspaceId: string;
  /** the workspace's zone */
  timezone: string;
  log?: MartsLog;
};

/** A few built-in metrics, one after the other: they must not keep the program itself from its database. */
const CONNECTIONS = 1;
const CONNECT_TIMEOUT_MS = 5 * SECOND;
const IDLE_TIMEOUT_MS = 10 * SECOND;
/** The longest that a metric's SQL may be given, and a little for a server that does not answer. */
const QUERY_TIMEOUT_MS = MINUTE + 5 * SECOND;

/**
 * Opens Heartbeat's own database as a warehouse, for the metrics about itself. All clients of the embedded engine share one
 * session, so every setting ends with its transaction.
 */
export function openOwnWarehouse(options: OwnOptions): InspectedWarehouse {
  const { kind, connectionString, workspaceId, timezone, log = silentLog } = options;
  const pool = new Pool({
    connectionString,
    max: CONNECTIONS,
    application_name: 'heartbeat self-watch',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    query_timeout: QUERY_TIMEOUT_MS,
  });
  pool.on('error', (error) => log.warn({ code: toEngineFailure(error).code }, 'a connection was lost'));
  const gate = createGate(CONNECTIONS);
  const engine: Engine = {
    run: (query) =>
      gate.run(async () => {
        const startedAtMs = performance.now();
        const answer = await runOnce(pool, workspaceId, query);
        return { ...answer, ranMs: performance.now() - startedAtMs };
      }),
    close: () => pool.end(),
  };
  return createWarehouse(engine, { kind, concurrency: CONNECTIONS, timezone });
}

async function runOnce(pool: Pool, workspaceId: string, query: EngineQuery): Promise<EngineAnswer> {
  let client: PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    return { ...toEngineFailure(error), fault: 'connection' };
  }
  let broken = false;
  try {
    return await readOnly(client, workspaceId, query);
  } catch (error) {
    const failure = toEngineFailure(error);
    broken = failure.fault === 'connection';
    return failure;
  } finally {
    // a transaction that is not ended would keep the others of the embedded engine waiting
    await client.query('rollback').catch(() => {
      broken = true;
    });
    client.release(broken);
  }
}

const AS_TEXT = { getTypeParser: () => (text: string) => text };

async function readOnly(
  client: PoolClient,
  workspaceId: string,
  { text, values, timezone, timeoutMs }: EngineQuery,
): Promise<EngineAnswer> {
  const [zone, workspace] = [timezone, workspaceId].map((word) => client.escapeLiteral(word));
  await client.query(
    `begin transaction read only; set local timezone = ${zone}; set local statement_timeout = ${Math.ceil(timeoutMs)}; set local heartbeat.workspace_id = ${workspace}`,
  );
  const { fields, rows } = await client.query<(string | null)[]>({
    text,
    values: [...values],
    rowMode: 'array',
    types: AS_TEXT,
  });
  return { kind: 'rows', columns: fields.map(({ name }) => name), rows };
}
