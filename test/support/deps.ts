/** Deps for tests of one room: a real database, a warehouse whose answers the test gives, nothing else. */
import pino from 'pino';
import { createWords } from '../../src/answers/index.ts';
import { createStandingAnswers, createTurns, type CommandDeps } from '../../src/commands/index.ts';
import { readConfig } from '../../src/config.ts';
import { sql, type Db, type Jobs } from '../../src/db/index.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { QueryResult, QueryWindow, Warehouse } from '../../src/marts/index.ts';
import { followPeople, type Caller, type PeopleFollower } from '../../src/people/index.ts';
import {
  holdRegistry,
  type Metric,
  type MetricVerification,
  type Person,
  type Registry,
} from '../../src/registry/index.ts';
import { NO_HOOKS, aPerson } from './registry-parts.ts';

export const WORKSPACE = 'shop';

/** A verified metric of period 1 m, red below 3.4 and amber below 4, owned by Ivan, in team growth. */
export function aMetric(over: Partial<Metric> = {}): Metric {
  const id = over.id ?? 'conversion';
  return {
    id,
    file: `metrics/${id}.yaml`,
    name: 'Checkout conversion',
    domain: 'growth',
    teams: ['growth'],
    unit: { kind: 'percent' },
    period: { text: '1m', count: 1, unit: 'm', ms: 60_000 },
    schedule: null,
    direction: 'up',
    norm: 4,
    alert: 3.4,
    target: null,
    targetDue: null,
    hysteresis: { enter: 1, leave: 1 },
    band: { norm: null, alert: null },
    timeoutMs: 10_000,
    staleAfterMs: 120_000,
    correctionMs: 0,
    tags: [],
    howToRead: 'Higher is better.',
    methodology: 'Paid orders by sessions.',
    sources: ['marts.orders'],
    notes: null,
    synonyms: ['cr'],
    runbook: null,
    owner: 'ivan@shop.test',
    declared: 'verified',
    verified: { by: 'ivan@shop.test', at: '2026-11-01' },
    cuts: [],
    sql: 'select 1 as value',
    definitionHash: 'hash-1',
    ...over,
  };
}

export const ivan = aPerson('ivan@shop.test', {
  name: 'Ivan',
  role: 'approver',
  teams: ['growth'],
  telegramId: 1001,
});

/** Whoever writes from Telegram; null: somebody unknown. */
export function aCaller(person: Person | null, over: Partial<Caller> = {}): Caller {
  return {
    workspaceId: WORKSPACE,
    person,
    actor: person?.email ?? 'telegram:6666',
    role: person?.role ?? null,
    channel: 'telegram',
    locale: 'en',
    timezone: 'Europe/Madrid',
    roomTeams: [],
    requestId: 'r1',
    ...over,
  };
}

/** Takes every job and does none. */
export const quietJobs: Jobs = {
  send: async () => {},
  work: async () => {},
  wake: () => {},
  depth: async () => 0,
  stop: async () => {},
};

export function aRegistry(metrics: readonly Metric[], over: Partial<Registry> = {}): Registry {
  return {
    dir: '/nowhere',
    workspace: {
      id: WORKSPACE,
      name: 'Corner Shop',
      timezone: 'Europe/Madrid',
      locale: 'en',
      opsInbox: { email: null, telegram: -100300, slack: null, hooks: NO_HOOKS },
      rooms: [{ telegram: -100200, telegramTopic: null, slack: null, hooks: NO_HOOKS, teams: ['growth'] }],
      policies: {
        storm: { moreThan: 5, withinMs: 60_000 },
        escalateAfterMs: 900_000,
        ackTimeoutMs: 14_400_000,
        escalation: ['owner', 'rooms', 'ops'],
        inline: false,
        selfWatch: false,
      },
      maintenance: [],
    },
    people: [ivan],
    metrics: new Map(metrics.map((metric) => [metric.id, metric])),
    cuts: new Map(),
    pages: new Map(),
    problems: [],
    ...over,
  };
}

/** A clock that stands still until a test moves it. */
export function stoppedClock(
  start: string,
): Clock & { at: Date; to(instant: string): void; add(ms: number): void } {
  const clock = {
    at: new Date(start),
    now: () => new Date(clock.at),
    to: (instant: string) => {
      clock.at = new Date(instant);
    },
    add: (ms: number) => {
      clock.at = new Date(clock.at.getTime() + ms);
    },
  };
  return clock;
}

/** A warehouse whose answers a test gives; it counts the queries. */
export function fakeWarehouse(
  answer: (sql: string, window: QueryWindow) => QueryResult | Promise<QueryResult>,
) {
  const asked: { sql: string; window: QueryWindow }[] = [];
  const warehouse: Warehouse = {
    kind: 'server',
    concurrency: 8,
    query: async (checked, window) => {
      asked.push({ sql: checked.text, window });
      return answer(checked.text, window);
    },
    ping: async () => ({ ok: true }),
    close: async () => {},
  };
  return { warehouse, asked };
}

/** One value without as_of. */
export function single(value: number): QueryResult {
  return { kind: 'rows', series: false, rows: [{ asOf: null, value }], durationMs: 1 };
}

export const NO_ROWS: QueryResult = { kind: 'rows', series: false, rows: [], durationMs: 1 };

export type TestDeps = CommandDeps & {
  people: PeopleFollower;
  use(registry: Registry): void;
  verify(state: MetricVerification): void;
};

/** Deps over a database; `use` replaces the registry, `verify` what verification came to. */
export async function createDeps(options: {
  db: Db;
  jobs: Jobs;
  clock: Clock;
  warehouse: Warehouse;
  registry: Registry;
}): Promise<TestDeps> {
  const files = holdRegistry(options.registry, new Map());
  let verification: MetricVerification = 'verified';
  const { id, name, timezone, locale } = files.current().workspace;
  await options.db.prisma.$executeRaw(sql`
    insert into heartbeat.workspace (id, name, timezone, locale) values (${id}, ${name}, ${timezone}, ${locale}) on conflict do nothing`);
  const log = pino({ level: process.env['TEST_LOG'] ?? 'silent' });
  const people = await followPeople({
    db: options.db,
    workspaceId: id,
    log,
    put: (change) => files.changePeople(change),
  });
  const deps: TestDeps = {
    standing: createStandingAnswers(() => deps),
    config: readConfig({}),
    workspaceId: id,
    db: options.db,
    jobs: options.jobs,
    clock: options.clock,
    log,
    registry: { current: () => files.current(), verification: () => verification },
    warehouse: options.warehouse,
    ownWarehouse: options.warehouse,
    pictures: {
      render: () => Promise.reject(new Error('no pictures here')),
      cached: () => undefined,
      close: async () => {},
    },
    outbox: { kick: () => {} },
    people,
    channels: new Set(['telegram' as const]),
    maintenanceAt: () => [],
    publicUrl: () => 'http://localhost:8080',
    wordsFor: createWords,
    pulse: { refresh: () => Promise.reject(new Error('no pulse here')) },
    turns: createTurns(options.clock),
    loginUrl: () => Promise.reject(new Error('no web here')),
    readiness: async () => ({ parts: [], lastLoopAt: options.clock.now() }),
    use: (next) => {
      files.replace(next, new Map());
    },
    verify: (state) => {
      verification = state;
    },
  };
  return deps;
}
