/** A company for fault tests: metrics that read one table, each with an owner and a private chat of that owner. No test runner. */
import { Pool, type QueryResultRow } from 'pg';
import {
  startBotApi,
  type BotApi,
  type BotApiOptions,
  type MessageView,
  type Person,
} from '../../src/playground/bot-api/index.ts';
import { createWorkspace, metricFile, OPS, type TestWorkspace } from '../support/workspace.ts';

export type ShopOptions = {
  /** Heartbeat's own database; the warehouse too unless `martsUrl` is given */
  databaseUrl: string;
  martsUrl?: string;
  /** how many metrics: m01, m02, …; each is owned by the person of the same number */
  metrics: number;
  /** changes the file of a metric */
  file?: (metric: string, number: number) => Record<string, string | null>;
  /** further files of the workspace, or others for those it has */
  files?: Record<string, string>;
  environment?: Record<string, string>;
  limits?: BotApiOptions['limits'];
  /** how much of the chats is remembered */
  keep?: BotApiOptions['keep'];
};

export type Shop = {
  api: BotApi;
  workspace: TestWorkspace;
  environment: Record<string, string>;
  /** metrics' slugs, m01 first */
  metrics: readonly string[];
  /** owners, in the order of their metrics */
  people: readonly Person[];
  /** sets what a metric's SQL gives */
  set(metric: string, value: number | string | null): Promise<void>;
  /** asks Heartbeat's own database */
  ask<Row extends QueryResultRow>(statement: string, values?: unknown[]): Promise<Row[]>;
  /** runs a statement in the warehouse */
  marts(statement: string): Promise<void>;
  /** what the bot wrote in the chat of a metric's owner */
  told(metric: string): MessageView[];
  close(): Promise<void>;
};

/** A value of each level, by the lines of `metricFile`. */
export const VALUES = { green: 4.5, amber: 3.8, red: 3.1 } as const;
/** What a message says that may be there twice. */
export const REPEAT_MARK = /this may be a repeat/;

const FIRST_PERSON = 2001;

/** Opens the shop, all green; the program is not started. The caller closes it. */
export async function openShop(options: ShopOptions): Promise<Shop> {
  const metrics = Array.from(
    { length: options.metrics },
    (_, index) => `m${String(index + 1).padStart(2, '0')}`,
  );
  const martsUrl = options.martsUrl ?? options.databaseUrl;
  const [own, marts] = [openPool(options.databaseUrl), openPool(martsUrl)];
  await marts.query('create schema if not exists marts');
  await marts.query('create table marts.signal (name text primary key, value text)');
  const set = async (metric: string, value: number | string | null): Promise<void> => {
    await marts.query(
      'insert into marts.signal values ($1, $2) on conflict (name) do update set value = excluded.value',
      [metric, value === null ? null : String(value)],
    );
  };
  for (const metric of metrics) await set(metric, VALUES.green);

  const api = await startBotApi({
    limits: options.limits ?? false,
    ...(options.keep && { keep: options.keep }),
  });
  const people = metrics.map((_, index) =>
    api.user({ id: FIRST_PERSON + index, first_name: `Owner ${index + 1}` }),
  );
  for (const person of people) api.privateChat(person);
  api.group({ id: OPS, title: 'Ops', members: people });
  const workspace = await createWorkspace({ ...filesOf(metrics, options), ...options.files });
  return {
    api,
    workspace,
    metrics,
    people,
    set,
    environment: {
      PORT: '0',
      HEARTBEAT_WORKSPACE: workspace.dir,
      HEARTBEAT_DATA: `${workspace.dir}/.data`,
      DATABASE_URL: options.databaseUrl,
      MARTS_URL: martsUrl,
      TELEGRAM_BOT_TOKEN: api.token,
      TELEGRAM_API_ROOT: api.root,
      ...options.environment,
    },
    ask: async <Row extends QueryResultRow>(statement: string, values: unknown[] = []) =>
      (await own.query<Row>(statement, values)).rows,
    marts: async (statement) => void (await marts.query(statement)),
    told: (metric) => api.messages(FIRST_PERSON + metrics.indexOf(metric)).filter(({ from }) => from.isBot),
    async close() {
      await api.close();
      await Promise.all([own.end(), marts.end()]);
      await workspace.close();
    },
  };
}

function openPool(connectionString: string): Pool {
  const pool = new Pool({ connectionString, max: 3, application_name: 'fault tests' });
  // tests cut every connection on purpose
  pool.on('error', () => {});
  return pool;
}

function filesOf(metrics: readonly string[], { file }: ShopOptions): Record<string, string> {
  const owners = metrics.map(
    (_, index) =>
      `- {email: p${index + 1}@shop.test, name: Owner ${index + 1}, role: approver, telegram_id: ${FIRST_PERSON + index}}`,
  );
  const files = metrics.map((metric, index): [string, string] => [
    `metrics/${metric}.yaml`,
    metricFile({
      name: `Signal ${metric}`,
      teams: null,
      synonyms: null,
      owner: `p${index + 1}@shop.test`,
      verified: `{by: p${index + 1}@shop.test, at: 2026-11-01}`,
      sql: `select value::numeric as value from marts.signal where name = '${metric}'`,
      ...file?.(metric, index + 1),
    }),
  ]);
  return {
    'workspace.yaml': `name: Corner Shop\ntimezone: Europe/Madrid\nlocale: en\nops_inbox: {telegram: ${OPS}}\n`,
    'owners.yaml': `${owners.join('\n')}\n`,
    ...Object.fromEntries(files),
  };
}

/** Deliveries that are not over. */
export async function listWaiting(shop: Shop): Promise<{ operation: string; edge: string }[]> {
  return shop.ask("select operation, edge from heartbeat.delivery where status in ('pending', 'sending')");
}

/** Ticks that are in the history more than once. */
export async function listTicksTwice(shop: Shop): Promise<{ metric: string; as_of: Date }[]> {
  return shop.ask(
    `select metric, as_of from heartbeat.metric_history where kind = 'tick'
     group by metric, as_of having count(*) > 1`,
  );
}
