import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import { listOf } from '../../src/http/api/schemas.ts';
import { SourceItem } from '../../src/http/api/source-schemas.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { createWorld, TOKENS, type World } from './world.ts';

const database = withEmbeddedDatabase();
const SINCE = '2026-11-20T09:00:00.000Z';
let world: World;

beforeEach(async () => {
  await database.clear();
  world = await createWorld({ db: database.db, tokens: TOKENS });
});
afterEach(() => world.close());

type Stored = { number: number; source: string; metrics: string[]; ever: string[]; backAt?: string };

async function store({ number, source, metrics, ever, backAt }: Stored): Promise<void> {
  const { db, workspaceId } = world.deps;
  await db.prisma.$executeRaw(sql`
    insert into heartbeat.source_alert
      (id, workspace_id, number, source, open_source, opened_at, recovered_at, metrics, ever_metrics)
    values (${randomUUID()}::uuid, ${workspaceId}, ${number}::int, ${source}, ${backAt ? null : source},
      ${SINCE}::timestamptz, ${backAt ?? null}::timestamptz, ${metrics}, ${ever})`);
}

async function read(query = '') {
  const answer = await world.ask(`/api/sources${query}`, { token: 'look-only' });
  expect(answer.status).toBe(200);
  return listOf(SourceItem, 'x').parse(await answer.json());
}

async function storeThree(): Promise<void> {
  await store({
    number: 7,
    source: 'marts.orders',
    metrics: ['conversion', 'revenue'],
    ever: ['conversion', 'revenue'],
  });
  await store({
    number: 8,
    source: 'marts.sessions',
    metrics: [],
    ever: ['latency'],
    backAt: '2026-11-20T09:30:00Z',
  });
  await store({ number: 9, source: 'warehouse', metrics: ['latency'], ever: ['conversion', 'latency'] });
}

describe('GET /api/sources', () => {
  it('lists silent sources with the metrics that wait for them, newest first', async () => {
    expect((await read()).items).toEqual([]);
    await storeThree();
    const { items, next } = await read();
    expect(next).toBeNull();
    expect(items).toMatchObject([
      { number: 'A-9', source: 'warehouse', state: 'silent', since: SINCE, metrics: ['latency'] },
      {
        number: 'A-7',
        source: 'marts.orders',
        state: 'silent',
        version: 1,
        back_at: null,
        metrics: ['conversion', 'revenue'],
      },
    ]);
  });

  it('lists those that are back when asked, with all that had waited', async () => {
    await storeThree();
    expect((await read('?state=back')).items).toMatchObject([
      { number: 'A-8', state: 'back', back_at: '2026-11-20T09:30:00.000Z', metrics: ['latency'] },
    ]);
  });

  it('narrows to a metric, and goes on where a page ended', async () => {
    await storeThree();
    expect((await read('?metric=conversion')).items.map(({ number }) => number)).toEqual(['A-7']);
    const first = await read('?limit=1');
    expect(first.items.map(({ number }) => number)).toEqual(['A-9']);
    const second = await read(`?limit=1&cursor=${first.next ?? ''}`);
    expect(second).toMatchObject({ items: [{ number: 'A-7' }], next: null });
  });

  it('refuses another state, a cursor of another list, and who has no token', async () => {
    const status = async (query: string, token?: string): Promise<number> =>
      (await world.ask(`/api/sources${query}`, token === undefined ? {} : { token })).status;
    expect(await status('?state=firing', 'look-only')).toBe(400);
    expect(await status('?cursor=eHh4', 'look-only')).toBe(400);
    expect(await status('')).toBe(401);
  });
});
