/** The whole program in this process, between a strict Bot API, a PostgreSQL warehouse and a database of its own. */
import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import { Pool } from 'pg';
import pino from 'pino';
import { expect } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { sql } from '../../src/db/index.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { startHeartbeat, type Running } from '../../src/main.ts';
import {
  startBotApi,
  type BotApi,
  type MessageView,
  type Person,
} from '../../src/playground/bot-api/index.ts';
import { createServerDatabase, type OwnDatabase } from './database.ts';
import {
  ANN,
  createWorkspace,
  IVAN,
  metricFile,
  OPS,
  ROOM,
  STRANGER,
  VERA,
  type TestWorkspace,
} from './workspace.ts';

export type TestHeartbeat = {
  api: BotApi;
  workspace: TestWorkspace;
  running: Running;
  ivan: Person;
  ann: Person;
  vera: Person;
  stranger: Person;
  /** everything logged so far, as text */
  logged(): string;
  /** sets what a metric's SQL gives */
  signal(value: number | string | null, name?: string): Promise<void>;
  /** sets it, and waits until that reading is judged and stored */
  reading(value: number): Promise<void>;
  marts(sql: string): Promise<void>;
  messages(chat: number): MessageView[];
  /** stops the program and starts it again on the same database and files */
  restart(): Promise<void>;
  environment: Record<string, string>;
  stop(): Promise<void>;
};

export type TestHeartbeatOptions = {
  files?: Record<string, string>;
  environment?: Record<string, string>;
  clock?: Clock;
  limits?: boolean;
};

export const API_TOKEN = 'test-api-token-0123456789';
const POLL_MS = 50;
const READING_MS = 15_000;

/** Starts it with one metric `conversion` of period 1 s, green at 4.5. The caller stops it. */
export async function startTestHeartbeat(options: TestHeartbeatOptions = {}): Promise<TestHeartbeat> {
  const workspace = await createWorkspace({ 'metrics/conversion.yaml': metricFile(), ...options.files });
  const own = await createServerDatabase();
  const marts = await createMarts(own);
  const api = await startBotApi({ limits: options.limits ?? false });
  const people = meetPeople(api);
  const log: string[] = [];
  const environment = {
    PORT: '0',
    HEARTBEAT_WORKSPACE: workspace.dir,
    HEARTBEAT_DATA: `${workspace.dir}/.data`,
    DATABASE_URL: own.address.databaseUrl ?? '',
    MARTS_URL: own.address.databaseUrl ?? '',
    TELEGRAM_BOT_TOKEN: api.token,
    TELEGRAM_API_ROOT: api.root,
    API_TOKENS: `tests:${API_TOKEN}`,
    LOG_LEVEL: 'debug',
    ...options.environment,
  };
  const start = (): Promise<Running> =>
    startHeartbeat(readConfig(environment), {
      log: captureLog(log),
      ...(options.clock && { clock: options.clock }),
    });
  const started: TestHeartbeat = {
    api,
    workspace,
    environment,
    ...people,
    running: await start(),
    logged: () => log.join(''),
    signal: (value, name = 'conversion') => marts.set(name, value),
    async reading(value) {
      const { db } = started.running.deps;
      const newest = sql`select value from heartbeat.metric_history where metric = 'conversion' order by id desc limit 1`;
      await marts.set('conversion', value);
      await expect
        .poll(() => db.prisma.$queryRaw(newest), { interval: POLL_MS, timeout: READING_MS })
        .toEqual([{ value }]);
    },
    marts: (text) => marts.run(text),
    messages: (chat) => api.messages(chat),
    async restart() {
      await started.running.stop();
      started.running = await start();
    },
    async stop() {
      await started.running.stop();
      await api.close();
      await marts.close();
      await own.remove();
      await workspace.close();
    },
  };
  return started;
}

function meetPeople(api: BotApi) {
  const ivan = api.user({ id: IVAN, first_name: 'Ivan' });
  const ann = api.user({ id: ANN, first_name: 'Ann', language_code: 'ru' });
  const vera = api.user({ id: VERA, first_name: 'Vera' });
  const stranger = api.user({ id: STRANGER, first_name: 'Mallory' });
  for (const person of [ivan, ann, vera, stranger]) api.privateChat(person);
  api.group({ id: ROOM, title: 'Growth', members: [ivan, ann, vera, stranger] });
  api.group({ id: OPS, title: 'Ops', members: [ivan, ann] });
  return { ivan, ann, vera, stranger };
}

async function createMarts(own: OwnDatabase) {
  const pool = new Pool({ connectionString: own.address.databaseUrl ?? '', max: 2 });
  pool.on('error', () => {});
  await pool.query('create schema marts; create table marts.signal (name text primary key, value text)');
  await pool.query("insert into marts.signal values ('conversion', '4.5')");
  return {
    run: async (sql: string) => void (await pool.query(sql)),
    set: async (name: string, value: number | string | null) => {
      await pool.query(
        'insert into marts.signal values ($1, $2) on conflict (name) do update set value = excluded.value',
        [name, value === null ? null : String(value)],
      );
    },
    close: () => pool.end(),
  };
}

function captureLog(lines: string[]): pino.Logger {
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      if (process.env['TEST_LOG']) process.stderr.write(chunk);
      done();
    },
  });
  return pino({ level: 'debug', base: { run: randomUUID().slice(0, 4) } }, sink);
}
