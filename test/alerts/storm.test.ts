import { afterEach, describe, expect, it } from 'vitest';
import { findStorm, pressStorm } from '../../src/alerts/index.ts';
import { decideFolding, isFoldable } from '../../src/alerts/storm.ts';
import { sql } from '../../src/db/index.ts';
import type { DeliveryDraft } from '../../src/delivery/index.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { aMetric, aRegistry, ivan, WORKSPACE } from '../support/deps.ts';
import { NO_HOOKS } from '../support/registry-parts.ts';
import { CALLER, openStage, someMetrics, type Stage } from './stage.ts';

const ROOM = 'telegram:-100200';
const OTHER = 'telegram:-100900';

describe('folding', () => {
  it('begins with the message that is one too many, and an open storm takes all', () => {
    const calm = { pushes: 0, quiet: 0, open: null };
    const pushes = (count: number) => ({ pushes: count, quiet: 0 });
    expect(decideFolding(calm, pushes(5), 5)).toEqual({ kind: 'pass' });
    expect(decideFolding(calm, pushes(6), 5)).toMatchObject({ kind: 'fold', isStormy: true });
    expect(decideFolding({ ...calm, pushes: 5 }, pushes(1), 5)).toMatchObject({ kind: 'fold' });
    expect(decideFolding({ ...calm, open: { id: 's' } }, pushes(1), 5)).toEqual({
      kind: 'fold',
      open: { id: 's' },
      isStormy: false,
    });
  });

  it('is of quiet messages only beyond what a group takes in a minute', () => {
    const quiet = (count: number) => ({ pushes: 0, quiet: count });
    const weather = { pushes: 3, quiet: 10, open: null };
    expect(decideFolding(weather, quiet(7), 5)).toEqual({ kind: 'pass' });
    expect(decideFolding(weather, quiet(8), 5)).toMatchObject({ kind: 'fold' });
    expect(decideFolding(weather, quiet(8), 1000)).toEqual({ kind: 'pass' });
  });

  it('is of new messages about alerts that nobody pressed for', () => {
    const draft: DeliveryDraft = {
      key: 'k',
      alertId: 'a',
      edge: 'entered_red',
      place: { channel: 'telegram', chat: '1', topic: null },
      operation: 'post',
      silent: false,
      priority: 1,
      hold: null,
      payload: {},
    };
    expect(isFoldable(draft)).toBe(true);
    expect(isFoldable({ ...draft, operation: 'edit' })).toBe(false);
    expect(isFoldable({ ...draft, operation: 'reply', edge: 'acked' })).toBe(false);
    expect(isFoldable({ ...draft, edge: 'stale' })).toBe(false);
    expect(isFoldable({ ...draft, alertId: null, operation: 'notice' })).toBe(false);
    expect(isFoldable({ ...draft, hold: { until: new Date(), reason: 'r' } })).toBe(false);
    expect(isFoldable({ ...draft, place: { channel: 'webhook', name: 'pager' } })).toBe(false);
  });
});

describeOnBothDatabases('a storm', (database: TestDatabase) => {
  let stage: Stage;
  afterEach(() => stage.close());

  const workspace = {
    ...aRegistry([]).workspace,
    rooms: [
      { telegram: -100_200, telegramTopic: null, slack: null, hooks: NO_HOOKS, teams: ['growth'] },
      { telegram: -100_900, telegramTopic: null, slack: null, hooks: NO_HOOKS, teams: ['support'] },
    ],
    policies: { ...aRegistry([]).workspace.policies, storm: { moreThan: 5, withinMs: 2_000 } },
  };
  const calm = aMetric({
    id: 'calm',
    owner: null,
    teams: ['support'],
    sql: 'select 99 as value',
  });

  async function strike(count = 12) {
    stage = await openStage(database, [...someMetrics(count), calm], { workspace, people: [ivan] });
    for (let n = 1; n <= count; n += 1) stage.set(`m_${n}`, 3);
    await stage.tick();
  }

  const shapes = async (place: string) =>
    (await stage.sent())
      .filter((one) => one.place === place)
      .map(({ operation, edge }) => `${operation} ${edge}`);

  async function storms() {
    return database.db.prisma.$queryRaw<
      { number: number; place: string; alerts: number; ended: boolean }[]
    >(sql`
      select s.number, s.place, s.ended_at is not null as ended, count(a.*)::int as alerts
      from heartbeat.storm s left join heartbeat.storm_alert a on a.storm_id = s.id
      where s.workspace_id = ${WORKSPACE} group by s.id order by s.place`);
  }

  it('T08 is one message a place that names all alerts; another place hears of its own as ever', async () => {
    await strike();
    stage.set('calm', 3);
    await stage.tick();
    const found = await storms();
    expect(found.map(({ place, alerts }) => [place, alerts])).toEqual([
      [ROOM, 12],
      ['telegram:1001', 12],
    ]);
    const room = await shapes(ROOM);
    expect(room.filter((one) => one === 'post storm')).toHaveLength(1);
    expect(room.filter((one) => one === 'post entered_red').length).toBeLessThanOrEqual(5);
    expect(await shapes(OTHER)).toEqual(['post entered_red']);
  });

  it('T08 is not made of silent sources: a single red beside six of them is a push', async () => {
    stage = await openStage(database, someMetrics(1));
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.delivery (id, workspace_id, key, alert_id, edge, channel, place, lane, operation, silent, priority, status)
      select gen_random_uuid(), ${WORKSPACE}, 'source ' || n, gen_random_uuid(), (array['stale', 'stale_changed', 'fresh'])[1 + n % 3],
        'telegram', ${ROOM}, ${ROOM}, 'post', false, 2, 'sent'
      from generate_series(1, 6) as n`);
    stage.set('m_1', 3);
    await stage.tick();
    expect((await shapes(ROOM)).at(-1)).toBe('post entered_red');
    expect(await storms()).toEqual([]);
  });

  it('ends without a flood, is redrawn when its alerts recover, and says once that all are over', async () => {
    await strike();
    await expect
      .poll(async () => (await storms()).map(({ ended }) => ended), { timeout: 8_000 })
      .toEqual([true, true]);
    const over = (await stage.sent()).filter(({ edge }) => edge === 'storm_over');
    expect(over.map(({ silent, payload }) => [silent, payload])).toMatchObject([
      [true, { alerts: 12, open: 12 }],
      [true, { alerts: 12, open: 12 }],
    ]);
    for (let n = 1; n <= 12; n += 1) stage.set(`m_${n}`, 4.5);
    await stage.tick();
    await expect
      .poll(async () => (await shapes(ROOM)).filter((one) => one === 'reply storm_recovered').length, {
        timeout: 8_000,
      })
      .toBe(1);
    expect((await shapes(ROOM)).filter((one) => one === 'edit storm_changed')).toHaveLength(1);
  });

  it('T10 "ack all" acks each alert once, however often it is pressed', async () => {
    await strike();
    const [room] = await storms();
    const press = { storm: room?.number ?? 0, action: { kind: 'ack' } as const };
    expect(await pressStorm(stage.deps, CALLER, press)).toEqual({ done: 12, open: 12 });
    expect(await pressStorm(stage.deps, CALLER, press)).toEqual({ done: 0, open: 12 });
    const storm = await findStorm(database.db, WORKSPACE, { number: press.storm });
    expect(storm?.alerts.map(({ state }) => state)).toEqual(Array(12).fill('acked'));
    const journal = await database.db.prisma.$queryRaw<{ n: number }[]>(
      sql`select count(*)::int as n from heartbeat.journal where verb = 'alert.ack' and actor = ${ivan.email}`,
    );
    expect(journal[0]?.n).toBe(12);
  });

  it('"snooze all" leaves what somebody has; a viewer who owns nothing may not', async () => {
    await strike(6);
    const [room] = await storms();
    const storm = room?.number ?? 0;
    const until = new Date(stage.clock.now().getTime() + 3_600_000);
    const vera = {
      ...CALLER,
      person: { ...ivan, email: 'vera@shop.test', role: 'viewer' as const },
      role: 'viewer' as const,
    };
    await expect(pressStorm(stage.deps, vera, { storm, action: { kind: 'ack' } })).rejects.toMatchObject({
      code: 'role_too_low',
    });
    expect(await pressStorm(stage.deps, CALLER, { storm, action: { kind: 'snooze', until } })).toEqual({
      done: 6,
      open: 6,
    });
    await expect(
      pressStorm(stage.deps, CALLER, { storm: 999_999, action: { kind: 'ack' } }),
    ).rejects.toMatchObject({
      code: 'storm_unknown',
    });
  });
});
