import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import { openOwnWarehouse, type InspectedWarehouse } from '../../src/marts/index.ts';
import { checkedSqlOf, queryWindow } from '../../src/pulse/index.ts';
import { checkWorkspace, loadRegistry, type Metric, type Registry } from '../../src/registry/index.ts';
import { workspaceChecks } from '../../src/workspace-checks.ts';
import { insertDelivery, insertTry } from '../delivery/rows.ts';
import { describeOnBothDatabases } from '../support/database.ts';
import { createWorkspace, metricFile, type TestWorkspace } from '../support/workspace.ts';

const IDS = [
  'heartbeat_dead_letters',
  'heartbeat_delivery_failures',
  'heartbeat_queue_age',
  'heartbeat_stale_metrics',
  'heartbeat_tick_lag',
];
const WATCHED =
  'name: Shop\nid: shop\ntimezone: Europe/Madrid\nops_inbox: {telegram: -1}\npolicies: {self_watch: true}\n';

let workspace: TestWorkspace;
let registry: Registry;

beforeAll(async () => {
  workspace = await createWorkspace({ 'workspace.yaml': WATCHED });
  registry = await loadRegistry(workspace.dir, workspaceChecks);
});
afterAll(() => workspace.close());

const metricOf = (id: string): Metric => {
  const metric = registry.metrics.get(id);
  if (!metric) throw new Error(`there is no ${id}`);
  return metric;
};

describe('the pack about Heartbeat itself', () => {
  it('is part of a workspace that asks for it, without a problem', () => {
    expect([...registry.metrics.keys()]).toEqual(IDS);
    expect(registry.problems).toEqual([]);
    for (const metric of registry.metrics.values()) {
      expect(metric).toMatchObject({
        builtIn: true,
        domain: 'heartbeat',
        owner: null,
        declared: 'verified',
        verified: { by: 'heartbeat' },
        file: `packs/self/metrics/${metric.id}.yaml`,
      });
      expect(metric.norm).not.toBeNull();
      expect(metric.sources.every((source) => source.startsWith('heartbeat.'))).toBe(true);
    }
  });

  it('is in no other workspace', async () => {
    const other = await createWorkspace();
    expect((await loadRegistry(other.dir, workspaceChecks)).metrics.size).toBe(0);
    await other.close();
  });

  it('gives way to a file of the same name, and says so there; it is not counted among the files', async () => {
    const own = await createWorkspace({
      'workspace.yaml': WATCHED,
      'metrics/heartbeat_tick_lag.yaml': metricFile({ name: 'My own' }),
    });
    const found = await loadRegistry(own.dir, workspaceChecks);
    expect(found.metrics.get('heartbeat_tick_lag')).toMatchObject({ name: 'My own' });
    expect(found.metrics.get('heartbeat_tick_lag')?.builtIn).toBeUndefined();
    expect(found.metrics.size).toBe(5);
    expect(found.problems).toMatchObject([
      {
        file: 'metrics/heartbeat_tick_lag.yaml',
        severity: 'warning',
        reason: expect.stringContaining('self_watch'),
      },
    ]);
    expect((await checkWorkspace(own.dir, workspaceChecks)).counts.metrics).toBe(1);
    await own.close();
  });

  it('has a new date of verification for each new definition', () => {
    const known = IDS.map((id) => [id, metricOf(id).verified?.at, metricOf(id).definitionHash.slice(0, 12)]);
    expect(known).toMatchInlineSnapshot(`
      [
        [
          "heartbeat_dead_letters",
          "2026-11-20",
          "d276c1d9590c",
        ],
        [
          "heartbeat_delivery_failures",
          "2026-11-20",
          "e817c6263239",
        ],
        [
          "heartbeat_queue_age",
          "2026-11-20",
          "f98155ffe6d8",
        ],
        [
          "heartbeat_stale_metrics",
          "2026-11-20",
          "3c86f6664933",
        ],
        [
          "heartbeat_tick_lag",
          "2026-11-20",
          "d2451fbd6ba0",
        ],
      ]
    `);
  });
});

describeOnBothDatabases('what the pack reads', (database) => {
  let warehouse: InspectedWarehouse;

  beforeAll(() => {
    const { kind, connection } = database.db;
    warehouse = openOwnWarehouse({
      kind,
      connectionString: connection.connectionString,
      workspaceId: 'shop',
      timezone: 'Europe/Madrid',
    });
  });
  afterAll(() => warehouse.close());
  beforeEach(() => database.clear());

  async function valueOf(id: string, tick = new Date()): Promise<number | undefined> {
    const metric = metricOf(id);
    const window = queryWindow(metric, tick, 'Europe/Madrid');
    const result = await warehouse.query(checkedSqlOf(metric), window, {
      timeoutMs: metric.timeoutMs,
      timezone: 'Europe/Madrid',
    });
    if (result.kind === 'failed') throw new Error(result.reason);
    expect(result.series).toBe(false);
    return result.rows[0]?.value;
  }

  it('is 0 where nothing happened', async () => {
    for (const id of IDS) expect([id, await valueOf(id)]).toEqual([id, 0]);
  });

  it('queue age: of what is due, since its first attempt; not of what is held, later, sent, or another workspace’s', async () => {
    await insertDelivery(database.db, { workspaceId: 'other', dueInMs: -500_000 });
    await insertDelivery(database.db, { status: 'held', dueInMs: -500_000 });
    await insertDelivery(database.db, { status: 'sent', dueInMs: -500_000 });
    await insertDelivery(database.db, { dueInMs: 500_000 });
    expect(await valueOf('heartbeat_queue_age')).toBe(0);
    await insertDelivery(database.db, { dueInMs: -40_000 });
    expect(await valueOf('heartbeat_queue_age')).toBeCloseTo(40, -1);
    const tried = await insertDelivery(database.db, { attempts: 3, dueInMs: 20_000 });
    const startedAt = new Date(Date.now() - 90_000).toISOString();
    await insertTry(database.db, tried, { number: 1, outcome: 'retry', startedAt });
    await insertTry(database.db, tried, { number: 3, outcome: 'retry' });
    expect(await valueOf('heartbeat_queue_age')).toBeCloseTo(90, -1);
  });

  it('failures: the share that was given up in the last hour', async () => {
    for (const status of ['sent', 'sent', 'sent', 'dead', 'pending', 'superseded'])
      await insertDelivery(database.db, { status });
    await insertDelivery(database.db, {
      status: 'dead',
      createdAt: new Date(Date.now() - 3_700_000).toISOString(),
    });
    await insertDelivery(database.db, { status: 'dead', workspaceId: 'other' });
    expect(await valueOf('heartbeat_delivery_failures')).toBe(25);
  });

  it('dead letters: those since midnight of the workspace’s zone', async () => {
    const rows = await database.db.prisma.$queryRaw<{ at: Date }[]>(
      sql`select date_trunc('day', now() at time zone 'Europe/Madrid') at time zone 'Europe/Madrid' as at`,
    );
    const midnight = rows[0]?.at.getTime() ?? 0;
    await insertDelivery(database.db, { status: 'dead', createdAt: new Date(midnight).toISOString() });
    await insertDelivery(database.db, { status: 'dead', createdAt: new Date(midnight - 1).toISOString() });
    expect(await valueOf('heartbeat_dead_letters')).toBe(1);
  });

  it('tick lag and stale metrics: by the clock of the tick', async () => {
    const tick = new Date('2026-11-20T13:05:00Z');
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.metric_state (workspace_id, metric_id, next_due_at, stale_at) values
        ('shop', 'late', '2026-11-20T13:03:00Z', '2026-11-20T13:04:00Z'), ('shop', 'now', '2026-11-20T13:05:00Z', null),
        ('shop', 'later', '2026-11-20T14:00:00Z', '2026-11-20T13:05:00Z'), ('shop', 'retired', null, '2026-11-20T10:00:00Z'),
        ('other', 'late', '2026-11-20T10:00:00Z', '2026-11-20T10:00:00Z')`);
    for (const id of ['late', 'now', 'later'])
      await database.db.prisma.$executeRaw(sql`
        insert into heartbeat.metric_registry
          (workspace_id, id, name, domain, unit, direction, file, definition, definition_hash, verification_state)
        values ('shop', ${id}, ${id}, 'x', 'count', 'up', 'x', '{}', 'x', 'verified')`);
    expect(await valueOf('heartbeat_tick_lag', tick)).toBe(120);
    expect(await valueOf('heartbeat_stale_metrics', tick)).toBe(1);
  });

  it('T22 cannot write, and leaves the sessions of others as they were', async () => {
    const query = { values: [], timezone: 'Europe/Madrid', timeoutMs: 1000 };
    const id = await insertDelivery(database.db);
    const written = await warehouse.inspect({ ...query, text: 'delete from heartbeat.delivery' });
    expect(written).toMatchObject({ kind: 'failed', code: '25006' });
    expect(await warehouse.inspect({ ...query, text: 'select 1/0' })).toMatchObject({
      kind: 'failed',
      code: '22012',
    });
    const settings = await database.db.prisma.$queryRaw<
      { zone: string; read_only: string; id: string | null }[]
    >(sql`
      select current_setting('timezone') as zone, current_setting('transaction_read_only') as read_only,
        nullif(current_setting('heartbeat.workspace_id', true), '') as id`);
    expect(settings).toEqual([{ zone: 'UTC', read_only: 'off', id: null }]);
    await database.db.prisma.$executeRaw(sql`delete from heartbeat.delivery where id = ${id}::uuid`);
  });

  it('T22 is bounded in time, where the engine can bound it, and in rows', async () => {
    const query = { values: [], timezone: 'UTC', timeoutMs: 100 };
    // the embedded engine knows no time limit; its pack is all that it runs
    const isBounded = database.db.kind === 'server';
    const slow = await warehouse.inspect({ ...query, text: `select pg_sleep(${isBounded ? 5 : 0})` });
    expect(slow).toMatchObject(isBounded ? { kind: 'failed', fault: 'timeout' } : { kind: 'rows' });
    const metric = {
      ...metricOf('heartbeat_dead_letters'),
      sql: 'select i as value from generate_series(1, 50000) i',
    };
    const result = await warehouse.query(
      checkedSqlOf(metric),
      { from: new Date(0), to: new Date() },
      { timeoutMs: 5000, timezone: 'UTC' },
    );
    expect(result).toMatchObject({ kind: 'failed', fault: 'result' });
  });

  it('does not keep others from the database, however many ask at once', async () => {
    const all = await Promise.all([
      ...IDS.map((id) => valueOf(id)),
      ...Array.from({ length: 20 }, () =>
        insertDelivery(database.db, { status: 'sent', reason: randomUUID() }),
      ),
    ]);
    expect(all).toHaveLength(25);
  });
});
