import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import pino from 'pino';
import { readConfig } from '../src/config.ts';
import { startHeartbeat, type Running } from '../src/main.ts';
import { startBotApi, type BotApi, type MessageView, type Person } from '../src/playground/bot-api/index.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { runSql, withDatabaseName } from '../test/support/sql.ts';
import { createBenchWorkspace, FIRST_OWNER, metricId, type WorkspaceOptions } from './workspaces.ts';

/** The whole program in this process, between a durable PostgreSQL 18 and a Bot API that refuses nothing and answers at once. */
export type World = {
  running: Running;
  api: BotApi;
  people: readonly Person[];
  ownUrl: string;
  /** sets what metrics' SQL gives, in the order of their numbers */
  signal(from: number, values: readonly number[]): Promise<void>;
  /** computes a metric at once */
  refresh(index: number): Promise<void>;
  /** the newest message of the bot in a person's chat */
  lastMessage(person: Person): MessageView | undefined;
  close(): Promise<void>;
};

/** Instants of the stand-in and of the bench, in ms with a fraction. */
export function preciseNow(): number {
  return performance.timeOrigin + performance.now();
}

export type WorldOptions = Omit<WorkspaceOptions, 'period'> & {
  /** readings of so many days before today */
  historyDays?: number;
  /** settings besides, or instead of, the usual ones */
  environment?: Record<string, string | undefined>;
};

/** Starts it with metrics at 4.5, which is green, and whose period is a day: nothing is due unless it is asked for. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const server = await startPostgres({ durable: true });
  const workspace = await createBenchWorkspace({ ...options, period: '1d' });
  const dataDir = await mkdtemp(join(tmpdir(), 'hb-bench-'));
  await runSql(server.url, 'create database heartbeat');
  await runSql(server.url, 'create database warehouse');
  const ownUrl = withDatabaseName(server.url, 'heartbeat');
  const martsUrl = withDatabaseName(server.url, 'warehouse');
  const marts = new Pool({ connectionString: martsUrl, max: 1 });
  // the server may end before the pool has
  marts.on('error', () => {});
  await marts.query('create schema marts; create table marts.signal (name text primary key, value float8)');
  const signal = async (from: number, values: readonly number[]): Promise<void> => {
    const names = values.map((_, index) => metricId(from + index));
    await marts.query(
      'insert into marts.signal select * from unnest($1::text[], $2::float8[]) on conflict (name) do update set value = excluded.value',
      [names, values],
    );
  };
  await signal(
    0,
    Array.from({ length: options.metrics }, () => 4.5),
  );
  const api = await startBotApi({ limits: false, now: preciseNow });
  const people = Array.from({ length: options.people }, (_, index) =>
    api.user({ id: FIRST_OWNER + index, first_name: `Person ${index}` }),
  );
  for (const person of people) api.privateChat(person);
  const running = await startHeartbeat(
    readConfig({
      PORT: '0',
      HEARTBEAT_WORKSPACE: workspace.dir,
      HEARTBEAT_DATA: dataDir,
      DATABASE_URL: ownUrl,
      MARTS_URL: martsUrl,
      TELEGRAM_BOT_TOKEN: api.token,
      TELEGRAM_API_ROOT: api.root,
      ...options.environment,
    }),
    { log: pino({ level: process.env['BENCH_LOG'] ?? 'error' }) },
  );
  await untilComputed(ownUrl, options.metrics);
  await fillHistory(ownUrl, options.historyDays ?? 0);
  return {
    running,
    api,
    people,
    ownUrl,
    signal,
    refresh: async (index) => void (await running.deps.pulse.refresh(metricId(index))),
    lastMessage: (person) => api.messages(person).findLast(({ from }) => from.isBot),
    close: async () => {
      await running.stop();
      await api.close();
      await marts.end();
      await server.stop();
      await workspace.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Every metric is computed once when it is first seen. */
async function untilComputed(ownUrl: string, metrics: number): Promise<void> {
  for (;;) {
    const [row] = await runSql<{ count: number }>(
      ownUrl,
      'select count(*)::int as count from heartbeat.metric_state where last_tick_at is not null and lease_by is null',
    );
    if ((row?.count ?? 0) >= metrics) return;
  }
}

async function fillHistory(ownUrl: string, days: number): Promise<void> {
  await runSql(
    ownUrl,
    `insert into heartbeat.metric_history (workspace_id, metric, as_of, value, computed_at, definition_hash, level, kind)
     select workspace_id, metric, as_of - day * interval '1 day', 4.4 + 0.3 * sin(day), computed_at - day * interval '1 day',
       definition_hash, level, 'backfill'
     from heartbeat.metric_history, generate_series(1, $1::int) day`,
    [days],
  );
}
