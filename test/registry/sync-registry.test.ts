import { beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/db/index.ts';
import {
  loadRegistry,
  loadVerifications,
  type Metric,
  type Registry,
  restoreLastGood,
  syncRegistry,
  type SyncResult,
} from '../../src/registry/index.ts';
import { type TestDatabase, withEmbeddedDatabase, withServerDatabase } from '../support/database.ts';
import {
  checks,
  CUT,
  type Files,
  FILES,
  makeFolder,
  METRIC,
  OWNERS,
  withLine,
  WORKSPACE,
} from './workspace-folder.ts';

const NOW = new Date('2026-11-20T10:00:00Z');
const LATER = new Date('2026-11-21T10:00:00Z');
const NOTHING = { added: [], changed: [], retired: [], verificationLost: [], verificationGained: [] };

const load = (files: Files): Promise<Registry> => loadRegistry(makeFolder({ ...FILES, ...files }), checks);
const store = (database: TestDatabase, registry: Registry, now = NOW): Promise<SyncResult> =>
  inTransaction(database.db, (tx) => syncRegistry(tx, registry, now));
const sync = async (database: TestDatabase, files: Files, now = NOW): Promise<SyncResult> =>
  store(database, await load(files), now);
const verificationOf = async (database: TestDatabase, id = 'checkout'): Promise<string | undefined> =>
  (await loadVerifications(database.db.prisma, 'corner_shop')).get(id);

const CHANGED_SQL = METRIC.replace('select 1', 'select 2');
const VERIFIED_AGAIN = withLine(CHANGED_SQL, 'verified: ', 'verified: {by: ann@shop.test, at: 2026-11-05}');
const { 'metrics/checkout.yaml': _checkout, ...WITHOUT_METRIC } = FILES;

describe('storing a registry', () => {
  const database = withEmbeddedDatabase();
  beforeEach(() => database.clear());

  it('writes workspace, people, metrics, cuts and links', async () => {
    const files = {
      'cuts/by_device.yaml': `${CUT}feeds: [{metric: checkout, role: explains}]\nowner: ann@shop.test\n`,
    };
    expect(await sync(database, files)).toEqual({
      ...NOTHING,
      added: ['checkout'],
      verificationGained: ['checkout'],
    });
    const { prisma } = database.db;
    expect(await prisma.workspace.findMany()).toMatchObject([
      { id: 'corner_shop', name: 'Corner Shop', timezone: 'Europe/Madrid', locale: 'en' },
    ]);
    expect(await prisma.owner.findMany({ orderBy: { email: 'asc' } })).toMatchObject([
      { email: 'ann@shop.test', role: 'operator', telegramId: null, leftAt: null },
      { email: 'ivan@shop.test', role: 'approver', telegramId: 1001n, leftAt: null },
    ]);
    expect(await prisma.metricRegistry.findMany()).toMatchObject([
      {
        id: 'checkout',
        unit: 'percent',
        direction: 'up',
        normValue: 4,
        alertValue: 3.4,
        targetValue: null,
        ownerEmail: 'ivan@shop.test',
        file: 'metrics/checkout.yaml',
        verificationState: 'verified',
        verifiedBy: 'ivan@shop.test',
        verifiedAt: '2026-11-01',
        firstSeenAt: NOW,
        updatedAt: NOW,
        retiredAt: null,
      },
    ]);
    expect(await prisma.auditCutRegistry.findMany()).toMatchObject([
      {
        id: 'by_device',
        page: 'checkout',
        chart: 'bars',
        ownerEmail: 'ann@shop.test',
        verificationState: 'unverified',
      },
    ]);
    expect(await prisma.metricCutLink.findMany()).toEqual([
      { workspaceId: 'corner_shop', metricId: 'checkout', cutId: 'by_device', role: 'explains' },
    ]);
  });

  it('again changes nothing, and keeps when a metric was first seen', async () => {
    await sync(database, {});
    expect(await sync(database, {}, LATER)).toEqual(NOTHING);
    expect(
      await sync(database, { 'metrics/checkout.yaml': withLine(METRIC, 'name', 'name: New') }, LATER),
    ).toEqual({
      ...NOTHING,
      changed: [{ id: 'checkout', sqlChanged: false, definitionChanged: false }],
    });
    expect(await database.db.prisma.metricRegistry.findMany()).toMatchObject([
      { name: 'New', firstSeenAt: NOW, updatedAt: LATER },
    ]);
  });

  it('T21 a changed definition is unverified until verified anew, and verified again when it is put back', async () => {
    await sync(database, {});
    expect(await verificationOf(database)).toBe('verified');
    expect(await sync(database, { 'metrics/checkout.yaml': CHANGED_SQL })).toEqual({
      ...NOTHING,
      changed: [{ id: 'checkout', sqlChanged: true, definitionChanged: true }],
      verificationLost: ['checkout'],
    });
    expect(await verificationOf(database)).toBe('changed');
    expect(await sync(database, {})).toMatchObject({
      verificationGained: ['checkout'],
      verificationLost: [],
    });
    expect(await verificationOf(database)).toBe('verified');
    await sync(database, { 'metrics/checkout.yaml': CHANGED_SQL });
    expect(await sync(database, { 'metrics/checkout.yaml': VERIFIED_AGAIN })).toMatchObject({
      verificationGained: ['checkout'],
    });
    expect(await verificationOf(database)).toBe('verified');
  });

  it('T21 a changed line is another definition, its space is not', async () => {
    await sync(database, {});
    expect(
      await sync(database, { 'metrics/checkout.yaml': METRIC.replace('as value\n', 'as value   \n') }),
    ).toEqual({
      ...NOTHING,
      changed: [{ id: 'checkout', sqlChanged: false, definitionChanged: false }],
    });
    expect(
      await sync(database, { 'metrics/checkout.yaml': withLine(METRIC, 'norm_value', 'norm_value: 4.5') }),
    ).toEqual({
      ...NOTHING,
      changed: [{ id: 'checkout', sqlChanged: false, definitionChanged: true }],
      verificationLost: ['checkout'],
    });
  });

  it('a metric that says it is unverified is', async () => {
    await sync(database, {});
    expect(
      await sync(database, {
        'metrics/checkout.yaml': withLine(METRIC, 'verification_state', 'verification_state: unverified'),
      }),
    ).toMatchObject({
      verificationLost: ['checkout'],
    });
    expect(await verificationOf(database)).toBe('unverified');
  });

  it('T20 a deleted metric is retired, keeps its row and history, and comes back with its file', async () => {
    await sync(database, {});
    await database.db.prisma.metricHistory.create({
      data: {
        workspaceId: 'corner_shop',
        metricId: 'checkout',
        asOf: NOW,
        value: 4,
        computedAt: NOW,
        definitionHash: 'x',
        level: 'green',
        kind: 'tick',
      },
    });
    const without = await loadRegistry(makeFolder(WITHOUT_METRIC), checks);
    expect(await store(database, without, LATER)).toEqual({ ...NOTHING, retired: ['checkout'] });
    expect(await store(database, without, LATER)).toEqual(NOTHING);
    expect(await database.db.prisma.metricRegistry.findMany()).toMatchObject([
      { id: 'checkout', retiredAt: LATER },
    ]);
    expect(await database.db.prisma.metricHistory.count()).toBe(1);
    expect(await verificationOf(database)).toBeUndefined();
    expect(await sync(database, {}, LATER)).toEqual({ ...NOTHING, added: ['checkout'] });
    expect(await database.db.prisma.metricRegistry.findMany()).toMatchObject([
      { retiredAt: null, firstSeenAt: NOW },
    ]);
    expect(await verificationOf(database)).toBe('verified');
  });

  it('retires a deleted cut and drops its links', async () => {
    const cut = { 'cuts/by_device.yaml': `${CUT}feeds: [{metric: checkout, role: explains}]\n` };
    await sync(database, cut);
    await sync(database, {}, LATER);
    expect(await database.db.prisma.auditCutRegistry.findMany()).toMatchObject([
      { id: 'by_device', retiredAt: LATER },
    ]);
    expect(await database.db.prisma.metricCutLink.count()).toBe(0);
    await sync(database, cut, LATER);
    expect(await database.db.prisma.auditCutRegistry.findMany()).toMatchObject([{ retiredAt: null }]);
  });

  it('T19 a broken file retires nothing, and a restart runs on with what was last good', async () => {
    const cut = `${CUT}feeds: [{metric: checkout, role: explains}]\n`;
    await sync(database, { 'cuts/by_device.yaml': cut });
    const good = await load({ 'cuts/by_device.yaml': cut });
    const broken = await load({
      'metrics/checkout.yaml': 'name: [',
      'cuts/by_device.yaml': 'title: [',
      'owners.yaml': withLine(OWNERS, '  role: approver', '  role: aprover'),
    });
    expect(await store(database, broken, LATER)).toEqual(NOTHING);
    expect(await database.db.prisma.owner.count({ where: { leftAt: null } })).toBe(2);
    const restored = await restoreLastGood(database.db.prisma, broken);
    expect(restored.metrics).toEqual(good.metrics);
    expect(restored.cuts).toEqual(good.cuts);
    expect(new Set(restored.people)).toEqual(new Set(good.people));
    expect(restored.problems).toEqual(broken.problems);
    expect(await store(database, restored, LATER)).toEqual(NOTHING);
    expect(await database.db.prisma.metricCutLink.count()).toBe(1);
  });

  it('a restart takes nothing from the database when no file is broken', async () => {
    await sync(database, { 'metrics/other.yaml': METRIC });
    const registry = await load({});
    expect(await restoreLastGood(database.db.prisma, registry)).toBe(registry);
  });

  it('a restart does not bring back what is retired, or what another program stored in another shape', async () => {
    await sync(database, { 'metrics/other.yaml': METRIC, 'metrics/third.yaml': METRIC });
    await sync(database, { 'metrics/third.yaml': METRIC }, LATER);
    await database.db.prisma.metricRegistry.update({
      where: { workspaceId_id: { workspaceId: 'corner_shop', id: 'third' } },
      data: { definition: { id: 'third', fingerprint: 'x' } },
    });
    const broken = await load({ 'metrics/other.yaml': '[', 'metrics/third.yaml': '[' });
    expect([...(await restoreLastGood(database.db.prisma, broken)).metrics.keys()]).toEqual(['checkout']);
  });

  it('a restart knows everybody when owners.yaml cannot be read', async () => {
    await sync(database, {});
    const broken = await load({ 'owners.yaml': '- {' });
    await store(database, broken, LATER);
    const restored = await restoreLastGood(database.db.prisma, broken);
    expect(restored.people.map(({ email }) => email)).toEqual(['ann@shop.test', 'ivan@shop.test']);
  });

  it('people who leave keep their row, and come back', async () => {
    await sync(database, {});
    await sync(
      database,
      {
        'owners.yaml':
          '- email: ivan@shop.test\n  teams: [growth, risk]\n  quiet_hours: {from: "22:00", to: "07:00"}\n',
      },
      LATER,
    );
    expect(await database.db.prisma.owner.findMany({ orderBy: { email: 'asc' } })).toMatchObject([
      { email: 'ann@shop.test', leftAt: LATER },
      {
        email: 'ivan@shop.test',
        role: 'viewer',
        telegramId: null,
        teams: ['growth', 'risk'],
        quietHours: { from: '22:00', to: '07:00' },
        leftAt: null,
      },
    ]);
    await sync(database, {});
    expect(await database.db.prisma.owner.count({ where: { leftAt: null } })).toBe(2);
  });

  it('people and metrics of one workspace are none of another', async () => {
    await sync(database, {});
    const other = withLine(WORKSPACE, 'name', 'name: Other Shop');
    await store(
      database,
      await loadRegistry(makeFolder({ 'workspace.yaml': other, 'owners.yaml': '' }), checks),
    );
    expect((await loadVerifications(database.db.prisma, 'corner_shop')).size).toBe(1);
    expect((await loadVerifications(database.db.prisma, 'other_shop')).size).toBe(0);
    expect(await database.db.prisma.owner.count({ where: { leftAt: null } })).toBe(2);
  });

  it('thousands of metrics take a few statements', async () => {
    const { metrics, ...registry } = await load({});
    const many = new Map(
      Array.from({ length: 2500 }, (_, index) => {
        const id = `m${index}`;
        return [id, { ...getCheckout(metrics), id }];
      }),
    );
    let statements = 0;
    const first = await inTransaction(database.db, (tx) => {
      const counted = new Proxy(tx, {
        get: (target, name) => {
          if (name === '$queryRaw' || name === '$executeRaw') statements++;
          return Reflect.get(target, name) as unknown;
        },
      });
      return syncRegistry(counted, { ...registry, metrics: many }, NOW);
    });
    expect(first.added).toHaveLength(2500);
    expect(await database.db.prisma.metricRegistry.count()).toBe(2500);
    expect(statements).toBeLessThanOrEqual(10);
    const renamed = new Map([...many, ['m7', { ...getCheckout(metrics), id: 'm7', name: 'New' }]]);
    expect(await store(database, { ...registry, metrics: renamed })).toEqual({
      ...NOTHING,
      changed: [{ id: 'm7', sqlChanged: false, definitionChanged: false }],
    });
  });
});

describe('on a server', () => {
  const database = withServerDatabase();

  it('replicas that store at once wait for each other, and only one makes the change', async () => {
    const registry = await load({
      'cuts/by_device.yaml': `${CUT}feeds: [{metric: checkout, role: explains}]\n`,
    });
    const results = await Promise.all(Array.from({ length: 5 }, () => store(database, registry)));
    expect(results.map(({ added }) => added.length).toSorted((a, b) => a - b)).toEqual([0, 0, 0, 0, 1]);
    await store(database, await loadRegistry(makeFolder(WITHOUT_METRIC), checks), LATER);
    const broken = await load({ 'owners.yaml': '- {', 'cuts/by_device.yaml': '[' });
    expect(await store(database, await restoreLastGood(database.db.prisma, broken), LATER)).toEqual({
      ...NOTHING,
      added: ['checkout'],
    });
    expect(await database.db.prisma.owner.count({ where: { leftAt: null } })).toBe(2);
  });
});

function getCheckout(metrics: Registry['metrics']): Metric {
  const metric = metrics.get('checkout');
  if (!metric) throw new Error('The fixture has no metric.');
  return metric;
}
