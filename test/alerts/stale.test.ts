import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { sweepAlerts } from '../../src/alerts/index.ts';
import { maskValues } from '../../src/alerts/mask-values.ts';
import { planStale } from '../../src/alerts/stale.ts';
import { sql } from '../../src/db/index.ts';
import { HOUR } from '../../src/lib/time.ts';
import { createPulse } from '../../src/pulse/index.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { aMetric, WORKSPACE } from '../support/deps.ts';
import { openStage, someMetrics, type Stage } from './stage.ts';

describe('metrics that are stale', () => {
  const stale = (id: string, ...sources: string[]) => ({ id, sources, unreachable: false });

  it('and share a source are one alert that names them', () => {
    const plan = planStale([stale('a', 'orders', 'sessions'), stale('b', 'orders'), stale('c', 'stock')], []);
    expect(plan).toEqual({
      kept: [],
      opened: [
        { source: 'orders', metrics: ['a', 'b'] },
        { source: 'stock', metrics: ['c'] },
      ],
    });
  });

  it('join the alert of a source they read, and leave it when they are fresh', () => {
    const open = [{ id: 'x', source: 'orders', metrics: ['a', 'b'] }];
    expect(planStale([stale('a', 'orders'), stale('c', 'orders', 'stock')], open)).toEqual({
      kept: [{ id: 'x', source: 'orders', metrics: ['a', 'c'], isChanged: true }],
      opened: [],
    });
    expect(planStale([stale('a', 'orders'), stale('b', 'orders')], open).kept[0]?.isChanged).toBe(false);
    expect(planStale([], open).kept[0]).toMatchObject({ metrics: [], isChanged: true });
  });

  it('because the warehouse cannot be reached are one alert, whatever they read', () => {
    const away = [stale('a', 'orders'), stale('b', 'stock')].map((one) => ({ ...one, unreachable: true }));
    expect(planStale(away, []).opened).toEqual([{ source: 'warehouse', metrics: ['a', 'b'] }]);
  });
});

describe('an error of the warehouse', () => {
  it.each([
    ['invalid input syntax for type integer: "secret"', 'invalid input syntax for type integer: "…"'],
    [
      'column "price" of relation "orders" does not exist',
      'column "price" of relation "orders" does not exist',
    ],
    ['Key (email)=(ann@shop.test) already exists', 'Key (email)=(…) already exists'],
    ["unrecognized value 'hunter2' for ann@shop.test", "unrecognized value '…' for …"],
    ['Failing row contains (1, Ann, (2)).', 'Failing row contains (…).'],
  ])('is told with its values masked: %s', (text, masked) => {
    expect(maskValues(text)).toBe(masked);
  });
});

describeOnBothDatabases('a silent source', (database: TestDatabase) => {
  let stage: Stage;
  afterEach(() => stage.close());

  async function sources() {
    return database.db.prisma.$queryRaw<{ source: string; metrics: string[]; over: boolean }[]>(sql`
      select source, metrics, recovered_at is not null as over from heartbeat.source_alert
      where workspace_id = ${WORKSPACE} order by number`);
  }

  const told = async () =>
    (await stage.sent())
      .filter(({ edge }) => edge.startsWith('stale') || edge === 'fresh')
      .map(({ edge, operation, place }) => `${operation} ${edge} ${place}`);

  it('is one alert to the owners and the ops inbox, apart from levels, and says when it is back', async () => {
    stage = await openStage(database, someMetrics(3));
    for (const id of ['m_1', 'm_2', 'm_3']) stage.set(id, null);
    await stage.tick();
    await stage.tick();
    await stage.tick();
    await expect
      .poll(sources, { timeout: 5_000 })
      .toEqual([{ source: 'marts.orders', metrics: ['m_1', 'm_2', 'm_3'], over: false }]);
    expect(await told()).toEqual(['post stale telegram:1001', 'post stale telegram:-100300']);
    for (const id of ['m_1', 'm_2', 'm_3']) stage.set(id, 4.5);
    await stage.tick();
    await expect.poll(async () => (await sources())[0]?.over, { timeout: 5_000 }).toBe(true);
    expect((await stage.sent()).filter(({ edge }) => edge === 'entered_red')).toEqual([]);
  });

  it('T05 is not fresh again for a process whose clock is behind', async () => {
    stage = await openStage(database, someMetrics(1));
    stage.set('m_1', null);
    for (let n = 0; n < 3; n += 1) await stage.tick();
    await expect.poll(async () => (await sources()).length, { timeout: 5_000 }).toBe(1);
    const noticed = stage.clock.now();
    const staleAt = await database.db.prisma.$queryRaw<{ at: Date }[]>(
      sql`update heartbeat.metric_state set stale_at = ${noticed}::timestamptz - interval '1 second' returning stale_at as at`,
    );
    const behind = new Date((staleAt[0]?.at.getTime() ?? 0) - 4_000);
    for (const at of [behind, noticed, behind]) await sweepAlerts(stage.deps, at);
    expect(await sources()).toMatchObject([{ over: false }]);
    expect(await told()).toHaveLength(2);
  });

  it('T05 is not what was never asked: after two hours away only the one that still gives nothing is told', async () => {
    stage = await openStage(database, someMetrics(2));
    await stage.tick();
    await stage.pulse.stop();
    stage.set('m_2', null);
    stage.clock.add(2 * HOUR);
    const again = createPulse(stage.deps);
    await again.start();
    onTestFinished(() => again.stop());
    await expect
      .poll(sources, { timeout: 5_000 })
      .toEqual([{ source: 'marts.orders', metrics: ['m_2'], over: false }]);
    expect(await told()).toHaveLength(2);
  });

  it('is redrawn each time its metrics change, also back to those it named before', async () => {
    stage = await openStage(database, someMetrics(2));
    const names = async () => (await sources())[0]?.metrics;
    const named = async (metrics: string[]) => {
      await expect.poll(names, { timeout: 5_000 }).toEqual(metrics);
      await database.db.prisma.$executeRaw(sql`
        insert into heartbeat.alert_message (workspace_id, alert_id, place, message_id, has_picture, edited_at)
        select workspace_id, alert_id, place, '1', false, now() from heartbeat.delivery where edge = 'stale' and operation = 'post'
        on conflict do nothing`);
    };
    stage.set('m_1', null);
    stage.set('m_2', null);
    for (let n = 0; n < 3; n += 1) await stage.tick();
    await named(['m_1', 'm_2']);
    for (const [value, metrics] of [
      [4.5, ['m_1']],
      [null, ['m_1', 'm_2']],
      [4.5, ['m_1']],
    ] as const) {
      stage.set('m_2', value);
      for (let n = 0; n < 3; n += 1) await stage.tick();
      await named([...metrics]);
    }
    const redrawn = (await told()).filter((one) => one === 'edit stale_changed telegram:1001');
    expect(redrawn).toHaveLength(3);
  });

  it('T06 T01 freezes levels: a red alert neither recovers nor rings again when the source is back', async () => {
    stage = await openStage(database, someMetrics(1));
    stage.set('m_1', 3);
    await stage.tick();
    stage.set('m_1', null);
    for (let n = 0; n < 4; n += 1) await stage.tick();
    stage.set('m_1', 3);
    await stage.tick();
    const edges = (await stage.sent()).map(({ edge }) => edge);
    expect(edges.filter((edge) => edge === 'entered_red')).toHaveLength(2);
    expect(edges).not.toContain('resolved');
  });

  it('that cannot be reached is the failure of the warehouse, not one error a metric', async () => {
    stage = await openStage(database, [
      ...someMetrics(2),
      aMetric({ id: 'other', sources: ['marts.stock'], sql: 'select 77 as value' }),
    ]);
    for (const id of ['m_1', 'm_2', 'other']) stage.set(id, 'down');
    for (let n = 0; n < 3; n += 1) await stage.tick();
    await expect
      .poll(sources, { timeout: 5_000 })
      .toEqual([{ source: 'warehouse', metrics: ['m_1', 'm_2', 'other'], over: false }]);
    expect((await stage.sent()).filter(({ edge }) => edge === 'sql_error')).toEqual([]);
  });

  it('T21 an unverified metric is grey and interrupts nobody', async () => {
    stage = await openStage(database, someMetrics(1));
    stage.deps.verify('unverified');
    stage.set('m_1', { error: 'column "x" does not exist' });
    for (let n = 0; n < 4; n += 1) await stage.tick();
    expect(await sources()).toEqual([]);
    expect(await stage.sent()).toEqual([]);
  });

  it('an SQL error is told to the owner once, with its values masked', async () => {
    stage = await openStage(database, someMetrics(1));
    stage.set('m_1', { error: 'invalid input syntax for type numeric: "4111 1111"' });
    await stage.tick();
    await stage.tick();
    stage.set('m_1', 4.5);
    await stage.tick();
    stage.set('m_1', { error: 'invalid input syntax for type numeric: "4222 2222"' });
    await stage.tick();
    const errors = (await stage.sent()).filter(({ edge }) => edge === 'sql_error');
    expect(errors).toMatchObject([
      {
        place: 'telegram:1001',
        operation: 'notice',
        payload: { error: 'invalid input syntax for type numeric: "…"' },
      },
    ]);
  });
});
