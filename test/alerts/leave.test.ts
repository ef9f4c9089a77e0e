/** Whoever leaves hears nothing more, and what they had open goes at once to whoever it is for now. */
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { leavePlaces, pressAlert } from '../../src/alerts/index.ts';
import { listLeftPlaces } from '../../src/alerts/left-places.ts';
import { sql } from '../../src/db/index.ts';
import type { Person, Registry } from '../../src/registry/index.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { aRegistry, ivan, WORKSPACE } from '../support/deps.ts';
import { aPerson } from '../support/registry-parts.ts';
import { CALLER, openStage, someMetrics, type Stage } from './stage.ts';

const OPS = 'telegram:-100300';
const ROOM = 'telegram:-100200';
const HERS = 'telegram:1005';
const olga = aPerson('olga@shop.test', { name: 'Olga', telegramId: 1005, phone: '+34600' });

describe('a place that was somebody’s', () => {
  const { workspace } = aRegistry([]);
  const opsInbox = { ...workspace.opsInbox, email: 'ops@shop.test', telegram: 1009 };
  const left = (keys: string[], people: readonly Person[] = [ivan]) =>
    listLeftPlaces(keys, { people, workspace: { ...workspace, opsInbox } });

  it('is a private chat, a mailbox or a phone of nobody in the files', () => {
    const keys = [HERS, 'slack:U05', 'mail:Olga@Shop.test', 'sms:+34600'];
    expect(left(keys)).toEqual(keys);
    expect(left(keys, [ivan, { ...olga, slackId: 'U05' }])).toEqual([]);
  });

  it('is no room, channel, web hook or ops inbox', () => {
    const shared = [ROOM, 'telegram:-100900:7', 'slack:C05', 'webhook:pager', 'discord:ops'];
    expect(left([...shared, 'telegram:1009', 'mail:ops@shop.test', 'telegram:1001'])).toEqual([]);
  });
});

describeOnBothDatabases('leaving', (database: TestDatabase) => {
  let stage: Stage;
  afterEach(() => stage.close());

  async function open(count = 1, over: Partial<Registry> = {}, teams: string[] = []) {
    const metrics = someMetrics(count, { owner: olga.email, teams });
    stage = await openStage(database, metrics, { people: [ivan, olga], ...over });
    for (let n = 1; n <= count; n += 1) stage.set(`m_${n}`, 3);
    await stage.tick();
    return metrics;
  }

  /** All that waits is sent: posts have messages. */
  async function send(): Promise<void> {
    const { prisma } = database.db;
    await prisma.$executeRaw(sql`
      insert into heartbeat.alert_message (workspace_id, alert_id, place, message_id)
      select workspace_id, alert_id, place, '7' from heartbeat.delivery where operation = 'post' and status = 'pending'
      on conflict do nothing`);
    await prisma.$executeRaw(sql`update heartbeat.delivery set status = 'sent' where status = 'pending'`);
  }

  async function leave(people: readonly Person[] = [ivan]): Promise<void> {
    const { metrics, workspace } = stage.deps.registry.current();
    stage.deps.use(aRegistry([...metrics.values()], { workspace, people }));
    await leavePlaces(stage.deps);
  }

  const shapes = async (place: string) =>
    (await stage.sent())
      .filter((one) => one.place === place)
      .map(({ operation, edge, status }) => `${operation} ${edge} ${status}`);
  const messages = async () => {
    const rows = await database.db.prisma.$queryRaw<{ place: string }[]>(
      sql`select place from heartbeat.alert_message order by place`,
    );
    return rows.map(({ place }) => place);
  };

  it('brings an open alert to the ops inbox at once, unowned and once, and to no room again', async () => {
    await open(1, {}, ['growth']);
    await send();
    expect(await shapes(OPS)).toEqual([]);
    await Promise.all([leave(), leave()]);
    await leave();
    expect(await shapes(OPS)).toEqual(['post entered_red pending']);
    expect((await stage.sent()).at(-1)).toMatchObject({ silent: false, place: OPS });
    expect(await shapes(ROOM)).toEqual(['post entered_red sent']);
    expect(await messages()).toEqual([ROOM]);
    const alerts = await database.db.prisma.$queryRaw(
      sql`select (facts ->> 'unowned')::boolean as unowned from heartbeat.alerts`,
    );
    expect(alerts).toEqual([{ unowned: true }]);
    await send();
    stage.set('m_1', 4.5);
    await stage.tick();
    expect(await shapes(HERS), 'neither edit nor recovery').toEqual(['post entered_red sent']);
    expect(await shapes(OPS)).toContain('reply resolved pending');
  });

  it('stops what waits for them; what somebody has in hand moves without a sound', async () => {
    await open();
    await pressAlert(stage.deps, CALLER, {
      alert: { number: 1001 },
      version: null,
      action: { kind: 'ack' },
      place: null,
    });
    await leave();
    const hers = (await stage.sent()).filter(({ place }) => place === HERS);
    expect(hers.length).toBeGreaterThan(0);
    for (const one of hers)
      expect(one).toMatchObject({ status: 'superseded', reason: 'its reader has left' });
    expect((await stage.sent()).filter(({ place }) => place === OPS)).toMatchObject([
      { operation: 'post', silent: true },
    ]);
  });

  it('leaves alone what is over, the answer to who asked for access, and pinned cockpits', async () => {
    await open();
    await send();
    stage.set('m_1', 4.5);
    await stage.tick();
    const pin = randomUUID();
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.alert_message (workspace_id, alert_id, place, message_id)
      values (${WORKSPACE}, ${pin}::uuid, ${HERS}, '9')`);
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.delivery (id, workspace_id, key, edge, channel, place, lane, operation, priority)
      values (gen_random_uuid(), ${WORKSPACE}, 'x', 'access_answer', 'telegram', ${HERS}, ${HERS}, 'notice', 2)`);
    await leave();
    expect(await shapes(OPS)).toEqual([]);
    expect(await messages()).toEqual([HERS]);
    expect(await shapes(HERS)).toContain('notice access_answer pending');
  });

  it('T08 moves a storm of theirs as one message, and says no end of it to them', async () => {
    const { workspace } = aRegistry([]);
    const storm = { moreThan: 2, withinMs: 60_000 };
    await open(8, { workspace: { ...workspace, policies: { ...workspace.policies, storm } } });
    await send();
    const before = await shapes(HERS);
    expect(before).toContain('post storm sent');
    await leave();
    expect(await shapes(OPS)).toEqual(['post storm pending']);
    const storms = await database.db.prisma.$queryRaw(sql`
      select s.place, s.over_at is not null as over, count(*)::int as alerts
      from heartbeat.storm s join heartbeat.storm_alert a on a.storm_id = s.id group by s.id order by over`);
    expect(storms).toEqual([
      { place: OPS, over: false, alerts: 8 },
      { place: HERS, over: true, alerts: expect.any(Number) },
    ]);
    for (let n = 1; n <= 8; n += 1) stage.set(`m_${n}`, 4.5);
    await stage.tick();
    expect(await shapes(HERS)).toEqual(before);
  });

  it('sends no edit to who has left in the middle of a send', async () => {
    await open();
    await leave();
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.alert_message (workspace_id, alert_id, place, message_id)
      select workspace_id, id, ${HERS}, '7' from heartbeat.alerts`);
    const before = await shapes(HERS);
    stage.set('m_1', 4.5);
    await stage.tick();
    expect(await shapes(HERS)).toEqual(before);
  });

  it('is settled without the result of a call that is under way: another place hears at once', async () => {
    await open();
    await database.db.prisma.$executeRaw(sql`
      update heartbeat.delivery set status = 'sending', lease_by = 'w', lease_until = now() + interval '10 seconds'
      where place = ${HERS}`);
    await leave();
    expect(await shapes(HERS)).toEqual(['post entered_red superseded']);
    expect(await shapes(OPS)).toEqual(['post entered_red pending']);
    const leases = await database.db.prisma.$queryRaw(
      sql`select lease_by from heartbeat.delivery where place = ${HERS}`,
    );
    expect(leases).toEqual([{ lease_by: null }]);
  });

  it('follows a person to the account that is theirs now', async () => {
    await open();
    await send();
    await leave([ivan, { ...olga, telegramId: 1006 }]);
    expect(await shapes('telegram:1006')).toEqual(['post entered_red pending']);
    expect(await shapes(OPS)).toEqual([]);
    expect(await messages()).toEqual([]);
  });
});
