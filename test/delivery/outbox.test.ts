import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pino from 'pino';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createJobs, inTransaction, silentLog, sql, type Jobs } from '../../src/db/index.ts';
import {
  createOutbox,
  enqueueDeliveries,
  listDeliveries,
  moveLane,
  type Channel,
  type Composer,
  type DeliveryDraft,
  type Outbox,
} from '../../src/delivery/index.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { fakeChannel } from './fake-channel.ts';

const WORKSPACE = 'shop';
const log = pino({ level: 'silent' });

const composer: Composer = {
  compose: async (delivery) => ({
    kind: 'send',
    thread: null,
    view: null,
    answer: { lines: [[`${delivery.edge} ${delivery.operation}`]] },
    picture: null,
    messageId: null,
    hasPicture: false,
    pictureFollows: false,
  }),
  listFallbacks: (delivery, reason) =>
    delivery.edge === 'rescue' ? [] : [draft({ edge: 'rescue', chat: '-900', payload: { reason } })],
};

function draft(over: Partial<DeliveryDraft> & { chat?: string; topic?: number }): DeliveryDraft {
  const { chat = '1', topic = null, ...rest } = over;
  return {
    key: randomUUID(),
    alertId: null,
    edge: 'entered_red',
    place: { channel: 'telegram', chat, topic },
    operation: 'post',
    silent: false,
    priority: 1,
    hold: null,
    payload: {},
    ...rest,
  };
}

describeOnBothDatabases('outbox', (database: TestDatabase) => {
  const running: Outbox[] = [];
  let jobs: Jobs;

  beforeEach(async () => {
    await database.clear();
    jobs = await createJobs(database.db, [{ name: 'deliver' }], silentLog);
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((outbox) => outbox.stop()));
    await jobs.stop();
  });

  async function startOutbox(channel: Channel, over: Partial<Composer> = {}): Promise<Outbox> {
    const outbox = createOutbox({
      workspaceId: WORKSPACE,
      db: database.db,
      jobs,
      channels: [channel],
      composer: { ...composer, ...over },
      clock: systemClock,
      log,
      random: () => 0.5,
    });
    running.push(outbox);
    await outbox.start();
    return outbox;
  }

  async function enqueue(...drafts: DeliveryDraft[]): Promise<void> {
    await inTransaction(database.db, (tx) =>
      enqueueDeliveries(tx, jobs, { workspaceId: WORKSPACE, drafts, now: new Date() }),
    );
  }

  async function statuses(): Promise<Record<string, number>> {
    const { items } = await listDeliveries(database.db, WORKSPACE, { limit: 1000 });
    return Object.fromEntries(
      [...Map.groupBy(items, (item) => item.status)].map(([status, list]) => [status, list.length]),
    );
  }

  async function waitForStatus(status: string, count: number): Promise<void> {
    await expect
      .poll(async () => (await statuses())[status] ?? 0, { timeout: 10_000, interval: 20 })
      .toBe(count);
  }

  it('sends what was committed and records the attempt', async () => {
    const { channel, requests } = fakeChannel();
    await startOutbox(channel);
    await enqueue(draft({}));
    await waitForStatus('sent', 1);
    expect(requests).toHaveLength(1);
    const { items } = await listDeliveries(database.db, WORKSPACE, { limit: 1 });
    expect(items[0]).toMatchObject({ status: 'sent', attempts: 1, messageId: '1', place: 'telegram:1' });
    expect(items[0]?.tries).toMatchObject([{ number: 1, outcome: 'sent', error: null }]);
  });

  it('stores a key once', async () => {
    const same = draft({});
    await enqueue(same, same);
    await enqueue(same);
    expect(await statuses()).toEqual({ pending: 1 });
  });

  it('T07 a failed attempt is not recorded as sent, and its retry is not suppressed', async () => {
    const { channel, requests, script } = fakeChannel();
    let failures = 2;
    script.push(() =>
      failures-- > 0
        ? { kind: 'retry', reason: 'connection cut', statusCode: null, maybeSent: true }
        : undefined,
    );
    await startOutbox(channel);
    await enqueue(draft({}));
    await waitForStatus('sent', 1);
    expect(requests.map((request) => request.maybeSent)).toEqual([false, true, true]);
    const { items } = await listDeliveries(database.db, WORKSPACE, { limit: 1 });
    expect(items[0]?.tries.map((one) => one.outcome)).toEqual(['retry', 'retry', 'sent']);
  });

  it('T12 a limit in one chat waits exactly as told and delays no other', async () => {
    const { channel, requests, script } = fakeChannel();
    let told = false;
    script.push((request) => {
      if (told || request.place.channel !== 'telegram' || request.place.chat !== '1') return undefined;
      told = true;
      return { kind: 'wait', afterMs: 1200, reason: 'Too Many Requests' };
    });
    await startOutbox(channel);
    await enqueue(draft({}), draft({}), draft({ chat: '2' }));
    await waitForStatus('sent', 3);
    const toFirst = requests.filter(
      (request) => request.place.channel === 'telegram' && request.place.chat === '1',
    );
    const gap = (toFirst[1]?.at ?? 0) - (toFirst[0]?.at ?? 0);
    expect(gap).toBeGreaterThanOrEqual(1200);
    expect(gap).toBeLessThan(2200);
    const other = requests.find(
      (request) => request.place.channel === 'telegram' && request.place.chat === '2',
    );
    expect((other?.at ?? 0) - (toFirst[0]?.at ?? 0)).toBeLessThan(800);
  });

  it('T12 a refused token is tried once for all chats, and not again before its wait is over', async () => {
    const { channel, requests, script } = fakeChannel();
    script.push(() => ({ kind: 'unauthorized', reason: '401 Unauthorized' }));
    const { stats } = await startOutbox(channel);
    await enqueue(draft({ chat: '1' }));
    await expect.poll(() => requests.length, { timeout: 10_000, interval: 20 }).toBe(1);
    await expect.poll(async () => (await botPlace())?.held, { timeout: 10_000, interval: 20 }).toBe(true);
    await enqueue(draft({ chat: '1' }), draft({ chat: '2' }), draft({ chat: '3' }));
    await sleep(1_000);
    expect(requests).toHaveLength(1);
    expect(stats.lastError).toBe('401 Unauthorized');
    script.length = 0;
    await database.db.prisma.$executeRaw(sql`update heartbeat.place set held_until = now()`);
    await database.db.prisma.$executeRaw(sql`update heartbeat.delivery set next_attempt_at = now()`);
    await waitForStatus('sent', 4);
    expect(stats.lastError).toBeNull();
  });

  async function botPlace(): Promise<{ held: boolean } | undefined> {
    const rows = await database.db.prisma.$queryRaw<{ held: boolean }[]>(
      sql`select coalesce(held_until > now() + interval '25 seconds', false) as held from heartbeat.place where key = 'telegram:*'`,
    );
    return rows[0];
  }

  it('T13 follows a group to its new id, with everything that waits for it and all that comes later', async () => {
    const { channel, requests, script } = fakeChannel();
    script.push((request) =>
      request.place.channel === 'telegram' && request.place.chat === '-5'
        ? { kind: 'moved', to: { ...request.place, chat: '-1005' }, reason: 'group chat was upgraded' }
        : undefined,
    );
    await startOutbox(channel);
    await enqueue(draft({ chat: '-5' }), draft({ chat: '-5' }));
    await waitForStatus('sent', 2);
    await enqueue(draft({ chat: '-5' }));
    await waitForStatus('sent', 3);
    const chats = requests.map((request) => (request.place.channel === 'telegram' ? request.place.chat : ''));
    expect(chats.filter((chat) => chat === '-5')).toHaveLength(1);
    expect(chats.filter((chat) => chat === '-1005')).toHaveLength(3);
  });

  it('T13 gives open alerts a message in the group that moved, so that they are heard of to their end', async () => {
    const { channel, requests } = fakeChannel();
    const [open, over] = [randomUUID(), randomUUID()];
    await startOutbox(channel);
    for (const [number, id, state] of [
      [1, open, 'firing'],
      [2, over, 'resolved'],
    ] as const) {
      await database.db.prisma.$executeRaw(sql`
        insert into heartbeat.alerts (id, workspace_id, number, metric_id, level, state, version, worst_level, opened_at)
        values (${id}::uuid, ${WORKSPACE}, ${number}::int, 'conversion', 'red', ${state}, 1, 'red', now())`);
    }
    await enqueue(
      draft({ alertId: open, chat: '-5', topic: 7 }),
      draft({ alertId: over, chat: '-5', topic: 7 }),
    );
    await waitForStatus('sent', 2);
    await inTransaction(database.db, (tx) =>
      moveLane(tx, WORKSPACE, { from: 'telegram:-5', to: 'telegram:-1005' }),
    );
    await waitForStatus('sent', 3);
    expect(requests.at(-1)).toMatchObject({
      place: { chat: '-1005', topic: 7 },
      operation: 'post',
      silent: true,
    });
    const messages = await database.db.prisma.$queryRaw(
      sql`select alert_id, place from heartbeat.alert_message`,
    );
    expect(messages).toEqual([{ alert_id: open, place: 'telegram:-1005:7' }]);
  });

  it('T13 posts to the chat itself when its topic is deleted, and remembers', async () => {
    const { channel, requests, script } = fakeChannel();
    script.push((request) =>
      request.place.channel === 'telegram' && request.place.topic === 7
        ? { kind: 'topic_gone', reason: 'message thread not found' }
        : undefined,
    );
    await startOutbox(channel);
    await enqueue(draft({ chat: '-5', topic: 7 }));
    await waitForStatus('sent', 1);
    await enqueue(draft({ chat: '-5', topic: 7 }));
    await waitForStatus('sent', 2);
    expect(requests.map((request) => request.place.channel === 'telegram' && request.place.topic)).toEqual([
      7,
      null,
      null,
    ]);
  });

  it('T13 a blocked bot ends the delivery and tells the fallback', async () => {
    const { channel, requests, script } = fakeChannel();
    script.push((request) =>
      request.place.channel === 'telegram' && request.place.chat === '1'
        ? { kind: 'gone', reason: 'bot was blocked by the user', statusCode: 403 }
        : undefined,
    );
    await startOutbox(channel);
    await enqueue(draft({}));
    await waitForStatus('sent', 1);
    expect(await statuses()).toEqual({ dead: 1, sent: 1 });
    expect(requests.at(-1)?.place).toEqual({ channel: 'telegram', chat: '-900', topic: null });
  });

  it('keeps to one call a gap and to a group’s window, over two processes', async () => {
    const { channel, requests } = fakeChannel({ perPlaceGapMs: 50, perGroup: { count: 4, windowMs: 1500 } });
    await startOutbox(channel);
    await startOutbox(channel);
    await enqueue(...Array.from({ length: 9 }, () => draft({ chat: '-5' })));
    await waitForStatus('sent', 9);
    const times = requests.map((request) => request.at).toSorted((a, b) => a - b);
    for (let i = 1; i < times.length; i += 1)
      expect((times[i] ?? 0) - (times[i - 1] ?? 0)).toBeGreaterThan(35);
    for (let i = 4; i < times.length; i += 1)
      expect((times[i] ?? 0) - (times[i - 4] ?? 0)).toBeGreaterThan(1450);
  });

  it('takes presses first, then new red alerts, then what else is red, then the rest', async () => {
    const { channel, requests } = fakeChannel({ perPlaceGapMs: 60 });
    await enqueue(
      draft({ edge: 'rest', priority: 2 }),
      draft({ edge: 'escalated', operation: 'reply', priority: 1 }),
      draft({ edge: 'red', operation: 'post', priority: 1 }),
      draft({ edge: 'press', priority: 0 }),
    );
    await startOutbox(channel);
    await waitForStatus('sent', 4);
    expect(requests.map((request) => request.answer.lines[0]?.[0])).toEqual([
      'press post',
      'red post',
      'escalated reply',
      'rest post',
    ]);
  });

  it('never edits past a post that is not sent, and the newest edit stands for all', async () => {
    const alertId = randomUUID();
    const { channel, requests, script } = fakeChannel();
    let failed = false;
    script.push((request) => {
      if (request.operation !== 'post' || failed) return undefined;
      failed = true;
      return { kind: 'retry', reason: '502', statusCode: 502, maybeSent: false };
    });
    await enqueue(
      draft({ alertId }),
      draft({ alertId, operation: 'edit', edge: 'acked', priority: 0 }),
      draft({ alertId, operation: 'edit', edge: 'snoozed', priority: 0 }),
    );
    await startOutbox(channel);
    await waitForStatus('sent', 2);
    await waitForStatus('superseded', 1);
    expect(requests.map((request) => request.operation)).toEqual(['post', 'post', 'edit']);
  });

  it('repeats a value edit at most once a minute, on one row', async () => {
    const alertId = randomUUID();
    const value = draft({
      alertId,
      key: `${alertId}:value:telegram:1`,
      edge: 'value_changed',
      operation: 'edit',
      priority: 3,
    });
    const { channel } = fakeChannel();
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.alert_message (workspace_id, alert_id, place, message_id, edited_at)
      values (${WORKSPACE}, ${alertId}::uuid, 'telegram:1', '7', now() - interval '59 seconds')`);
    await startOutbox(channel, {
      compose: async (delivery) => ({ ...(await composer.compose(delivery)), messageId: '7' }) as never,
    });
    await enqueue(value);
    await enqueue(value);
    expect(await statuses()).toEqual({ pending: 1 });
    await waitForStatus('sent', 1);
    await enqueue(value);
    const { items } = await listDeliveries(database.db, WORKSPACE, { limit: 5 });
    expect(items).toHaveLength(1);
    expect(items[0]?.status).toBe('pending');
    expect(new Date(items[0]?.nextAttemptAt ?? 0).getTime() - Date.now()).toBeGreaterThan(55_000);
  });

  it('shows a value that changed while the edit of the one before was sent', async () => {
    const alertId = randomUUID();
    const value = draft({
      alertId,
      key: `${alertId}:value:telegram:1`,
      edge: 'value_changed',
      operation: 'edit',
      priority: 3,
    });
    const { channel, script, requests } = fakeChannel();
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.alert_message (workspace_id, alert_id, place, message_id, edited_at)
      values (${WORKSPACE}, ${alertId}::uuid, 'telegram:1', '7', now() - interval '2 minutes')`);
    script.push(async () => {
      script.length = 0;
      await enqueue(value);
      return { kind: 'sent', messageId: '7', hasPicture: false };
    });
    await startOutbox(channel, {
      compose: async (delivery) => ({ ...(await composer.compose(delivery)), messageId: '7' }) as never,
    });
    await enqueue(value);
    await waitForStatus('pending', 1);
    await expect.poll(() => requests.length, { timeout: 10_000, interval: 20 }).toBe(1);
    await waitForStatus('pending', 1);
    await database.db.prisma.$executeRaw(sql`update heartbeat.delivery set next_attempt_at = now()`);
    await waitForStatus('sent', 1);
    expect(requests).toHaveLength(2);
  });

  it('keeps each attempt of an edit that is sent again and again, and counts each call once', async () => {
    const alertId = randomUUID();
    const value = draft({
      alertId,
      key: `${alertId}:value:telegram:-5`,
      chat: '-5',
      edge: 'value_changed',
      operation: 'edit',
    });
    const { channel } = fakeChannel({ perGroup: { count: 20, windowMs: 60_000 } });
    await startOutbox(channel, {
      compose: async (delivery) => ({ ...(await composer.compose(delivery)), messageId: '7' }) as never,
    });
    for (let round = 1; round <= 3; round += 1) {
      await enqueue(value);
      await database.db.prisma.$executeRaw(sql`update heartbeat.delivery set next_attempt_at = now()`);
      await waitForStatus('sent', 1);
    }
    const { items } = await listDeliveries(database.db, WORKSPACE, { limit: 1 });
    expect(items[0]?.tries.map(({ outcome }) => outcome)).toEqual(['sent', 'sent', 'sent']);
    const attempts = await database.db.prisma.$queryRaw<{ number: number; own: boolean }[]>(sql`
      select number, ended_at <= coalesce(lead(started_at) over (order by id), 'infinity') as own
      from heartbeat.delivery_attempt order by id`);
    expect(attempts).toEqual([-1, 0, 1].map((number) => ({ number, own: true })));
    const lanes = await database.db.prisma.$queryRaw(
      sql`select cardinality(recent) as calls from heartbeat.place where key = 'telegram:-5'`,
    );
    expect(lanes).toEqual([{ calls: 3 }]);
  });

  it('brings what a channel did not take before what came after it; presses and other chats wait for nothing', async () => {
    const { channel, requests, script } = fakeChannel();
    let failures = 3;
    script.push(({ place, edge }) => {
      if (place.channel !== 'telegram' || place.chat !== '1' || edge !== 'entered_red') return undefined;
      failures -= 1;
      if (failures < 0) return undefined;
      return { kind: 'retry', reason: 'timed out', statusCode: null, maybeSent: false };
    });
    await startOutbox(channel);
    await enqueue(draft({ key: 'first' }));
    await expect.poll(() => failures, { interval: 5 }).toBeLessThan(3);
    await enqueue(
      draft({ edge: 'later' }),
      draft({ edge: 'press', priority: 0 }),
      draft({ edge: 'elsewhere', chat: '2' }),
    );
    await waitForStatus('sent', 4);
    expect(requests.map(({ edge }) => edge).filter((edge) => edge !== 'entered_red')).toEqual([
      expect.stringMatching(/press|elsewhere/),
      expect.stringMatching(/press|elsewhere/),
      'later',
    ]);
    expect(requests.at(-2)?.edge).toBe('entered_red');
  });

  it('lets a message that cannot be made keep nobody waiting', async () => {
    const { channel, requests } = fakeChannel();
    await startOutbox(channel, {
      compose: async (delivery) => {
        if (delivery.edge === 'broken') throw new Error('no such word');
        return composer.compose(delivery);
      },
    });
    await enqueue(draft({ edge: 'broken' }));
    const tries = async () =>
      (await listDeliveries(database.db, WORKSPACE, { limit: 5 })).items.find(({ edge }) => edge === 'broken')
        ?.attempts ?? 0;
    await expect.poll(tries, { timeout: 10_000, interval: 20 }).toBeGreaterThanOrEqual(3);
    await enqueue(draft({ edge: 'later' }));
    await waitForStatus('sent', 1);
    expect(requests.map(({ edge }) => edge)).toEqual(['later']);
  });

  it('takes over what a dead process had claimed, marked as maybe sent', async () => {
    const { channel, requests } = fakeChannel();
    await enqueue(draft({}));
    await database.db.prisma.$executeRaw(sql`
      update heartbeat.delivery set status = 'sending', attempts = 1, lease_by = 'dead', lease_until = now() + interval '1 second'`);
    await startOutbox(channel);
    await waitForStatus('sent', 1);
    expect(requests.map((request) => request.maybeSent)).toEqual([true]);
  });

  it('leaves to another process what that one took over while this one slept', async () => {
    const { channel, script } = fakeChannel();
    const alertId = randomUUID();
    const sent = Promise.withResolvers<void>();
    script.push(async () => {
      await database.db.prisma.$executeRaw(
        sql`update heartbeat.delivery set lease_by = 'other', attempts = 2`,
      );
      await database.db.prisma.$executeRaw(
        sql`update heartbeat.place set busy_by = 'other' where key = 'telegram:1'`,
      );
      await database.db.prisma.$executeRaw(sql`
        insert into heartbeat.alert_message (workspace_id, alert_id, place, message_id)
        values (${WORKSPACE}, ${alertId}::uuid, 'telegram:1', '99')`);
      sent.resolve();
      return { kind: 'sent', messageId: '1', hasPicture: false };
    });
    const outbox = await startOutbox(channel);
    await enqueue(draft({ alertId }));
    await sent.promise;
    await outbox.stop();
    expect(await statuses()).toEqual({ sending: 1 });
    const messages = await database.db.prisma.$queryRaw(sql`select message_id from heartbeat.alert_message`);
    expect(messages).toEqual([{ message_id: '99' }]);
    const lanes = await database.db.prisma.$queryRaw(
      sql`select busy_by from heartbeat.place where key = 'telegram:1'`,
    );
    expect(lanes).toEqual([{ busy_by: 'other' }]);
  });

  it('counts a call for pacing from when it was made, however long its words took', async () => {
    const { channel, requests } = fakeChannel({ perPlaceGapMs: 300 });
    let isFirst = true;
    await enqueue(draft({}), draft({}));
    await startOutbox(channel, {
      compose: async (delivery) => {
        await sleep(isFirst ? 600 : 0);
        isFirst = false;
        return composer.compose(delivery);
      },
    });
    await waitForStatus('sent', 2);
    expect((requests[1]?.at ?? 0) - (requests[0]?.at ?? 0)).toBeGreaterThanOrEqual(295);
  });

  it('keeps to a bot’s calls a second, however long their words took', async () => {
    const { channel, requests } = fakeChannel({ perBotPerSecond: 5 });
    let made = 0;
    await startOutbox(channel, {
      compose: async (delivery) => {
        made += 1;
        if (made <= 5) await sleep(900);
        return composer.compose(delivery);
      },
    });
    await enqueue(...Array.from({ length: 15 }, (_, index) => draft({ chat: String(index + 1) })));
    await waitForStatus('sent', 15);
    const times = requests.map(({ at }) => at).toSorted((a, b) => a - b);
    const most = times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length);
    expect(Math.max(...most)).toBeLessThanOrEqual(5);
  });

  it('spends no slot of a group’s window on a message that need not be sent', async () => {
    const { channel, requests } = fakeChannel({ perPlaceGapMs: 0, perGroup: { count: 2, windowMs: 60_000 } });
    await enqueue(draft({ chat: '-5' }), draft({ chat: '-5', edge: 'shown' }), draft({ chat: '-5' }));
    await startOutbox(channel, {
      compose: async (delivery) =>
        delivery.edge === 'shown'
          ? { kind: 'skip', reason: 'the message shows it already' }
          : composer.compose(delivery),
    });
    await waitForStatus('sent', 2);
    expect(await statuses()).toEqual({ sent: 2, superseded: 1 });
    expect(requests).toHaveLength(2);
  });

  it('waits for the composer’s trouble to pass instead of losing the delivery', async () => {
    const { channel } = fakeChannel();
    let calls = 0;
    await startOutbox(channel, {
      compose: async (delivery) => {
        calls += 1;
        if (calls === 1) throw new Error('database is starting');
        return composer.compose(delivery);
      },
    });
    await enqueue(draft({}));
    await waitForStatus('sent', 1);
    expect(calls).toBe(2);
  });

  it('shares pacing with direct answers', async () => {
    const { channel } = fakeChannel({ perPlaceGapMs: 300 });
    const outbox = await startOutbox(channel);
    const place = { channel: 'telegram', chat: '3', topic: null } as const;
    const started = performance.now();
    await outbox.reserve(place);
    const first = performance.now() - started;
    await outbox.reserve(place);
    expect(first).toBeLessThan(250);
    expect(performance.now() - started).toBeGreaterThanOrEqual(290);
  });
});
