import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import { findAlertId, getDelivery, listDeliveries, readLogDay } from '../../src/delivery/index.ts';
import { describeOnBothDatabases } from '../support/database.ts';
import { insertDelivery, insertTry } from './rows.ts';

const WORKSPACE = 'shop';

describeOnBothDatabases('delivery log', (database) => {
  beforeEach(() => database.clear());

  const list = (filter: Partial<Parameters<typeof listDeliveries>[2]> = {}) =>
    listDeliveries(database.db, WORKSPACE, { limit: 50, ...filter });
  const keysOf = async (filter: Parameters<typeof list>[0]) => {
    const { items } = await list(filter);
    return items.map((item) => item.edge);
  };

  it('narrows by place, channel, state, id and day, newest first', async () => {
    const first = await insertDelivery(database.db, { edge: 'one', place: 'telegram:1' });
    await insertDelivery(database.db, { edge: 'two', place: 'mail:a@b.test', status: 'dead' });
    await insertDelivery(database.db, { edge: 'three', place: 'telegram:1:7', status: 'held' });
    await insertDelivery(database.db, {
      edge: 'old',
      createdAt: '2026-03-29T00:30:00+01:00',
      status: 'sent',
    });
    expect(await keysOf({})).toEqual(['old', 'three', 'two', 'one']);
    expect(await keysOf({ place: 'telegram:1' })).toEqual(['old', 'one']);
    expect(await keysOf({ channel: 'mail' })).toEqual(['two']);
    expect(await keysOf({ status: 'dead' })).toEqual(['two']);
    expect(await keysOf({ status: 'held' })).toEqual(['three']);
    expect(await keysOf({ id: first })).toEqual(['one']);
    const day = readLogDay('2026-03-29', { zone: 'Europe/Madrid', now: new Date() });
    expect(await keysOf(day)).toEqual(['old']);
  });

  it('goes on where a page ended', async () => {
    for (const edge of ['a', 'b', 'c']) await insertDelivery(database.db, { edge });
    const { items, next } = await list({ limit: 2 });
    expect(items.map((item) => item.edge)).toEqual(['c', 'b']);
    const rest = await list({ limit: 2, before: BigInt(next ?? '0') });
    expect(rest).toMatchObject({ items: [{ edge: 'a' }], next: null });
  });

  it('gives one with all its attempts, and refuses what is no id of this workspace', async () => {
    const id = await insertDelivery(database.db, { edge: 'red' });
    await insertTry(database.db, id, { number: 1, outcome: 'retry', error: 'cut', statusCode: 502 });
    await insertTry(database.db, id, { number: 2, outcome: 'sent' });
    expect((await getDelivery(database.db, WORKSPACE, id)).tries).toMatchObject([
      { number: 1, outcome: 'retry', error: 'cut', statusCode: 502 },
      { number: 2, outcome: 'sent', error: null },
    ]);
    const unknown = { code: 'delivery_unknown' };
    await expect(getDelivery(database.db, WORKSPACE, randomUUID())).rejects.toMatchObject(unknown);
    await expect(getDelivery(database.db, WORKSPACE, "1'; drop")).rejects.toMatchObject(unknown);
    await expect(getDelivery(database.db, 'other', id)).rejects.toMatchObject(unknown);
  });

  it('knows the alerts of silent sources, by number and by each metric of theirs', async () => {
    const alertId = randomUUID();
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.source_alert (id, workspace_id, number, source, opened_at, metrics, ever_metrics)
      values (${alertId}::uuid, ${WORKSPACE}, 1043, 'marts.orders', now(), array['revenue'], array['revenue', 'conversion'])`);
    await insertDelivery(database.db, { alertId, edge: 'stale' });
    expect(await findAlertId(database.db, WORKSPACE, 1043)).toBe(alertId);
    expect(await findAlertId(database.db, WORKSPACE, 7)).toBeUndefined();
    expect(await list({ metric: 'conversion' })).toMatchObject({
      items: [{ alertNumber: 1043, source: 'marts.orders', metric: null, edge: 'stale' }],
    });
    expect(await keysOf({ metric: 'visits' })).toEqual([]);
  });

  it('says "delayed" of what a platform told to wait', async () => {
    const id = await insertDelivery(database.db, { status: 'sent' });
    await insertTry(database.db, id, { number: 1, outcome: 'wait', retryAfterMs: 30_000 });
    await insertTry(database.db, id, { number: 2, outcome: 'sent' });
    expect(await list()).toMatchObject({ items: [{ delayed: true }] });
  });

  it('says "delayed" of what is due and waits behind the calls of its chat, and of no other', async () => {
    await insertDelivery(database.db, { edge: 'paced', place: 'telegram:1' });
    await insertDelivery(database.db, { edge: 'calm', place: 'telegram:2' });
    await insertDelivery(database.db, { edge: 'later', place: 'telegram:1', dueInMs: 60_000 });
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.place (workspace_id, key, channel, recent)
      values (${WORKSPACE}, 'telegram:1', 'telegram', array[now()]), (${WORKSPACE}, 'telegram:2', 'telegram', array[]::timestamptz[])`);
    const { items } = await list();
    expect(items.map(({ edge, delayed }) => [edge, delayed])).toEqual([
      ['later', false],
      ['calm', false],
      ['paced', true],
    ]);
  });

  it('says "delayed" of what was sent late because others went first, not of what nothing held back', async () => {
    const at = (second: number) => new Date(Date.UTC(2026, 10, 20, 10, 0, second)).toISOString();
    await insertDelivery(database.db, { edge: 'first', createdAt: at(0), sentAt: at(20), status: 'sent' });
    for (const [edge, place] of [
      ['behind', 'telegram:1'],
      ['alone', 'telegram:2'],
    ] as const) {
      const id = await insertDelivery(database.db, {
        edge,
        place,
        createdAt: at(0),
        sentAt: at(41),
        status: 'sent',
      });
      await insertTry(database.db, id, { number: 1, outcome: 'sent', startedAt: at(40) });
    }
    const { items } = await list();
    expect(items.map(({ edge, delayed }) => [edge, delayed])).toEqual([
      ['alone', false],
      ['behind', true],
      ['first', false],
    ]);
  });
});

describe('readLogDay', () => {
  const context = { zone: 'Europe/Madrid', now: new Date('2026-11-20T23:30:00Z') };

  it("is a day of the workspace's zone, also when a clock changes in it", () => {
    expect(readLogDay('today', context)).toEqual({
      from: new Date('2026-11-20T23:00:00Z'),
      to: new Date('2026-11-21T23:00:00Z'),
    });
    const { from, to } = readLogDay('2026-10-25', context);
    expect((to.getTime() - from.getTime()) / 3_600_000).toBe(25);
  });

  it.each(['someday', '2026-13-01', '20-11-2026', ''])('refuses "%s"', (text) => {
    expect(() => readLogDay(text, context)).toThrow(
      expect.objectContaining({ code: 'day_unreadable' }) as Error,
    );
  });
});
