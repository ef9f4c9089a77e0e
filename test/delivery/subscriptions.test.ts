import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { inTransaction, sql } from '../../src/db/index.ts';
import { isLastWay, isUnsubscribed, setSubscribed } from '../../src/delivery/index.ts';
import { withServerDatabase } from '../support/database.ts';

const database = withServerDatabase();
const MAIL = 'mail:ivan@shop.test';
const at = new Date('2026-11-20T10:00:00Z');
const where = () => ({ db: database.db, workspaceId: 'shop' });

beforeEach(() => database.clear());

const set = (wanted: boolean, workspaceId = 'shop'): Promise<boolean> =>
  inTransaction(database.db, (tx) => setSubscribed(tx, { workspaceId, place: MAIL, at }, wanted));

async function store(status: string, alertId: string | null, place: string): Promise<string> {
  const id = randomUUID();
  await database.db.prisma.$executeRaw(sql`
    insert into heartbeat.delivery (id, workspace_id, key, alert_id, edge, channel, place, lane, operation, priority, status)
    values (${id}::uuid, 'shop', ${id}, ${alertId}::uuid, 'entered_red', split_part(${place}, ':', 1), ${place}, ${place}, 'post', 1, ${status})`);
  return id;
}

describe('a place that wants no messages', () => {
  it('is known until it wants them again, in its own workspace, whatever the case of its letters', async () => {
    expect(await isUnsubscribed(where(), MAIL)).toBe(false);
    expect(await set(false)).toBe(true);
    expect(await set(false)).toBe(false);
    expect(await isUnsubscribed(where(), 'mail:Ivan@Shop.test')).toBe(true);
    expect(await isUnsubscribed({ ...where(), workspaceId: 'other' }, MAIL)).toBe(false);
    expect(await set(true, 'other')).toBe(false);
    expect(await set(true)).toBe(true);
    expect(await isUnsubscribed(where(), MAIL)).toBe(false);
  });

  it('is the last way of an alert once another message of it failed for good', async () => {
    const alertId = randomUUID();
    const mail = await store('sending', alertId, MAIL);
    const notice = await store('sending', null, MAIL);
    await store('sent', alertId, 'telegram:1001');
    await store('dead', randomUUID(), 'telegram:1001');
    await store('dead', null, 'telegram:1001');
    expect(await isLastWay(where(), mail)).toBe(false);
    expect(await isLastWay(where(), notice)).toBe(false);
    await store('dead', alertId, 'telegram:1002');
    expect(await isLastWay(where(), mail)).toBe(true);
  });
});
