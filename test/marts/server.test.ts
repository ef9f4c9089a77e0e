import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { SECOND } from '../../src/lib/time.ts';
import { warehouseCanWrite } from '../../src/marts/can-write.ts';
import type { InspectedWarehouse } from '../../src/marts/index.ts';
import { openServerWarehouse } from '../../src/marts/server.ts';
import { createServerDatabase, type OwnDatabase } from '../support/database.ts';
import { startPostgres } from '../support/postgres.ts';
import { runSql } from '../support/sql.ts';
import { checked } from './checked.ts';
import { startProxy } from './frozen-proxy.ts';

const MADRID = 'Europe/Madrid';
const SETUP_MS = 60_000;
const window = { from: new Date('2026-10-20T09:00:00Z'), to: new Date('2026-10-20T12:00:00Z') };
const options = { timeoutMs: 10 * SECOND, timezone: MADRID };
const ONE = 'select 1 as value';
const SLOW =
  'select sum(sqrt(a.i * b.i)) as value from generate_series(1, 30000) a(i), generate_series(1, 30000) b(i)';

let database: OwnDatabase;
let url: string;
beforeAll(async () => {
  database = await createServerDatabase();
  url = database.address.databaseUrl ?? '';
}, SETUP_MS);
afterAll(() => database.remove());

const opened: InspectedWarehouse[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((warehouse) => warehouse.close()));
});

function open(at = url, concurrency = 2): InspectedWarehouse {
  const warehouse = openServerWarehouse({ url: at, timezone: MADRID, concurrency });
  opened.push(warehouse);
  return warehouse;
}

const ask = (warehouse: InspectedWarehouse, sql = ONE, more: Partial<typeof options> = {}) =>
  warehouse.query(checked(sql), window, { ...options, ...more });

const endSessions = () =>
  runSql(
    url,
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'heartbeat' and datname = current_database()",
  );

const countActive = async () => {
  const rows = await runSql(
    url,
    "select 1 from pg_stat_activity where application_name = 'heartbeat' and state = 'active' and datname = current_database()",
  );
  return rows.length;
};

async function settings(
  warehouse: InspectedWarehouse,
  more: Partial<typeof options> = {},
): Promise<readonly (string | null)[]> {
  const names = [
    'default_transaction_read_only',
    'transaction_read_only',
    'timezone',
    'statement_timeout',
    'application_name',
  ];
  const text = `select ${names.map((name) => `current_setting('${name}')`).join(', ')}`;
  const answer = await warehouse.inspect({ text, values: [], ...options, ...more });
  if (answer.kind === 'failed') throw new Error(answer.message);
  return answer.rows[0] ?? [];
}

describe('a session', () => {
  it("only reads, has the workspace's zone and the metric's timeout, and says who it is", async () => {
    const warehouse = open(url, 1);
    expect(await settings(warehouse)).toEqual(['on', 'on', MADRID, '10s', 'heartbeat']);
    expect(await settings(warehouse, { timeoutMs: 1_500, timezone: 'UTC' })).toEqual([
      'on',
      'on',
      'UTC',
      '1500ms',
      'heartbeat',
    ]);
    expect(await settings(warehouse)).toEqual(['on', 'on', MADRID, '10s', 'heartbeat']);
  });

  it('is set up once; each query is then one message', async () => {
    const proxy = await startProxy(url);
    const warehouse = open(proxy.url, 1);
    await ask(warehouse);
    proxy.countSent();
    for (let n = 0; n < 5; n += 1) await ask(warehouse, `select ${n} as value where now() > :from`);
    expect(proxy.countSent()).toBe(5);
    await ask(warehouse, ONE, { timeoutMs: 500 });
    expect(proxy.countSent()).toBe(2);
    await proxy.close();
  });

  it('keeps nothing on the server of the statements that ran', async () => {
    const warehouse = open(url, 1);
    await Promise.all(Array.from({ length: 20 }, (_, n) => ask(warehouse, `select ${n} as value`)));
    const answer = await warehouse.inspect({
      text: 'select count(*)::text from pg_prepared_statements',
      values: [],
      ...options,
    });
    expect(answer).toMatchObject({ rows: [['0']] });
  });
});

describe('faults of the connection', () => {
  it('a connection that was cut while it lay idle is replaced, unnoticed', async () => {
    const warehouse = open();
    await Promise.all([ask(warehouse), ask(warehouse)]);
    await endSessions();
    expect(await Promise.all([ask(warehouse), ask(warehouse), ask(warehouse)])).toMatchObject([
      { kind: 'rows' },
      { kind: 'rows' },
      { kind: 'rows' },
    ]);
  });

  it("a connection that is cut during its first query is the source's failure", async () => {
    const warehouse = open();
    const running = ask(warehouse, SLOW);
    await expect.poll(countActive).toBe(1);
    await endSessions();
    expect(await running).toMatchObject({
      kind: 'failed',
      fault: 'connection',
      reason: expect.stringContaining('57P01'),
    });
    expect(await ask(warehouse)).toMatchObject({ kind: 'rows' });
  });

  it('T22 a server that stops answering is cut off two seconds after the timeout', async () => {
    const proxy = await startProxy(url);
    const warehouse = open(proxy.url, 1);
    await ask(warehouse);
    proxy.freeze();
    const start = performance.now();
    const waiting = ask(warehouse, ONE, { timeoutMs: 10_000 });
    const frozen = await ask(open(proxy.url, 1), ONE, { timeoutMs: 100 });
    expect(frozen).toMatchObject({
      fault: 'connection',
      reason: 'the warehouse does not answer: it took too long to connect',
    });
    expect(performance.now() - start).toBeLessThan(7_000);
    await proxy.close();
    expect(await waiting).toMatchObject({ kind: 'failed', fault: 'connection' });
  });

  it('T22 a query whose answer never comes does not hold its place', async () => {
    const proxy = await startProxy(url);
    const warehouse = open(proxy.url, 1);
    await ask(warehouse, ONE, { timeoutMs: 100 });
    proxy.freeze();
    const start = performance.now();
    const frozen = ask(warehouse, ONE, { timeoutMs: 100 });
    expect(await frozen).toMatchObject({ kind: 'failed', fault: 'timeout' });
    expect(performance.now() - start).toBeLessThan(4_000);
    proxy.thaw();
    expect(await ask(warehouse)).toMatchObject({ kind: 'rows' });
    await proxy.close();
  });

  it('where nothing can connect, all that wait fail at once, without the address', async () => {
    const warehouse = open('postgres://bob:hunter2@127.0.0.1:1/secret_db');
    const start = performance.now();
    const results = await Promise.all(Array.from({ length: 500 }, () => ask(warehouse)));
    expect(performance.now() - start).toBeLessThan(3_000);
    expect(new Set(results.map((result) => JSON.stringify({ ...result, durationMs: 0 })))).toEqual(
      new Set([
        JSON.stringify({
          kind: 'failed',
          fault: 'connection',
          reason: 'the warehouse does not answer: ECONNREFUSED',
          durationMs: 0,
        }),
      ]),
    );
    expect(await warehouse.ping()).toEqual({
      ok: false,
      reason: 'the warehouse does not answer: ECONNREFUSED',
    });
  });

  it('a refused login says so, and no password', async () => {
    const address = new URL(url);
    address.password = 'hunter2';
    const result = await ask(open(address.href));
    expect(result).toMatchObject({
      fault: 'connection',
      reason: 'the warehouse does not answer: it refused the login (28P01)',
    });
  });

  it('what is slow and waits makes it busy, not dead', async () => {
    const warehouse = open(url, 1);
    const slow = ask(warehouse, SLOW, { timeoutMs: 7_000 });
    await expect.poll(countActive).toBe(1);
    expect(await warehouse.ping()).toEqual({
      ok: false,
      reason: 'the warehouse is busy with slow queries, or still opening',
    });
    await slow;
    expect(await warehouse.ping()).toEqual({ ok: true });
  }, 15_000);

  it('closing ends what runs, and what comes later fails', async () => {
    const warehouse = openServerWarehouse({ url, timezone: MADRID });
    const running = ask(warehouse, SLOW);
    await expect.poll(countActive).toBe(1);
    await warehouse.close();
    expect(await running).toMatchObject({ kind: 'failed', fault: 'connection' });
    expect(await ask(warehouse)).toMatchObject({ kind: 'failed', fault: 'connection' });
  });

  it('a restarted server is found again', async () => {
    const server = await startPostgres();
    const warehouse = open(server.url);
    expect(await ask(warehouse)).toMatchObject({ kind: 'rows' });
    await server.halt();
    expect(await ask(warehouse)).toMatchObject({ kind: 'failed', fault: 'connection' });
    await server.start();
    expect(await ask(warehouse)).toMatchObject({ kind: 'rows' });
    await server.stop();
  }, 60_000);
});

describe('warehouseCanWrite', () => {
  const as = (role: string) => {
    const address = new URL(url);
    address.username = role;
    address.password = 'pw';
    return address.href;
  };
  const roles = {
    reader: `reader_${process.pid}`,
    writer: `writer_${process.pid}`,
    owner: `owner_${process.pid}`,
  };

  beforeAll(async () => {
    await runSql(url, 'create schema marts');
    for (const role of Object.values(roles)) {
      await runSql(url, `create role ${role} login password 'pw'`);
      await runSql(url, `grant usage on schema marts to ${role}`);
    }
    for (let n = 1; n <= 8; n += 1) {
      await runSql(url, `create table marts.t${n} (a int)`);
      await runSql(url, `grant select on marts.t${n} to ${roles.reader}`);
      await runSql(url, `grant insert on marts.t${n} to ${roles.writer}`);
    }
    await runSql(url, `create schema theirs authorization ${roles.owner}`);
    await runSql(url, `alter table marts.t1 owner to ${roles.owner}`);
  });
  afterAll(async () => {
    for (const role of Object.values(roles))
      await runSql(url, `drop owned by ${role}; drop role ${role}`).catch(() => undefined);
  });

  it('is content with a role that only reads', async () => {
    expect(await warehouseCanWrite(as(roles.reader))).toEqual({ canWrite: false, reasons: [] });
  });

  it('names what a role could change', async () => {
    expect(await warehouseCanWrite(as(roles.writer))).toEqual({
      canWrite: true,
      reasons: ['it may change marts.t1, marts.t2, marts.t3, marts.t4, marts.t5 and 3 more'],
    });
    expect(await warehouseCanWrite(as(roles.owner))).toEqual({
      canWrite: true,
      reasons: ['it may change marts.t1', 'it may make tables in theirs'],
    });
    expect((await warehouseCanWrite(url)).reasons).toContain('the role is a superuser');
  });

  it('says when it cannot ask, without the address', async () => {
    await expect(warehouseCanWrite('postgres://bob:hunter2@127.0.0.1:1/secret_db')).rejects.toMatchObject({
      code: 'marts_unreachable',
      message: expect.not.stringMatching(/hunter2|secret_db|bob/),
    });
  });
});
