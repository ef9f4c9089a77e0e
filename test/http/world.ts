/** The web application over a database and files that a test gives; nothing listens, nothing is sent. */
import { createHash } from 'node:crypto';
import type { Hono } from 'hono';
import { readConfig } from '../../src/config.ts';
import type { Db } from '../../src/db/index.ts';
import { createApp, type AppOptions } from '../../src/http/app.ts';
import type { AppEnv } from '../../src/http/env.ts';
import { createFigures } from '../../src/http/figures.ts';
import type { PictureSpec } from '../../src/pictures/index.ts';
import { createPulse } from '../../src/pulse/index.ts';
import type { Cut, Person, Registry } from '../../src/registry/index.ts';
import {
  aMetric,
  aRegistry,
  createDeps,
  fakeWarehouse,
  ivan,
  NO_ROWS,
  quietJobs,
  single,
  stoppedClock,
  type TestDeps,
} from '../support/deps.ts';

export const TOKENS = 'grafana:viewer:look-only,ci:operator:press-1,boss:sign-2';
export const START = '2026-11-20T10:00:00.000Z';
const BASE = 'http://localhost:8080';

export const ann: Person = { ...ivan, email: 'ann@shop.test', name: 'Ann', role: 'viewer', telegramId: 1002 };

export function aCut(over: Partial<Cut> = {}): Cut {
  const id = over.id ?? 'by_device';
  return {
    id,
    file: `cuts/${id}.yaml`,
    title: 'Conversion by device',
    page: 'checkout',
    chart: 'bars',
    window: '7d',
    windows: ['1d', '7d'],
    prose: 'Phones convert lower.',
    howToRead: 'Longer is better.',
    minGroup: 5,
    owner: 'ivan@shop.test',
    declared: 'verified',
    verified: { by: 'ivan@shop.test', at: '2026-11-01' },
    feeds: [{ metric: 'conversion', role: 'explains' }],
    sql: 'select device as dim, 1 as value from marts.sessions',
    definitionHash: 'cut-hash',
    ...over,
  };
}

/** Three metrics in two domains, one cut, two pages. */
export function aShop(over: Partial<Registry> = {}): Registry {
  const metrics = [
    aMetric({
      cuts: [{ cut: 'by_device', role: 'explains' }],
      runbook: 'https://wiki.shop.test/checkout',
      tags: ['money'],
    }),
    aMetric({
      id: 'latency',
      name: 'Page latency',
      unit: { kind: 'duration', of: 'ms' },
      direction: 'down',
      norm: 500,
      alert: 900,
      owner: null,
      synonyms: [],
    }),
    aMetric({
      id: 'revenue',
      name: 'Revenue',
      synonyms: [],
      domain: 'sales',
      teams: ['sales'],
      unit: { kind: 'currency', code: 'EUR' },
      norm: null,
      alert: null,
    }),
  ];
  return aRegistry(metrics, {
    people: [ivan, ann],
    cuts: new Map([['by_device', aCut()]]),
    pages: new Map([
      [
        'welcome',
        { title: 'Welcome', markdown: '# Welcome\n\nRead [how checkout falls](runbook.md#first).' },
      ],
      ['runbook', { title: 'Runbook', markdown: '# Runbook\n\n## First\n\nBreathe.' }],
    ]),
    ...over,
  });
}

export type WorldOptions = {
  db: Db;
  registry?: Registry;
  /** API_TOKENS */
  tokens?: string;
  host?: string;
  publicUrl?: string;
} & Partial<Pick<AppOptions, 'telegram' | 'mail' | 'playground' | 'parts' | 'stats'>>;

export type Ask = { method?: string; token?: string; headers?: Record<string, string>; body?: unknown };

export type World = {
  deps: TestDeps;
  clock: ReturnType<typeof stoppedClock>;
  app: Hono<AppEnv>;
  /** specs that were drawn */
  drawn: PictureSpec[];
  ask(path: string, ask?: Ask): Promise<Response>;
  /** computes a metric now: its SQL gives this value; null is no data */
  tick(value: number | null, metricId?: string): Promise<void>;
  close(): void;
};

export async function createWorld(options: WorldOptions): Promise<World> {
  const clock = stoppedClock(START);
  let value: number | null = 4.5;
  const { warehouse } = fakeWarehouse(() => (value === null ? NO_ROWS : single(value)));
  const made = await createDeps({
    db: options.db,
    jobs: quietJobs,
    clock,
    warehouse,
    registry: options.registry ?? aShop(),
  });
  const drawn: PictureSpec[] = [];
  const deps: TestDeps = {
    ...made,
    config: readConfig({
      API_TOKENS: options.tokens,
      HOST: options.host,
      PUBLIC_URL: options.publicUrl,
    }),
    pictures: fakePictures(drawn),
    publicUrl: () => options.publicUrl ?? BASE,
  };
  const pulse = createPulse(deps);
  const figures = createFigures(deps, options.stats);
  const { telegram = null, mail = null, playground = null, parts, stats } = options;
  const app = createApp({ deps, figures, telegram, mail, playground, parts, stats });
  return {
    deps,
    clock,
    app,
    drawn,
    async ask(path, { method = 'GET', token, headers = {}, body } = {}) {
      const sent = new Headers(headers);
      if (token !== undefined) sent.set('authorization', `Bearer ${token}`);
      if (body !== undefined && !sent.has('content-type')) sent.set('content-type', 'application/json');
      const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      return app.request(`${BASE}${path}`, {
        method,
        headers: sent,
        ...(text === undefined ? {} : { body: text }),
      });
    },
    async tick(next, metricId = 'conversion') {
      value = next;
      clock.add(60_000);
      await pulse.reschedule();
      await pulse.refresh(metricId);
    },
    close: () => figures.close(),
  };
}

/** Pictures whose bytes name what was asked for. */
function fakePictures(drawn: PictureSpec[]): TestDeps['pictures'] {
  return {
    render: async (spec) => {
      drawn.push(spec);
      const contentHash = createHash('sha256').update(JSON.stringify(spec)).digest('hex');
      return { png: new TextEncoder().encode(`PNG ${contentHash}`), contentHash, width: 1280, height: 720 };
    },
    cached: () => undefined,
    close: async () => {},
  };
}
