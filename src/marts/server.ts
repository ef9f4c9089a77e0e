import { Pool } from 'pg';
import { SECOND } from '../lib/time.ts';
import {
  type Engine,
  type EngineFailure,
  type EngineQuery,
  type MartsLog,
  silentLog,
  type TimedAnswer,
} from './engine.ts';
import { toEngineFailure } from './failures.ts';
import { type Connection, lendConnection } from './server-connection.ts';
import { createWarehouse, type InspectedWarehouse } from './warehouse.ts';

export type ServerOptions = {
  /** address of a PostgreSQL, with a role that only reads */
  url: string;
  /** the workspace's zone */
  timezone: string;
  log?: MartsLog;
  /** connections, and with them queries at once */
  concurrency?: number;
};

/** Two connections already fill two cores of a small server; more wait for slow queries. */
const CONNECTIONS = 8;
const CONNECT_TIMEOUT_MS = 5 * SECOND;
const IDLE_TIMEOUT_MS = 30 * SECOND;

/** Opens the warehouse on a PostgreSQL server; connections are made when needed, and replaced when they die. */
export function openServerWarehouse(options: ServerOptions): InspectedWarehouse {
  const concurrency = options.concurrency ?? CONNECTIONS;
  const pool = openPool(options.url, concurrency, options.log ?? silentLog);
  const settings = { kind: 'server', concurrency, timezone: options.timezone } as const;
  return createWarehouse(createServerEngine(pool, concurrency), settings);
}

function openPool(url: string, max: number, log: MartsLog): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    application_name: 'heartbeat',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: IDLE_TIMEOUT_MS,
    keepAlive: true,
  });
  pool.on('error', (error) => {
    log.warn({ code: toEngineFailure(error).code }, 'a connection to the warehouse was lost');
  });
  // a connection that dies during a query fails that query; without a listener it would end the process
  pool.on('connect', (client) => {
    client.on('error', () => undefined);
  });
  return pool;
}

type Task = { query: EngineQuery; resolve: (answer: TimedAnswer) => void; retried: boolean };

/** Workers, one a connection, take statements off a queue until it is empty: a burst pays for its connections once. */
function createServerEngine(pool: Pool, concurrency: number): Engine {
  const queue: Task[] = [];
  const lent = new Set<Connection>();
  let workers = 0;

  const work = async (): Promise<void> => {
    while (queue.length > 0) {
      const connection = await borrow(pool);
      if ('kind' in connection) {
        // where none can connect, what waits fails at once instead of waiting for a timeout of its own
        if (workers === 1) for (const task of queue.splice(0)) task.resolve({ ...connection, ranMs: 0 });
        break;
      }
      lent.add(connection);
      await workOff(queue, connection);
      lent.delete(connection);
    }
    workers -= 1;
  };

  return {
    run: (query) =>
      new Promise((resolve) => {
        queue.push({ query, resolve, retried: false });
        if (workers === concurrency) return;
        workers += 1;
        void work();
      }),
    close: async () => {
      for (const connection of lent) connection.cut();
      await pool.end();
    },
  };
}

async function borrow(pool: Pool): Promise<Connection | EngineFailure> {
  try {
    return lendConnection(await pool.connect());
  } catch (error) {
    return { ...toEngineFailure(error), fault: 'connection' };
  }
}

/** Runs what is queued until nothing is, or the connection is gone. */
async function workOff(queue: Task[], connection: Connection): Promise<void> {
  for (let task = queue.shift(); task; task = connection.isOpen() ? queue.shift() : undefined) {
    const start = performance.now();
    const answer = await connection.run(task.query);
    const lost = answer.kind === 'failed' && answer.fault === 'connection';
    if (lost && connection.reused && !task.retried) {
      // it may have been cut while it lay idle; reading twice does no harm
      queue.unshift({ ...task, retried: true });
    } else {
      task.resolve({ ...answer, ranMs: performance.now() - start });
    }
  }
  connection.release();
}
