import { afterEach, describe, expect, it } from 'vitest';
import { sql, type Db } from '../../src/db/index.ts';
import { createApp } from '../../src/http/app.ts';
import { createFigures, type Figures } from '../../src/http/figures.ts';
import { loadReadyState, type LoopStats, type ReadyOptions, type ReadyPart } from '../../src/http/ready.ts';
import type { Registry } from '../../src/registry/index.ts';
import { fakeWarehouse, single, stoppedClock, type TestDeps } from '../support/deps.ts';
import { readConfig } from '../../src/config.ts';
import pino from 'pino';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aShop, createWorld, START } from './world.ts';

type Parts = {
  ping?: () => Promise<void>;
  registry?: () => Registry;
  warehouse?: () => Promise<{ ok: true } | { ok: false; reason: string }>;
  stats?: Partial<{ pulse: Partial<LoopStats['pulse']>; outbox: Partial<LoopStats['outbox']> }>;
  parts?: ReadyOptions['parts'];
};

const clock = stoppedClock(START);
const calm: LoopStats = {
  pulse: { ticks: 7, failed: 2, lastLoopAt: new Date(START), lastError: null },
  outbox: { sent: 5, retried: 3, dead: 1, lastError: null },
};

function options({ ping, registry, warehouse, stats, parts }: Parts = {}): ReadyOptions {
  const base = fakeWarehouse(() => single(1)).warehouse;
  return {
    deps: {
      db: { ping: ping ?? (async () => {}) } as unknown as Db,
      registry: { current: registry ?? (() => aShop()), verification: () => 'verified' },
      warehouse: { ...base, ping: warehouse ?? (async () => ({ ok: true })) },
      clock,
    },
    stats: { pulse: { ...calm.pulse, ...stats?.pulse }, outbox: { ...calm.outbox, ...stats?.outbox } },
    parts,
  };
}

const partOf = (parts: readonly ReadyPart[], name: string) => parts.find((part) => part.name === name);

describe('readiness', () => {
  it('lists every part when all is well', async () => {
    const telegram: ReadyPart = { name: 'telegram', ok: true, severity: 'warning', reason: 'receiving' };
    const state = await loadReadyState(options({ parts: () => [telegram] }));
    expect(state.status).toBe('ready');
    expect(state.parts).toEqual([
      { name: 'database', ok: true, severity: 'error', reason: null },
      { name: 'workspace', ok: true, severity: 'error', reason: 'Corner Shop, 3 metrics' },
      { name: 'warehouse', ok: true, severity: 'warning', reason: null },
      { name: 'pulse', ok: true, severity: 'warning', reason: null },
      { name: 'outbox', ok: true, severity: 'warning', reason: null },
      telegram,
    ]);
  });

  it('is not ready while the database does not answer, and says why', async () => {
    const state = await loadReadyState(
      options({ ping: () => Promise.reject(new Error('Invalid `prisma` call:\n\nconnection refused')) }),
    );
    expect(state.status).toBe('not_ready');
    expect(partOf(state.parts, 'database')).toMatchObject({ ok: false, reason: 'connection refused' });
  });

  it('is not ready when the database says nothing for a second', async () => {
    const startedAt = performance.now();
    const state = await loadReadyState(options({ ping: () => new Promise(() => {}) }));
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(partOf(state.parts, 'database')).toMatchObject({
      ok: false,
      reason: 'it did not answer within 1000 ms',
    });
    expect(state.status).toBe('not_ready');
  });

  it('is not ready before the workspace is loaded', async () => {
    const state = await loadReadyState(
      options({
        registry: () => {
          throw new Error('not loaded yet');
        },
      }),
    );
    expect(state.status).toBe('not_ready');
    expect(partOf(state.parts, 'workspace')).toMatchObject({ ok: false, reason: 'not loaded yet' });
  });

  it('stays ready with bad files, a broken channel, a slow warehouse and loops in trouble, and names each', async () => {
    const problem = {
      file: 'metrics/x.yaml',
      line: 12,
      reason: 'alert_value is better than norm_value.',
      hint: 'Swap them.',
      severity: 'error',
    } as const;
    const state = await loadReadyState(
      options({
        registry: () => ({ ...aShop(), problems: [problem, { ...problem, hint: null }] }),
        warehouse: async () => ({ ok: false, reason: 'connection refused' }),
        stats: { pulse: { lastLoopAt: new Date(Date.parse(START) - 60_000) }, outbox: { lastError: 'a\nb' } },
        parts: () => Promise.reject(new Error('telegram: 401')),
      }),
    );
    expect(state.status).toBe('ready');
    expect(state.parts.filter(({ ok }) => !ok)).toEqual([
      {
        name: 'file metrics/x.yaml',
        ok: false,
        severity: 'warning',
        reason: 'metrics/x.yaml:12: alert_value is better than norm_value. Swap them.',
      },
      {
        name: 'file metrics/x.yaml',
        ok: false,
        severity: 'warning',
        reason: 'metrics/x.yaml:12: alert_value is better than norm_value.',
      },
      { name: 'warehouse', ok: false, severity: 'warning', reason: 'connection refused' },
      { name: 'pulse', ok: false, severity: 'warning', reason: 'it last looked for due metrics 60 s ago' },
      { name: 'outbox', ok: false, severity: 'warning', reason: 'b' },
      { name: 'other parts', ok: false, severity: 'warning', reason: 'telegram: 401' },
    ]);
  });

  it('says when the pulse has not begun, and when a warehouse throws', async () => {
    const state = await loadReadyState(
      options({
        stats: { pulse: { lastLoopAt: null } },
        warehouse: () => Promise.reject(new Error('no route')),
      }),
    );
    expect(partOf(state.parts, 'pulse')?.reason).toBe('it has not looked for due metrics yet');
    expect(partOf(state.parts, 'warehouse')?.reason).toBe('no route');
    const { stats: _none, ...without } = options();
    expect(partOf((await loadReadyState(without)).parts, 'pulse')).toBeUndefined();
  });
});

describe('/healthz, /readyz and /metrics without a database', () => {
  let figures: Figures;
  afterEach(() => figures.close());

  function createBroken() {
    const down = new Error('connect ECONNREFUSED');
    const deps = {
      ...options().deps,
      db: {
        ping: () => Promise.reject(down),
        prisma: { $queryRaw: () => Promise.reject(down) },
      } as unknown as Db,
      config: readConfig({}),
      workspaceId: 'shop',
      log: pino({ level: 'silent' }),
      publicUrl: () => 'http://localhost:8080',
    } as unknown as TestDeps;
    figures = createFigures(deps, calm);
    return createApp({ deps, figures, telegram: null, playground: null });
  }

  it('is alive, not ready, and still counts', async () => {
    const app = createBroken();
    const alive = await app.request('http://localhost/healthz');
    expect(alive.status).toBe(200);
    const { status, parts } = (await alive.json()) as { status: string; parts: ReadyPart[] };
    expect(status).toBe('ok');
    expect(partOf(parts, 'database')).toMatchObject({ ok: false });
    const ready = await app.request('http://localhost/readyz');
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({ status: 'not_ready' });
    const text = await (await app.request('http://localhost/metrics')).text();
    expect(text).toContain('heartbeat_database_up 0');
    expect(text).toContain('heartbeat_ticks_total 7');
    expect(text).toContain('heartbeat_deliveries_pending 0');
  });
});

describe('/metrics', () => {
  const database = withEmbeddedDatabase();

  it('counts loops, deliveries, alerts, requests and the process, in names of its own', async () => {
    const world = await createWorld({ db: database.db, stats: calm, tokens: 'a:sign-2' });
    await world.tick(3.1);
    await world.ask('/api/alerts', { token: 'sign-2' });
    await world.ask('/api/alerts');
    const due = new Date(world.clock.now().getTime() - 60_000);
    await database.db.prisma.$executeRaw(sql`update heartbeat.metric_state set next_due_at = ${due}`);
    const answer = await world.ask('/metrics');
    expect(answer.headers.get('content-type')).toContain('text/plain');
    const text = await answer.text();
    const value = (line: string) =>
      Number(new RegExp(`^${line.replaceAll(/[{}.+"]/g, '\\$&')} (\\S+)$`, 'm').exec(text)?.[1]);
    expect(value('heartbeat_ticks_total')).toBe(7);
    expect(value('heartbeat_tick_failures_total')).toBe(2);
    expect(value('heartbeat_deliveries_sent_total')).toBe(5);
    expect(value('heartbeat_deliveries_retried_total')).toBe(3);
    expect(value('heartbeat_deliveries_dead_total')).toBe(1);
    expect(value('heartbeat_deliveries_pending')).toBe(2);
    expect(value('heartbeat_delivery_oldest_pending_seconds')).toBeGreaterThanOrEqual(0);
    expect(value('heartbeat_tick_lag_seconds')).toBe(60);
    expect(value('heartbeat_alerts_open{level="red"}')).toBe(1);
    expect(value('heartbeat_alerts_open{level="amber"}')).toBe(0);
    expect(value('heartbeat_database_up')).toBe(1);
    expect(value('heartbeat_workspace_file_problems{severity="error"}')).toBe(0);
    expect(value('heartbeat_http_requests_total{method="GET",route="/api/alerts",status="200"}')).toBe(1);
    expect(value('heartbeat_http_requests_total{method="GET",route="/api/alerts",status="401"}')).toBe(1);
    expect(value('heartbeat_process_resident_memory_bytes')).toBeGreaterThan(1e6);
    expect(value('heartbeat_event_loop_delay_seconds{quantile="0.99"}')).toBeGreaterThanOrEqual(0);
    expect(
      text
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#') && !line.startsWith('heartbeat_')),
    ).toEqual([]);
    world.close();
  });

  it('belongs to one server: two in a process do not mix', async () => {
    const one = await createWorld({ db: database.db });
    const two = await createWorld({ db: database.db });
    await one.ask('/healthz');
    expect(await (await two.ask('/metrics')).text()).not.toContain('route="/healthz"');
    one.close();
    two.close();
  });
});
