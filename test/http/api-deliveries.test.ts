import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import { DeliveryItem } from '../../src/http/api/schemas.ts';
import { listJournal } from '../../src/journal/index.ts';
import { insertDelivery, insertTry } from '../delivery/rows.ts';
import { withEmbeddedDatabase } from '../support/database.ts';
import { createWorld, TOKENS, type World } from './world.ts';

const database = withEmbeddedDatabase();
let world: World;

beforeAll(async () => {
  world = await createWorld({ db: database.db, tokens: TOKENS });
});
afterAll(() => world.close());
beforeEach(async () => {
  await database.db.prisma.$executeRaw(sql`delete from heartbeat.delivery`);
  await database.db.prisma.$executeRaw(sql`delete from heartbeat.journal`);
});

const read = async (path: string) => {
  const answer = await world.ask(path, { token: 'look-only' });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const idsOf = async (query: string): Promise<string[]> => {
  const { body } = await read(`/api/deliveries?${query}`);
  return (body['items'] as DeliveryItem[]).map((item) => item.id);
};
const retry = async (id: string, token = 'sign-2', headers: Record<string, string> = {}) => {
  const answer = await world.ask(`/api/deliveries/${id}/retry`, { method: 'POST', token, headers });
  return {
    status: answer.status,
    headers: answer.headers,
    body: (await answer.json()) as Record<string, unknown>,
  };
};

it('gives one delivery with its attempts, and 404 for another', async () => {
  const id = await insertDelivery(database.db, { status: 'held', heldUntil: '2026-11-21T06:00:00Z' });
  await insertTry(database.db, id, { outcome: 'wait', statusCode: 429, retryAfterMs: 1000 });
  const { body } = await read(`/api/deliveries/${id}`);
  expect(DeliveryItem.parse(body)).toMatchObject({
    id,
    delayed: true,
    held_until: '2026-11-21T06:00:00.000Z',
    tries: [{ status_code: 429, retry_after_ms: 1000 }],
  });
  expect(await read(`/api/deliveries/${randomUUID()}`)).toMatchObject({
    status: 404,
    body: { code: 'delivery_unknown' },
  });
});

it('narrows by place, day and failure', async () => {
  const dead = await insertDelivery(database.db, { status: 'dead', place: 'mail:a@b.test' });
  const old = await insertDelivery(database.db, { createdAt: '2026-11-19T23:30:00Z' });
  expect(await idsOf('failed=true')).toEqual([dead]);
  expect(await idsOf('place=mail:a@b.test')).toEqual([dead]);
  expect(await idsOf('day=2026-11-20')).toContain(old);
  expect(await idsOf('day=2026-11-19')).toEqual([]);
  expect(await read('/api/deliveries?day=someday')).toMatchObject({
    status: 400,
    body: { code: 'day_unreadable' },
  });
  for (const wrong of ['status=lost', 'channel=telegramm'])
    expect(await read(`/api/deliveries?${wrong}`)).toMatchObject({ status: 400 });
});

it('sends a dead letter again, once, and writes down who', async () => {
  const id = await insertDelivery(database.db, { status: 'dead', attempts: 2 });
  expect(await retry(id)).toMatchObject({ status: 200, body: { id, status: 'pending', attempts: 0 } });
  expect(await retry(id)).toMatchObject({ status: 409, body: { code: 'delivery_not_dead' } });
  const { items } = await listJournal(database.db, { workspaceId: 'shop' });
  expect(items).toMatchObject([{ actor: 'api:boss', channel: 'api', verb: 'delivery.retry' }]);
});

it('answers a repeated request with the same key alike', async () => {
  const id = await insertDelivery(database.db, { status: 'dead' });
  const key = { 'Idempotency-Key': randomUUID() };
  expect((await retry(id, 'sign-2', key)).status).toBe(200);
  const again = await retry(id, 'sign-2', key);
  expect(again).toMatchObject({ status: 200, body: { status: 'pending' } });
  expect(again.headers.get('idempotency-replayed')).toBe('true');
});

it('refuses an operator and an id that is none', async () => {
  const id = await insertDelivery(database.db, { status: 'dead' });
  expect(await retry(id, 'press-1')).toMatchObject({ status: 403, body: { code: 'role_too_low' } });
  expect(await retry('42')).toMatchObject({ status: 404, body: { code: 'delivery_unknown' } });
  expect(await idsOf('status=dead')).toEqual([id]);
});
