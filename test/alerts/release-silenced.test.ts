/** What silence kept back: when it ends, what is still news goes out, once, and nothing else does. */
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { decideRelease, type HeldStanding } from '../../src/alerts/release-silenced.ts';
import type { ActiveWindow } from '../../src/alerts/silence.ts';
import { sql } from '../../src/db/index.ts';
import { HOUR } from '../../src/lib/time.ts';
import { changeSetting } from '../../src/people/index.ts';
import { applyPeople } from '../../src/reload.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { aMetric, aRegistry, ivan, WORKSPACE } from '../support/deps.ts';
import { NO_HOOKS } from '../support/registry-parts.ts';
import { CALLER, openStage, someMetrics, type Stage } from './stage.ts';

const OWN = 'telegram:1001';
const NIGHT = { from: '22:00', to: '07:00' };
/** 02:00 in Madrid */
const AT_NIGHT = new Date('2026-11-21T01:00:00.000Z');
const MORNING = new Date('2026-11-21T06:00:00.000Z');

const windowUntil = (until: Date, over: Partial<ActiveWindow> = {}): ActiveWindow => ({
  name: 'Upgrade',
  until,
  metrics: [],
  domains: [],
  sources: [],
  ...over,
});

function release(
  held: { operation?: 'post' | 'reply'; edge?: string; place?: string },
  standing: Partial<HeldStanding> = {},
  windows: ActiveWindow[] = [],
) {
  return decideRelease(
    { operation: 'post', edge: 'entered_red', place: OWN, ...held },
    {
      alert: { state: 'firing', level: 'red' },
      hasMessage: false,
      isSolved: false,
      metrics: [aMetric()],
      ...standing,
    },
    { windows, people: [{ ...ivan, quietHours: NIGHT }], timezone: 'Europe/Madrid', now: AT_NIGHT },
  );
}

const at = (state: 'firing' | 'acked' | 'snoozed' | 'resolved', level: 'amber' | 'red' = 'red') => ({
  alert: { state, level },
});

describe('a message whose silence was to end', () => {
  it('T08 goes when it is red, and waits for the morning when it is amber in quiet hours', () => {
    expect(release({})).toEqual({ kind: 'go' });
    const night = { kind: 'hold', hold: { until: MORNING, reason: 'quiet hours of Ivan' } };
    expect(release({ edge: 'entered_amber' }, at('firing', 'amber'))).toEqual(night);
    expect(release({ edge: 'stale' }, { alert: null })).toEqual(night);
    expect(release({ place: 'telegram:-100200' }, at('firing', 'amber'))).toEqual({ kind: 'go' });
  });

  it('waits for another window that is open by then; a source only when all of its metrics are in one', () => {
    const later = new Date('2026-11-21T03:00:00.000Z');
    const window = windowUntil(later, { metrics: ['conversion'] });
    expect(release({}, {}, [window])).toEqual({
      kind: 'hold',
      hold: { until: later, reason: 'maintenance: Upgrade' },
    });
    const room = { edge: 'stale', place: 'telegram:-100300' };
    const both = [aMetric(), aMetric({ id: 'other' })];
    expect(release(room, { alert: null, metrics: both }, [window])).toEqual({ kind: 'go' });
  });

  it('is dropped when it is no news: over, told meanwhile, taken, no longer red', () => {
    const reasonOf = (...args: Parameters<typeof release>) => {
      const found = release(...args);
      return found.kind === 'drop' ? found.reason : found.kind;
    };
    expect(reasonOf({}, at('resolved'))).toBe('it was over before the silence ended');
    expect(reasonOf({}, { hasMessage: true })).toBe('it was told meanwhile');
    const reply = { operation: 'reply' as const };
    expect(reasonOf(reply, at('acked'))).toBe('it was taken or over before the silence ended');
    expect(reasonOf(reply, at('firing', 'amber'))).toBe('it was not red any more when the silence ended');
    expect(reasonOf({ ...reply, edge: 'escalated' }, at('firing', 'amber'))).toMatch(/not red/);
    expect(reasonOf({ ...reply, edge: 'resolved' }, at('resolved'))).toBe('go');
  });

  it('T08 says that an ack was forgotten while somebody has it, and to machines who has it', () => {
    const reply = { operation: 'reply' as const };
    expect(release({ ...reply, edge: 'ack_timed_out' }, at('acked'))).toEqual({ kind: 'go' });
    expect(release({ ...reply, edge: 'ack_timed_out' }, at('firing')).kind).toBe('drop');
    expect(release({ ...reply, edge: 'acked', place: 'webhook:pager' }, at('acked'))).toEqual({ kind: 'go' });
    expect(release({ ...reply, edge: 'acked', place: 'webhook:pager' }, at('firing')).kind).toBe('drop');
  });
});

describeOnBothDatabases('the end of a silence', (database: TestDatabase) => {
  let stage: Stage;
  afterEach(() => stage.close());

  /** 10:00 to 12:00 UTC */
  const UNTIL = new Date('2026-11-20T12:00:00.000Z');
  const { workspace } = aRegistry([]);
  const patient = { ...workspace, policies: { ...workspace.policies, escalateAfterMs: 24 * HOUR } };

  async function openInWindow(count: number, over: Parameters<typeof openStage>[2] = {}) {
    stage = await openStage(database, someMetrics(count), { workspace: patient, ...over });
    stage.deps.maintenanceAt = (now) => (now < UNTIL ? [windowUntil(UNTIL)] : []);
  }

  const set = (count: number, value: number): void => {
    for (let n = 1; n <= count; n += 1) stage.set(`m_${n}`, value);
  };
  const shapes = async (place: string) =>
    (await stage.sent())
      .filter((one) => one.place === place && one.operation !== 'edit')
      .map(({ operation, edge, status, reason }) => [operation, edge, status, reason]);
  const held = async () => (await stage.sent()).filter(({ status }) => status === 'held').length;
  const noneHeld = () => expect.poll(held, { timeout: 5_000 }).toBe(0);

  it('says nothing of eight alerts that were over before their window was', async () => {
    await openInWindow(8);
    set(8, 3);
    await stage.tick();
    expect(await held()).toBe(16);
    set(8, 4.5);
    await stage.tick();
    await stage.wait(2 * HOUR);
    await noneHeld();
    const left = (await stage.sent()).filter(({ status }) => status !== 'superseded');
    expect(left.map(({ operation, edge }) => `${operation} ${edge}`)).toEqual([]);
  });

  it('T08 keeps the post of a silent source out of a storm: it names alerts, and not sources', async () => {
    await openInWindow(8);
    set(8, 3);
    await stage.tick();
    const source = '11111111-1111-4111-8111-111111111111';
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.source_alert (id, workspace_id, number, source, open_source, opened_at, metrics, ever_metrics)
      values (${source}::uuid, ${WORKSPACE}, 9000, 'marts.orders', 'marts.orders', now(), '{m_1}', '{m_1}')`);
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.delivery (id, workspace_id, key, alert_id, edge, channel, place, lane, operation, silent, priority, status, held_until, reason)
      values (gen_random_uuid(), ${WORKSPACE}, 'stale', ${source}::uuid, 'stale', 'telegram', ${OWN}, ${OWN}, 'post', false, 2, 'held', ${UNTIL}::timestamptz, 'maintenance: Upgrade')`);
    await stage.wait(2 * HOUR);
    await noneHeld();
    const own = await shapes(OWN);
    expect(own).toContainEqual(['post', 'storm', 'pending', null]);
    expect(own.filter(([, edge]) => edge === 'stale')).toEqual([
      ['post', 'stale', 'pending', 'maintenance: Upgrade'],
    ]);
  });

  const inOwnWindow = (metrics: string[]): void => {
    stage.deps.maintenanceAt = (now) => (now < UNTIL ? [windowUntil(UNTIL, { metrics })] : []);
  };
  const ids = (from: number, to: number): string[] =>
    Array.from({ length: to - from + 1 }, (_, n) => `m_${from + n}`);

  it('T08 with what was pushed in the last minute is a storm when both are too many', async () => {
    await openInWindow(6);
    inOwnWindow(ids(4, 6));
    set(6, 3);
    await stage.tick();
    expect(await held()).toBe(6);
    expect((await shapes(OWN)).filter(([, , status]) => status === 'pending')).toHaveLength(3);
    await stage.wait(2 * HOUR);
    await noneHeld();
    const own = await shapes(OWN);
    expect(own.filter(([, edge]) => edge === 'storm')).toHaveLength(1);
    expect(own.filter(([, , , reason]) => reason === 'the storm message tells it')).toHaveLength(3);
  });

  it('T08 with five pushes in all is none, though one of them took the place of another that nobody saw', async () => {
    await openInWindow(5);
    inOwnWindow(ids(4, 5));
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.delivery (id, workspace_id, key, alert_id, edge, channel, place, lane, operation, silent, priority, status, held_until, reason)
      values (gen_random_uuid(), ${WORKSPACE}, 'older', gen_random_uuid(), 'entered_red', 'telegram', ${OWN}, ${OWN}, 'post', false, 1, 'superseded', ${UNTIL}::timestamptz, 'a newer message tells it')`);
    set(5, 3);
    await stage.tick();
    await stage.wait(2 * HOUR);
    await noneHeld();
    const own = await shapes(OWN);
    expect(own.filter(([, edge, status]) => edge === 'entered_red' && status === 'pending')).toHaveLength(5);
    expect(own.filter(([, edge]) => edge === 'storm')).toEqual([]);
  });

  it('T08 joins the storm that its place has', async () => {
    await openInWindow(8);
    inOwnWindow(ids(8, 8));
    set(8, 3);
    await stage.tick();
    expect((await shapes(OWN)).filter(([, edge]) => edge === 'storm')).toHaveLength(1);
    await stage.wait(2 * HOUR);
    await noneHeld();
    const own = await shapes(OWN);
    expect(own.filter(([, edge]) => edge === 'storm')).toHaveLength(1);
    expect(own.filter(([, , , reason]) => reason === 'the storm message tells it')).toHaveLength(1);
    const members = await database.db.prisma.$queryRaw<{ n: number }[]>(sql`
      select count(*)::int as n from heartbeat.storm_alert a join heartbeat.storm s on s.id = a.storm_id
      where s.workspace_id = ${WORKSPACE} and s.place = ${OWN}`);
    expect(members).toEqual([{ n: 8 }]);
  });

  it('T08 never folds what a web hook is sent', async () => {
    const room = { telegram: null, telegramTopic: null, slack: null, teams: ['growth'] };
    const rooms = [{ ...room, hooks: { ...NO_HOOKS, webhook: 'pager' } }];
    await openInWindow(8, { workspace: { ...patient, rooms } });
    stage.deps.channels = new Set(['telegram', 'webhook']);
    set(8, 3);
    await stage.tick();
    await stage.wait(2 * HOUR);
    await noneHeld();
    expect((await shapes('webhook:pager')).map(([operation, edge]) => `${operation} ${edge}`)).toEqual(
      Array(8).fill('post entered_red'),
    );
  });

  it('in quiet hours lets red go and keeps amber until the morning', async () => {
    await openInWindow(2, { people: [{ ...ivan, quietHours: { from: '11:00', to: '15:00' } }] });
    stage.set('m_1', 3.6);
    stage.set('m_2', 3);
    await stage.tick();
    await stage.wait(2 * HOUR);
    await expect.poll(held, { timeout: 5_000 }).toBe(1);
    const quiet = 'quiet hours of Ivan';
    expect((await shapes(OWN)).map(([, edge, status, reason]) => [edge, status, reason])).toEqual([
      ['entered_amber', 'held', quiet],
      ['entered_red', 'pending', 'maintenance: Upgrade'],
    ]);
    await stage.wait(2 * HOUR);
    await noneHeld();
    expect((await shapes(OWN)).map(([, edge, status]) => [edge, status])).toContainEqual([
      'entered_amber',
      'pending',
    ]);
  });

  it('T08 tells amber of a night that its person called off, and keeps it in another', async () => {
    await openInWindow(1, { people: [{ ...ivan, quietHours: { from: '11:00', to: '15:00' } }] });
    stage.deps.maintenanceAt = () => [];
    stage.set('m_1', 3.6);
    await stage.tick();
    stage.deps.people.start(() => applyPeople(stage.deps));
    onTestFinished(() => stage.deps.people.stop());
    const own = async () => (await shapes(OWN)).map(([, , status]) => status);
    const until = async () => {
      const rows = await database.db.prisma.$queryRaw<{ until: Date }[]>(
        sql`select held_until as until from heartbeat.delivery where place = ${OWN}`,
      );
      return rows[0]?.until.toISOString();
    };
    expect(await until()).toBe('2026-11-20T14:00:00.000Z');
    await changeSetting(stage.deps, CALLER, { name: 'quiet', value: '11:00-13:00' });
    await stage.wait(2_000);
    await expect.poll(until, { timeout: 5_000 }).toBe('2026-11-20T12:00:00.000Z');
    expect(await own()).toEqual(['held']);
    await changeSetting(stage.deps, CALLER, { name: 'quiet', value: 'off' });
    await stage.wait(2_000);
    await expect.poll(own, { timeout: 5_000 }).toEqual(['pending']);
  });

  it('tells red once, however often it came back while it was kept back', async () => {
    await openInWindow(1);
    stage.deps.maintenanceAt = () => [];
    stage.set('m_1', 3.6);
    await stage.tick();
    await database.db.prisma.$executeRaw(
      sql`update heartbeat.delivery set status = 'sent', message_id = '1'`,
    );
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.alert_message (workspace_id, alert_id, place, message_id, has_picture, edited_at)
      select workspace_id, alert_id, place, '1', false, now() from heartbeat.delivery`);
    stage.deps.maintenanceAt = (now) => (now < UNTIL ? [windowUntil(UNTIL)] : []);
    for (const value of [3, 3.6, 3]) {
      stage.set('m_1', value);
      await stage.tick();
    }
    await stage.wait(2 * HOUR);
    await noneHeld();
    expect((await shapes(OWN)).filter(([operation]) => operation === 'reply')).toEqual([
      ['reply', 'entered_red', 'superseded', 'a newer message tells it'],
      ['reply', 'entered_red', 'pending', 'maintenance: Upgrade'],
    ]);
  });

  it('opened in chat keeps a silent source back too', async () => {
    stage = await openStage(database, someMetrics(1, { staleAfterMs: 120_000 }), { workspace: patient });
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.maintenance_window (id, workspace_id, name, starts_at, ends_at, metrics, domains, sources, created_by, created_at)
      values (gen_random_uuid(), ${WORKSPACE}, 'Move', '2026-11-20T09:00Z', ${UNTIL}::timestamptz, '{m_1}', '{}', '{}', 'ann', now())`);
    stage.set('m_1', null);
    await stage.tick(180_000);
    const stale = async () => (await stage.sent()).filter(({ edge }) => edge === 'stale');
    await expect.poll(async () => (await stale()).length, { timeout: 5_000 }).toBeGreaterThan(0);
    expect(new Set((await stale()).map(({ status, reason }) => `${status} ${reason}`))).toEqual(
      new Set(['held maintenance: Move']),
    );
  });

  it('tells an SQL error that is still there, and none that the window took with it', async () => {
    await openInWindow(2);
    stage.set('m_1', { error: 'relation "orders" does not exist' });
    stage.set('m_2', { error: 'relation "stock" does not exist' });
    await stage.tick();
    const errors = async () =>
      (await stage.sent())
        .filter(({ edge }) => edge === 'sql_error')
        .map(({ payload, place, status, reason }) => [payload.metric, place, status, reason]);
    const kept = 'maintenance: Upgrade';
    expect(await errors()).toEqual([
      ['m_1', OWN, 'held', kept],
      ['m_2', OWN, 'held', kept],
    ]);
    stage.set('m_2', 4.5);
    await stage.tick();
    await stage.tick(2 * HOUR);
    await noneHeld();
    expect(await errors()).toEqual([
      ['m_1', OWN, 'pending', kept],
      ['m_2', OWN, 'superseded', 'it was over before the silence ended'],
    ]);
    stage.set('m_2', { error: 'relation "stock" does not exist' });
    await stage.tick();
    expect((await errors()).at(-1)).toEqual(['m_2', OWN, 'pending', null]);
  });

  it('opened in chat keeps an SQL error back too, until the last of the windows ends', async () => {
    await openInWindow(1);
    const later = new Date(UNTIL.getTime() + HOUR);
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.maintenance_window (id, workspace_id, name, starts_at, ends_at, metrics, domains, sources, created_by, created_at)
      values (gen_random_uuid(), ${WORKSPACE}, 'Move', '2026-11-20T11:00Z', ${later}::timestamptz, '{m_1}', '{}', '{}', 'ann', now())`);
    stage.set('m_1', { error: 'relation "orders" does not exist' });
    await stage.tick();
    const told = async () =>
      (await stage.sent())
        .filter(({ edge }) => edge === 'sql_error')
        .map(({ status, reason }) => `${status} ${reason}`);
    expect(await told()).toEqual(['held maintenance: Upgrade']);
    await stage.wait(2 * HOUR);
    await expect.poll(told, { timeout: 5_000 }).toEqual(['held maintenance: Move']);
    await stage.wait(HOUR);
    await expect.poll(told, { timeout: 5_000 }).toEqual(['pending maintenance: Move']);
  });
});
