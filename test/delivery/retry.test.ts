import { randomUUID } from 'node:crypto';
import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createJobs, silentLog, sql, type Jobs } from '../../src/db/index.ts';
import {
  createOutbox,
  getDelivery,
  retryDeadLetters,
  retryDelivery,
  type Outbox,
} from '../../src/delivery/index.ts';
import { listJournal } from '../../src/journal/index.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { createApiCaller, type Caller } from '../../src/people/index.ts';
import { describeOnBothDatabases } from '../support/database.ts';
import { fakeChannel } from './fake-channel.ts';
import { insertDelivery, insertTry } from './rows.ts';

const WORKSPACE = 'shop';

function callerOf(role: Caller['role']): Caller {
  const workspace = { id: WORKSPACE, locale: 'en', timezone: 'UTC' } as const;
  return { ...createApiCaller({ name: 'ops', role: 'viewer' }, { workspace, requestId: 'r1' }), role };
}

describeOnBothDatabases('retry of dead letters', (database) => {
  let kicks = 0;
  let jobs: Jobs;
  let outbox: Outbox | undefined;
  const deps = () => ({
    db: database.db,
    workspaceId: WORKSPACE,
    clock: systemClock,
    outbox: { kick: () => void (kicks += 1) },
  });
  const approver = callerOf('approver');

  beforeEach(async () => {
    kicks = 0;
    await database.clear();
    jobs = await createJobs(database.db, [{ name: 'deliver' }], silentLog);
  });
  afterEach(async () => {
    await outbox?.stop();
    outbox = undefined;
    await jobs.stop();
  });

  async function insertDead(over: Parameters<typeof insertDelivery>[1] = {}): Promise<string> {
    const id = await insertDelivery(database.db, { status: 'dead', attempts: 2, reason: 'blocked', ...over });
    await insertTry(database.db, id, { number: 1, outcome: 'bad', error: 'parse' });
    await insertTry(database.db, id, { number: 2, outcome: 'gone', error: 'blocked' });
    return id;
  }

  it('makes it due at once, from the first attempt on, and writes who did it', async () => {
    const id = await insertDead();
    await retryDelivery(deps(), approver, id);
    expect(kicks).toBe(1);
    const found = await getDelivery(database.db, WORKSPACE, id);
    expect(found).toMatchObject({ status: 'pending', attempts: 0, reason: null });
    expect(found.tries.map((one) => [one.number, one.outcome])).toEqual([
      [1, 'bad'],
      [2, 'gone'],
    ]);
    const { items } = await listJournal(database.db, { workspaceId: WORKSPACE });
    expect(items).toMatchObject([
      {
        actor: 'api:ops',
        verb: 'delivery.retry',
        subject: `delivery:${id}`,
        before: { status: 'dead', attempts: 2, reason: 'blocked' },
        after: { status: 'pending' },
      },
    ]);
  });

  it('T07 is sent, and the failed attempts stay beside the one that worked', async () => {
    const id = await insertDead();
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.place (workspace_id, key, channel) values (${WORKSPACE}, 'telegram:1', 'telegram'), (${WORKSPACE}, 'telegram:*', 'telegram')`);
    const { channel, requests } = fakeChannel();
    outbox = createOutbox({
      workspaceId: WORKSPACE,
      db: database.db,
      jobs,
      channels: [channel],
      composer: {
        compose: async () => ({
          kind: 'send',
          thread: null,
          view: null,
          answer: { lines: [['again']] },
          picture: null,
          messageId: null,
          hasPicture: false,
          pictureFollows: false,
        }),
        listFallbacks: () => [],
      },
      clock: systemClock,
      log: pino({ level: 'silent' }),
    });
    await outbox.start();
    await retryDelivery({ ...deps(), outbox }, approver, id);
    await expect
      .poll(async () => (await getDelivery(database.db, WORKSPACE, id)).status, { timeout: 10_000 })
      .toBe('sent');
    expect(requests).toHaveLength(1);
    const { tries } = await getDelivery(database.db, WORKSPACE, id);
    expect(tries.map((one) => [one.number, one.outcome, one.error])).toEqual([
      [1, 'bad', 'parse'],
      [2, 'gone', 'blocked'],
      [3, 'sent', null],
    ]);
  });

  it('gives a red message its 15 minutes again', async () => {
    const id = await insertDead();
    await database.db.prisma.$executeRaw(
      sql`update heartbeat.delivery set give_up_at = now() - interval '1 hour' where id = ${id}::uuid`,
    );
    await retryDelivery(deps(), approver, id);
    const rows = await database.db.prisma.$queryRaw<{ seconds: number }[]>(
      sql`select extract(epoch from give_up_at - now())::float8 as seconds from heartbeat.delivery where id = ${id}::uuid`,
    );
    expect(rows[0]?.seconds).toBeGreaterThan(14 * 60);
  });

  it('refuses one that is not dead, one that is not there, and who is no approver; nothing changes', async () => {
    const sent = await insertDelivery(database.db, { status: 'sent' });
    const dead = await insertDead();
    await expect(retryDelivery(deps(), approver, sent)).rejects.toMatchObject({ code: 'delivery_not_dead' });
    await expect(retryDelivery(deps(), approver, randomUUID())).rejects.toMatchObject({
      code: 'delivery_unknown',
    });
    await expect(retryDelivery(deps(), approver, 'A-1042')).rejects.toMatchObject({
      code: 'delivery_unknown',
    });
    await expect(retryDelivery(deps(), callerOf('operator'), dead)).rejects.toMatchObject({
      code: 'role_too_low',
    });
    await expect(retryDelivery({ ...deps(), workspaceId: 'other' }, approver, dead)).rejects.toMatchObject({
      code: 'delivery_unknown',
    });
    expect((await getDelivery(database.db, WORKSPACE, dead)).status).toBe('dead');
    expect(await listJournal(database.db, { workspaceId: WORKSPACE })).toMatchObject({ items: [] });
    expect(kicks).toBe(0);
  });

  it('has one effect when two people retry at once', async () => {
    const id = await insertDead();
    const results = await Promise.allSettled([1, 2].map(() => retryDelivery(deps(), approver, id)));
    expect(results.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await listJournal(database.db, { workspaceId: WORKSPACE })).items).toHaveLength(1);
  });

  it('retries all that a filter leaves, oldest first', async () => {
    const ids = [await insertDead(), await insertDead(), await insertDead({ place: 'mail:a@b.test' })];
    await insertDelivery(database.db, { status: 'sent' });
    expect(await retryDeadLetters(deps(), approver, { channel: 'telegram' })).toEqual(ids.slice(0, 2));
    expect(await retryDeadLetters(deps(), approver, {})).toEqual(ids.slice(2));
    expect(await retryDeadLetters(deps(), approver, {})).toEqual([]);
    await expect(retryDeadLetters(deps(), callerOf('viewer'), {})).rejects.toMatchObject({
      code: 'role_too_low',
    });
  });
});
