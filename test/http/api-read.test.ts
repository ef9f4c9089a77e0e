import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import { decodeCursor, encodeCursor } from '../../src/http/api/cursor.ts';
import {
  AlertItem,
  CutItem,
  DeliveryItem,
  HistoryItem,
  MetricDetail,
  MetricItem,
  listOf,
} from '../../src/http/api/schemas.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { aMetric, aRegistry } from '../support/deps.ts';
import { aCut, aShop, createWorld, TOKENS, type World } from './world.ts';

const database = withEmbeddedDatabase();
let world: World;

beforeEach(async () => {
  await database.clear();
  world = await createWorld({ db: database.db, tokens: TOKENS });
});
afterEach(() => world.close());

async function read(path: string, token = 'look-only') {
  const answer = await world.ask(path, { token });
  return { status: answer.status, headers: answer.headers, body: (await answer.json()) as never };
}

/** Follows `next` to the end. */
async function readAll<Item>(path: string): Promise<Item[]> {
  const items: Item[] = [];
  let next: string | null = '';
  for (let pages = 0; next !== null && pages < 100; pages += 1) {
    const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
    const { body }: { body: { items: Item[]; next: string | null } } = await read(`${path}${cursor}`);
    items.push(...body.items);
    next = body.next;
  }
  return items;
}

describe('GET /api/metrics', () => {
  it('lists every metric with its newest reading, by id', async () => {
    await world.tick(3.1);
    const { status, body } = await read('/api/metrics');
    expect(status).toBe(200);
    const list = listOf(MetricItem, 'x').parse(body);
    expect(list.next).toBeNull();
    expect(list.items.map(({ id }) => id)).toEqual(['conversion', 'latency', 'revenue']);
    expect(list.items[0]).toMatchObject({
      name: 'Checkout conversion',
      unit: 'percent',
      period: '1m',
      norm: 4,
      alert: 3.4,
      owner: 'ivan@shop.test',
      verification: 'verified',
      level: 'red',
      value: 3.1,
      as_of: '2026-11-20T10:01:00.000Z',
      stale: false,
      open_alert: { number: 'A-1001', level: 'red', state: 'firing', version: 1 },
      url: 'http://localhost:8080/docs/metrics/growth#conversion',
    });
    expect(list.items[1]).toMatchObject({
      unit: 'duration:ms',
      owner: null,
      level: null,
      value: null,
      open_alert: null,
    });
    expect(list.items[2]).toMatchObject({ unit: 'currency:EUR', norm: null, alert: null });
  });

  it('gives a definition that is not the verified one as unverified, and as changed', async () => {
    expect((await read('/api/metrics/conversion')).body).toMatchObject({ verification_state: 'verified' });
    world.deps.verify('changed');
    const { body } = await read('/api/metrics/conversion');
    expect(body).toMatchObject({ verification: 'changed', verification_state: 'unverified' });
  });

  it.each([
    ['domain=growth', ['conversion', 'latency']],
    ['team=sales', ['revenue']],
    ['owner=ivan@shop.test', ['conversion', 'revenue']],
    ['level=red', ['conversion']],
    ['level=red&team=sales', []],
    ['domain=nowhere', []],
  ])('filters by %s', async (query, ids) => {
    await world.tick(3.1);
    const items = await readAll<{ id: string }>(`/api/metrics?${query}`);
    expect(items.map(({ id }) => id)).toEqual(ids);
  });

  it('pages through many, also when one goes away in between', async () => {
    const metrics = Array.from({ length: 25 }, (_, n) => aMetric({ id: `m${String(n).padStart(2, '0')}` }));
    world.deps.use(aRegistry(metrics));
    const items = await readAll<{ id: string }>('/api/metrics?limit=10');
    expect(items.map(({ id }) => id)).toEqual(metrics.map(({ id }) => id));
    const { body } = await read('/api/metrics?limit=10');
    world.deps.use(aRegistry(metrics.filter(({ id }) => id !== 'm09')));
    const rest = await read(`/api/metrics?limit=10&cursor=${(body as { next: string }).next}`);
    expect((rest.body as { items: { id: string }[] }).items[0]?.id).toBe('m10');
    const end = await read(`/api/metrics?cursor=${encodeCursor('zzz')}`);
    expect(end.body).toEqual({ items: [], next: null });
  });
});

describe('GET /api/metrics/<slug>', () => {
  it('adds the whole definition', async () => {
    const { body } = await read('/api/metrics/conversion');
    expect(MetricDetail.parse(body)).toMatchObject({
      how_to_read: 'Higher is better.',
      methodology: 'Paid orders by sessions.',
      sources: ['marts.orders'],
      synonyms: ['cr'],
      hysteresis: { enter: 1, leave: 1 },
      cuts: [{ cut: 'by_device', role: 'explains' }],
      verified: { by: 'ivan@shop.test', at: '2026-11-01' },
      sql: 'select 1 as value',
      definition_hash: 'hash-1',
    });
  });

  it('says 404 of one that is not there', async () => {
    const { status, headers, body } = await read('/api/metrics/nope');
    expect(status).toBe(404);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(body).toMatchObject({ code: 'metric_unknown', status: 404, details: { metric: 'nope' } });
  });
});

describe('GET /api/metrics/<slug>/history', () => {
  it('gives values newest first, and of a corrected one the correction', async () => {
    for (const value of [5, 3.1, 4.2]) await world.tick(value);
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.metric_history (workspace_id, metric, as_of, value, computed_at, definition_hash, level, kind)
      values ('shop', 'conversion', '2026-11-20T10:02:00Z', 3.9, '2026-11-20T12:00:00Z', 'hash-2', 'amber', 'correction')`);
    const { body } = await read('/api/metrics/conversion/history');
    const list = listOf(HistoryItem, 'x').parse(body);
    expect(list.items.map(({ as_of, value, kind }) => [as_of.slice(11, 16), value, kind])).toEqual([
      ['10:03', 4.2, 'refresh'],
      ['10:02', 3.9, 'correction'],
      ['10:01', 5, 'refresh'],
    ]);
  });

  it('takes a span and pages through it', async () => {
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.metric_history (workspace_id, metric, as_of, value, computed_at, definition_hash, level, kind)
      select 'shop', 'conversion', t, extract(minute from t), t, 'h', 'green', 'backfill'
      from generate_series(timestamptz '2026-11-20T08:00:00Z', '2026-11-20T09:00:00Z', interval '1 minute') as s(t)`);
    const from = encodeURIComponent('2026-11-20T09:10:00+01:00');
    const items = await readAll<HistoryItem>(
      `/api/metrics/conversion/history?from=${from}&to=2026-11-20T08:50:00Z&limit=7`,
    );
    expect(items.map(({ value }) => value)).toEqual(Array.from({ length: 40 }, (_, n) => 49 - n));
  });

  it('stays for a retired metric, and is 404 for one that never was', async () => {
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.metric_registry (workspace_id, id, name, domain, unit, direction, file, definition, definition_hash, verification_state, retired_at)
      values ('shop', 'old', 'Old', 'growth', 'count', 'up', 'metrics/old.yaml', '{}', 'h', 'verified', now())`);
    expect((await read('/api/metrics/old/history')).body).toEqual({ items: [], next: null });
    expect((await read('/api/metrics/never/history')).status).toBe(404);
  });
});

describe('GET /api/alerts', () => {
  beforeEach(async () => {
    await world.tick(3.1);
    await world.tick(950, 'latency');
    await world.tick(950, 'latency');
    await world.tick(5);
    await world.tick(3.9);
  });

  const numbers = async (query: string) =>
    (await readAll<AlertItem>(`/api/alerts?${query}`)).map(
      ({ number, level, state }) => `${number} ${level} ${state}`,
    );

  it('gives open ones unless state says otherwise, newest first', async () => {
    const { body } = await read('/api/alerts');
    const list = listOf(AlertItem, 'x').parse(body);
    expect(
      list.items.map(({ number, metric, level, state, value }) => ({ number, metric, level, state, value })),
    ).toEqual([
      { number: 'A-1003', metric: 'conversion', level: 'amber', state: 'firing', value: 3.9 },
      { number: 'A-1002', metric: 'latency', level: 'red', state: 'firing', value: 950 },
    ]);
    expect(list.items[1]).toMatchObject({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      version: 1,
      opened_at: '2026-11-20T10:02:00.000Z',
      worst_value: 950,
      acked_by: null,
      snoozed_until: null,
      resolved_at: null,
      url: 'http://localhost:8080/docs/metrics/growth#latency',
    });
  });

  it.each([
    ['state=resolved', ['A-1001 red resolved']],
    ['state=resolved,firing', ['A-1003 amber firing', 'A-1002 red firing', 'A-1001 red resolved']],
    ['state=resolved&state=firing', ['A-1003 amber firing', 'A-1002 red firing', 'A-1001 red resolved']],
    ['state=acked', []],
    ['level=red', ['A-1002 red firing']],
    ['metric=conversion', ['A-1003 amber firing']],
    ['metric=conversion&state=resolved', ['A-1001 red resolved']],
    ['team=growth&limit=1', ['A-1003 amber firing', 'A-1002 red firing']],
    ['team=sales', []],
    ['team=sales&metric=conversion', []],
    ['metric=nope', []],
  ])('filters by %s', async (query, expected) => {
    expect(await numbers(query)).toEqual(expected);
  });

  it('keeps the alert of a metric that is gone, without an address', async () => {
    world.deps.use(aRegistry([]));
    const { body } = await read('/api/alerts/A-1001');
    expect(AlertItem.parse(body)).toMatchObject({
      metric: 'conversion',
      state: 'resolved',
      resolution: 'recovered',
      url: null,
    });
  });

  it('gives one by number, in any case, or by id, with its version as ETag', async () => {
    const byNumber = await read('/api/alerts/A-1002');
    expect(byNumber.headers.get('etag')).toBe('"1"');
    const { id } = AlertItem.parse(byNumber.body);
    expect((await read(`/api/alerts/${id}`)).body).toEqual(byNumber.body);
    expect((await read('/api/alerts/a-1002')).body).toEqual(byNumber.body);
  });

  it.each(['A-9999', 'A-99999999999', '1002', 'x', '00000000-0000-0000-0000-000000000000', "A-1'--"])(
    'says 404 of %s',
    async (name) => {
      const { status, body } = await read(`/api/alerts/${encodeURIComponent(name)}`);
      expect(status).toBe(404);
      expect(body).toMatchObject({ code: 'alert_unknown' });
    },
  );
});

describe('GET /api/audit/registry', () => {
  it('lists breakdowns with the metrics they explain', async () => {
    world.deps.use(
      aShop({
        cuts: new Map([
          ['by_device', aCut()],
          ['aaa', aCut({ id: 'aaa', page: 'other', feeds: [] })],
        ]),
      }),
    );
    const { body } = await read('/api/audit/registry');
    const list = listOf(CutItem, 'x').parse(body);
    expect(list.items.map(({ id }) => id)).toEqual(['aaa', 'by_device']);
    expect(list.items[1]).toMatchObject({
      page: 'checkout',
      metrics: [{ metric: 'conversion', role: 'explains' }],
      verification: 'verified',
      url: 'http://localhost:8080/audit/checkout#by_device',
    });
    expect((await readAll<CutItem>('/api/audit/registry?page=checkout&limit=1')).map(({ id }) => id)).toEqual(
      ['by_device'],
    );
    expect((await readAll<CutItem>('/api/audit/registry?metric=conversion')).map(({ id }) => id)).toEqual([
      'by_device',
    ]);
  });
});

describe('GET /api/deliveries', () => {
  beforeEach(async () => {
    await world.tick(3.1);
    await world.tick(950, 'latency');
  });

  it('gives what was sent or waits, newest first, with its attempts', async () => {
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.delivery_attempt (workspace_id, delivery_id, number, worker, ended_at, outcome, error)
      select workspace_id, id, 1, 'w', now(), 'retry', 'timed out' from heartbeat.delivery`);
    const items = await readAll<DeliveryItem>('/api/deliveries?limit=1');
    expect(items.length).toBeGreaterThanOrEqual(4);
    const first = items.map((item) => DeliveryItem.parse(item)).find(({ metric }) => metric === 'conversion');
    expect(first).toMatchObject({
      alert: 'A-1001',
      channel: 'telegram',
      edge: 'entered_red',
      status: 'pending',
      tries: [{ number: 1, outcome: 'retry', error: 'timed out', started_at: expect.stringMatching(/Z$/) }],
    });
  });

  it.each([
    ['alert=A-1002', 'latency'],
    ['metric=latency', 'latency'],
    ['metric=conversion&channel=telegram&status=pending', 'conversion'],
  ])('filters by %s', async (query, metric) => {
    const items = await readAll<DeliveryItem>(`/api/deliveries?${query}`);
    expect(new Set(items.map((item) => item.metric))).toEqual(new Set([metric]));
  });

  it('gives nothing for what was not sent, and 404 for an alert that is not', async () => {
    expect(await readAll('/api/deliveries?channel=slack')).toEqual([]);
    expect((await read('/api/deliveries?alert=A-7')).status).toBe(404);
  });
});

describe('what cannot be read', () => {
  it.each([
    '/api/metrics?limit=0',
    '/api/metrics?limit=501',
    '/api/metrics?limit=ten',
    '/api/metrics?limit=5&limit=6',
    '/api/metrics?level=purple',
    '/api/alerts?state=open',
    '/api/alerts?state=',
    '/api/alerts?level=green',
    '/api/metrics/conversion/history?from=yesterday',
    '/api/metrics/conversion/history?to=2026-13-01T00:00:00Z',
  ])('%s is 400 with the reason', async (path) => {
    const { status, body } = await read(path);
    expect(status).toBe(400);
    expect(body).toMatchObject({
      code: 'request_invalid',
      errors: [{ in: 'query', name: expect.any(String) }],
    });
  });

  it.each([
    '/api/metrics',
    '/api/alerts',
    '/api/deliveries',
    '/api/metrics/conversion/history',
    '/api/audit/registry',
  ])('%s refuses a cursor of its own making', async (path) => {
    const { status, body } = await read(`${path}?cursor=${encodeCursor("1' or '1")}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'cursor_unreadable' });
  });

  it('a cursor holds a position, whatever it looks like outside', () => {
    expect(decodeCursor(encodeCursor('1042'), /^\d+$/)).toBe('1042');
    expect(encodeCursor('1042')).not.toContain('1042');
  });

  it('another method is 405 with those that work, an unknown address 404', async () => {
    const answer = await world.ask('/api/alerts', { method: 'DELETE', token: 'look-only' });
    expect(answer.status).toBe(405);
    expect(answer.headers.get('allow')).toBe('GET, HEAD');
    expect(await answer.json()).toMatchObject({ code: 'method_not_allowed' });
    const unknown = await read('/api/nothing');
    expect(unknown.status).toBe(404);
    expect(unknown.body).toMatchObject({ code: 'route_unknown' });
  });
});
