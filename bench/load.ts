import { setTimeout as sleep } from 'node:timers/promises';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../test/support/postgres.ts';
import { runSql, withDatabaseName } from '../test/support/sql.ts';
import { toSample } from './floor/sample.ts';
import { build, serve, type Served } from './serve.ts';
import { createBenchWorkspace, metricId } from './workspaces.ts';
import type { Bench, BenchRow } from './types.ts';

const METRICS = 10_000;
const MINUTE_MS = 60_000;
const MINUTES = 5;
const GOAL_PERCENT = 50;
/** Windows lie between the ticks, which begin on the minute. */
const OFFSET_MS = 50_000;

/** The built program with 10,000 metrics that are due every minute: how much of one core it uses, minute by minute. */
export const loadBench: Bench = {
  name: 'load',
  async run() {
    build();
    const server = await startPostgres({ durable: true });
    const dataDir = await mkdtemp(join(tmpdir(), 'hb-bench-'));
    const workspace = await createBenchWorkspace({ metrics: METRICS, people: 10, period: '1m' });
    try {
      const marts = await createSignals(server.url);
      const own = withDatabaseName(server.url, 'heartbeat');
      const served = await serve({
        HEARTBEAT_WORKSPACE: workspace.dir,
        HEARTBEAT_DATA: dataDir,
        DATABASE_URL: own,
        MARTS_URL: marts,
        PLAYGROUND: 'off',
      });
      const rows = await watch(served, own);
      await served.stop();
      return rows;
    } finally {
      await workspace.close();
      await rm(dataDir, { recursive: true, force: true });
      await server.stop();
    }
  },
};

async function createSignals(url: string): Promise<string> {
  await runSql(url, 'create database heartbeat');
  await runSql(url, 'create database warehouse');
  const marts = withDatabaseName(url, 'warehouse');
  await runSql(marts, 'create schema marts');
  await runSql(marts, 'create table marts.signal (name text primary key, value float8)');
  await runSql(
    marts,
    `insert into marts.signal select 'metric_' || lpad(n::text, ${metricId(0).length - 7}, '0'), 4 + n % 100 / 100.0 from generate_series(0, $1 - 1) n`,
    [METRICS],
  );
  await runSql(marts, 'analyze marts.signal');
  return marts;
}

async function watch(served: Served, own: string): Promise<BenchRow[]> {
  // the first ticks, and what the start left to do
  await sleep(MINUTE_MS);
  await untilOffset();
  const shares: number[] = [];
  const blocks: number[] = [];
  let before = await served.ask();
  let stored = await countStored(own);
  for (let minute = 0; minute < MINUTES; minute += 1) {
    await untilOffset();
    const after = await served.ask();
    const now = await countStored(own);
    if (now - stored !== METRICS)
      throw new Error(`${now - stored} of ${METRICS} ticks were stored in a minute.`);
    shares.push((100 * (after.cpuMs - before.cpuMs)) / MINUTE_MS);
    blocks.push(after.busy.max);
    before = after;
    stored = now;
  }
  const share = toSample(shares, '%');
  const block = toSample(blocks, 'ms');
  return [
    {
      figure: '10,000 metrics a minute, one replica: share of one core',
      ours: share,
      peer: null,
      ratio: null,
      goal: `< ${GOAL_PERCENT} %`,
      ok: share.max < GOAL_PERCENT,
    },
    {
      figure: '10,000 metrics a minute: longest work of the main thread without a break',
      ours: block,
      peer: null,
      ratio: null,
      goal: '–',
      ok: true,
    },
  ];
}

async function untilOffset(): Promise<void> {
  await sleep(MINUTE_MS - ((Date.now() - OFFSET_MS) % MINUTE_MS));
}

async function countStored(own: string): Promise<number> {
  const [row] = await runSql<{ count: number }>(
    own,
    'select count(*)::int as count from heartbeat.metric_history',
  );
  return row?.count ?? 0;
}
