import { Pool } from 'pg';
import { createJobs, openDatabase, silentLog, type Db } from '../src/db/index.ts';
import { openServerWarehouse, type QueryWindow } from '../src/marts/index.ts';
import { checkedSqlOf, createPulse, queryWindow } from '../src/pulse/index.ts';
import type { Metric } from '../src/registry/index.ts';
import { aMetric, aRegistry, createDeps, stoppedClock, type TestDeps } from '../test/support/deps.ts';
import { startPostgres, type PostgresServer } from '../test/support/postgres.ts';
import { runSql, withDatabaseName } from '../test/support/sql.ts';
import { compare } from './floor/sample.ts';
import type { Bench, BenchRow } from './types.ts';

const METRICS = 1000;
const POOL = 8;
const RUNS = { count: 15, warmUps: 5 };
const TIMEZONE = 'Europe/Madrid';
const HOUR = 3_600_000;
const SHOPS = 50;
/** of each shop, one every ten seconds */
const SESSIONS = 12_000;

/** A tick of 1,000 metrics computed, judged and stored, beside the bare queries; twenty metrics cross a line in each. */
export const ticksBench: Bench = {
  name: 'ticks',
  async run() {
    const server = await startPostgres({ durable: true });
    try {
      return [await benchTick(server)];
    } finally {
      await server.stop();
    }
  },
};

async function benchTick(server: PostgresServer): Promise<BenchRow> {
  const marts = await createMarts(server);
  const db = await createOwn(server);
  const metrics = Array.from({ length: METRICS }, (_, index) => tickMetric(index));
  const world = await openWorld(db, marts, metrics);
  const pool = new Pool({ connectionString: marts, max: POOL });
  // the server may end before the pool has
  pool.on('error', () => {});
  const { ours, peer } = await compare(RUNS, world.tick, () =>
    queryAll(pool, metrics, world.deps.clock.now()),
  );
  await world.close();
  await pool.end();
  await db.close();
  const ratio = ours.median / peer.median;
  return {
    figure: `tick of ${METRICS.toLocaleString('en')} metrics: computed, judged, stored`,
    ours,
    peer: { name: `the bare queries, pool of ${POOL}`, sample: peer },
    ratio,
    goal: '≤ 2 × the bare queries',
    ok: ratio <= 2,
  };
}

/** The metric of the README, for one of fifty shops: the share of sessions that end in an order, by the hour. */
function tickMetric(index: number): Metric {
  const id = `metric_${String(index).padStart(4, '0')}`;
  const sql = `select date_trunc('hour', started_at) as as_of, 100.0 * count(order_id) / nullif(count(*), 0) as value
from marts.sessions where shop = ${index % SHOPS} and started_at >= :from and started_at < :to
group by 1`;
  const period = { text: '1h', count: 1, unit: 'h', ms: HOUR } as const;
  return aMetric({ id, name: `Metric ${index}`, sql, period, norm: 4, alert: 3.4, definitionHash: id });
}

async function createMarts(server: PostgresServer): Promise<string> {
  await runSql(server.url, 'create database warehouse');
  const url = withDatabaseName(server.url, 'warehouse');
  await runSql(url, 'create schema marts');
  await runSql(
    url,
    `create table marts.sessions as
     select shop, started_at, case when n % 100 < share then n end as order_id
     from generate_series(0, ${SHOPS - 1}) shop,
       generate_series(0, ${SESSIONS}) n,
       lateral (select timestamptz '2026-11-20 06:00+00' + n * interval '10 seconds' as started_at) s,
       lateral (select case when shop = 0 and extract(hour from started_at)::int % 2 = 1 then 3 else 5 end as share) o`,
  );
  await runSql(url, 'create index on marts.sessions (shop, started_at)');
  await runSql(url, 'vacuum analyze marts.sessions');
  return url;
}

async function createOwn(server: PostgresServer): Promise<Db> {
  await runSql(server.url, 'create database heartbeat');
  return openDatabase({ databaseUrl: withDatabaseName(server.url, 'heartbeat'), dataDir: '' });
}

/** A pulse over the database and the warehouse; `tick` moves the clock by a minute and waits until all is stored. */
async function openWorld(db: Db, marts: string, metrics: readonly Metric[]) {
  const clock = stoppedClock('2026-11-20T10:00:00.000Z');
  const jobs = await createJobs(db, [{ name: 'deliver' }, { name: 'backfill' }], silentLog);
  const warehouse = openServerWarehouse({ url: marts, timezone: TIMEZONE });
  const deps = await createDeps({ db, jobs, clock, warehouse, registry: aRegistry(metrics) });
  const pulse = createPulse(deps);
  const stored = watchStored(deps, () => pulse.stats.ticks);
  await pulse.start();
  await stored(metrics.length);
  return {
    deps,
    tick: async () => {
      const before = pulse.stats.ticks;
      clock.add(HOUR);
      pulse.kick();
      await stored(before + metrics.length);
    },
    close: async () => {
      await pulse.stop();
      await warehouse.close();
      await jobs.stop();
    },
  };
}

/** The bell of the outbox rings after each commit: then the count of stored ticks is looked at. */
function watchStored(deps: TestDeps, count: () => number): (wanted: number) => Promise<void> {
  let look = (): void => {};
  deps.outbox.kick = () => void setImmediate(() => look());
  return (wanted) =>
    new Promise((resolve) => {
      look = () => {
        if (count() >= wanted) resolve();
      };
      look();
    });
}

/** What any program would have to ask: the same SQL with the same values, nothing kept. */
async function queryAll(pool: Pool, metrics: readonly Metric[], now: Date): Promise<void> {
  await Promise.all(
    metrics.map((metric) => {
      const window = queryWindow(metric, now, TIMEZONE);
      const { text, usesFrom, usesTo } = checkedSqlOf(metric);
      return pool.query({ text, values: boundOf(window, { usesFrom, usesTo }) });
    }),
  );
}

function boundOf(window: QueryWindow, { usesFrom, usesTo }: { usesFrom: boolean; usesTo: boolean }): Date[] {
  return [...(usesFrom ? [window.from] : []), ...(usesTo ? [window.to] : [])];
}
