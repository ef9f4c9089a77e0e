import { afterEach, describe, expect, it } from 'vitest';
import { quietUntil } from '../../src/alerts/quiet-hours.ts';
import { findWindow, holdBack, type ActiveWindow } from '../../src/alerts/silence.ts';
import { sql } from '../../src/db/index.ts';
import type { DeliveryDraft } from '../../src/delivery/index.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import { aMetric, aRegistry, ivan, WORKSPACE } from '../support/deps.ts';
import { openStage, someMetrics, type Stage } from './stage.ts';

const NIGHT = { from: '22:00', to: '07:00' };

describe('quiet hours', () => {
  it.each([
    ['before them', '2026-11-20T20:59:59Z', null],
    ['at their start', '2026-11-20T21:00:00Z', '2026-11-21T06:00:00.000Z'],
    ['after midnight', '2026-11-21T01:00:00Z', '2026-11-21T06:00:00.000Z'],
    ['at their end', '2026-11-21T06:00:00Z', null],
  ])('%s, in Madrid', (_when, now, until) => {
    expect(quietUntil(NIGHT, new Date(now), 'Europe/Madrid')?.toISOString() ?? null).toBe(until);
  });

  it('within one day end that day', () => {
    const siesta = { from: '14:00', to: '16:30' };
    expect(quietUntil(siesta, new Date('2026-11-20T14:00:00Z'), 'Europe/Madrid')?.toISOString()).toBe(
      '2026-11-20T15:30:00.000Z',
    );
    expect(quietUntil(siesta, new Date('2026-11-20T16:00:00Z'), 'Europe/Madrid')).toBeNull();
  });

  it('T05 end at 07:00 of the clock in the night that it is set back', () => {
    expect(quietUntil(NIGHT, new Date('2026-10-24T21:00:00Z'), 'Europe/Madrid')?.toISOString()).toBe(
      '2026-10-25T06:00:00.000Z',
    );
    expect(quietUntil(NIGHT, new Date('2026-03-28T22:00:00Z'), 'Europe/Madrid')?.toISOString()).toBe(
      '2026-03-29T05:00:00.000Z',
    );
  });
});

const UNTIL = new Date('2026-11-20T12:00:00.000Z');
const window = (over: Partial<ActiveWindow> = {}): ActiveWindow => ({
  name: 'Upgrade',
  until: UNTIL,
  metrics: [],
  domains: [],
  sources: [],
  ...over,
});

describe('a maintenance window', () => {
  it('is of everything, or of the metrics, domains or sources it names', () => {
    const metric = aMetric();
    expect(findWindow(metric, [window()])?.name).toBe('Upgrade');
    expect(findWindow(metric, [window({ metrics: ['conversion'] })])).toBeDefined();
    expect(findWindow(metric, [window({ domains: ['growth'] })])).toBeDefined();
    expect(findWindow(metric, [window({ sources: ['marts.orders'] })])).toBeDefined();
    expect(findWindow(metric, [window({ metrics: ['other'], domains: ['money'] })])).toBeUndefined();
  });

  it('that ends last counts where several are open', () => {
    const later = window({ name: 'Longer', until: new Date('2026-11-20T13:00:00.000Z') });
    expect(findWindow(aMetric(), [window(), later])?.name).toBe('Longer');
  });
});

describe('what silence does to a message', () => {
  const draft = (over: Partial<DeliveryDraft> = {}): DeliveryDraft => ({
    key: 'k',
    alertId: 'a',
    edge: 'entered_red',
    place: { channel: 'telegram', chat: '1001', topic: null },
    operation: 'post',
    silent: false,
    priority: 1,
    hold: null,
    payload: {},
    ...over,
  });
  const facts = (over: Partial<Parameters<typeof holdBack>[1]> = {}) => ({
    metric: aMetric(),
    level: 'red' as const,
    windows: [],
    people: [{ ...ivan, quietHours: NIGHT }],
    timezone: 'Europe/Madrid',
    now: new Date('2026-11-20T23:00:00Z'),
    ...over,
  });

  it('T08 red passes quiet hours; amber waits for the morning; the end of an alert is silent', () => {
    expect(holdBack(draft(), facts()).hold).toBeNull();
    expect(holdBack(draft({ edge: 'entered_amber' }), facts({ level: 'amber' })).hold).toEqual({
      until: new Date('2026-11-21T06:00:00.000Z'),
      reason: 'quiet hours of Ivan',
    });
    expect(holdBack(draft({ edge: 'resolved', operation: 'reply' }), facts())).toMatchObject({
      hold: null,
      silent: true,
    });
  });

  it('a room and a mailbox know no quiet hours', () => {
    const amber = facts({ level: 'amber' });
    const room = draft({ place: { channel: 'telegram', chat: '-100200', topic: null } });
    const mail = draft({ place: { channel: 'mail', address: 'ivan@shop.test' } });
    expect(holdBack(room, amber).hold).toBeNull();
    expect(holdBack(mail, amber).hold).toBeNull();
  });

  it('a window keeps posts and replies back, red and mail too; edits pass', () => {
    const inWindow = facts({ windows: [window()] });
    expect(holdBack(draft(), inWindow).hold).toEqual({ until: UNTIL, reason: 'maintenance: Upgrade' });
    expect(holdBack(draft({ operation: 'reply', edge: 'resolved' }), inWindow)).toMatchObject({
      silent: true,
      hold: { until: UNTIL },
    });
    expect(holdBack(draft({ operation: 'edit' }), inWindow).hold).toBeNull();
    const mail = draft({ place: { channel: 'mail', address: 'ivan@shop.test' } });
    expect(holdBack(mail, inWindow).hold).toEqual({ until: UNTIL, reason: 'maintenance: Upgrade' });
  });
});

describeOnBothDatabases('silence', (database: TestDatabase) => {
  let stage: Stage;
  afterEach(() => stage.close());

  const posts = async () =>
    (await stage.sent())
      .filter(({ operation }) => operation === 'post')
      .map(({ place, edge, status, reason }) => [place, edge, status, reason]);

  it('nothing is posted in a window; after it what is still bad is let go', async () => {
    const { workspace } = aRegistry([]);
    const patient = { ...workspace, policies: { ...workspace.policies, escalateAfterMs: 86_400_000 } };
    stage = await openStage(database, someMetrics(1), { workspace: patient });
    stage.deps.maintenanceAt = (now) => (now < UNTIL ? [window()] : []);
    stage.set('m_1', 3);
    await stage.tick();
    expect(await posts()).toEqual([
      ['telegram:1001', 'entered_red', 'held', 'maintenance: Upgrade'],
      ['telegram:-100200', 'entered_red', 'held', 'maintenance: Upgrade'],
    ]);
    await stage.tick(2 * 3_600_000);
    await expect
      .poll(async () => (await posts()).slice(0, 2).map(([, , status]) => status), { timeout: 5_000 })
      .toEqual(['pending', 'pending']);
  });

  it('mail waits for the end of a window like any post, and in no quiet hours', async () => {
    const quiet = { ...ivan, quietHours: { from: '11:00', to: '18:00' } };
    stage = await openStage(database, someMetrics(1), { people: [quiet] });
    stage.deps.channels = new Set(['mail'] as const);
    stage.deps.maintenanceAt = (now) => (now < UNTIL ? [window()] : []);
    stage.set('m_1', 3.6);
    await stage.tick();
    expect(await posts()).toEqual([['mail:ivan@shop.test', 'entered_amber', 'held', 'maintenance: Upgrade']]);
    await stage.tick(2 * 3_600_000);
    await expect
      .poll(async () => (await posts()).map(([, , status]) => status), { timeout: 5_000 })
      .toEqual(['pending']);
  });

  it('a window that a person opened in chat keeps back too', async () => {
    stage = await openStage(database, someMetrics(2));
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.maintenance_window (id, workspace_id, name, starts_at, ends_at, metrics, domains, sources, created_by, created_at)
      values (gen_random_uuid(), ${WORKSPACE}, 'Move', '2026-11-20T09:00Z', '2026-11-20T12:00Z', '{m_1}', '{}', '{}', 'ann', now())`);
    stage.set('m_1', 3);
    stage.set('m_2', 3);
    await stage.tick();
    expect(
      (await posts()).map(([, , status]) => status).toSorted((a, b) => (a ?? '').localeCompare(b ?? '')),
    ).toEqual(['held', 'held', 'pending', 'pending']);
  });

  it('amber of the night is told in the morning, and red takes its place at once', async () => {
    stage = await openStage(database, someMetrics(1), {
      people: [{ ...ivan, quietHours: { from: '10:00', to: '14:00' } }],
    });
    stage.set('m_1', 3.6);
    await stage.tick();
    expect(await posts()).toEqual([
      ['telegram:1001', 'entered_amber', 'held', 'quiet hours of Ivan'],
      ['telegram:-100200', 'entered_amber', 'pending', null],
    ]);
    stage.set('m_1', 3);
    await stage.tick();
    expect((await posts()).filter(([place]) => place === 'telegram:1001')).toEqual([
      ['telegram:1001', 'entered_amber', 'superseded', 'a newer message tells it'],
      ['telegram:1001', 'entered_red', 'pending', null],
    ]);
  });
});
