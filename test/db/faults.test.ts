import { existsSync, statSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startEngine } from '../../src/db/engine.ts';
import { createJobs, type DbLog, inTransaction, openDatabase, silentLog } from '../../src/db/index.ts';
import { createEmbeddedDatabase, withOwnServerDatabase } from '../support/database.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { runSql, withDatabaseName } from '../support/sql.ts';

const workers: Worker[] = [];
const keepWorker = (worker: Worker): void => void workers.push(worker);
beforeAll(() => void process.on('worker', keepWorker));
afterAll(() => void process.off('worker', keepWorker));

const WORKSPACE = { name: 'W', timezone: 'UTC', locale: 'en' };
const UNAVAILABLE = { name: 'UnavailableError', code: 'database_unavailable' };

function collectLog(): DbLog & { said: string[] } {
  const said: string[] = [];
  const say = (details: object, message: string) => said.push(`${message}: ${JSON.stringify(details)}`);
  return { said, info: say, warn: say, error: say };
}

describe('a PostgreSQL that goes away and comes back', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  it('is told of while it is away, and used again without a restart: queries, jobs, locks', async () => {
    const log = collectLog();
    const db = await openDatabase({ databaseUrl: server.url, dataDir: '', log });
    onTestFinished(() => db.close());
    const jobs = await createJobs(db, [{ name: 'tick' }], log);
    onTestFinished(() => jobs.stop());
    const worked: unknown[] = [];
    await jobs.work('tick', { batchSize: 5 }, async (batch) => {
      worked.push(...batch.map(({ data }) => data));
    });
    const lock = await db.sessionLock('poller');
    const open = Promise.withResolvers<void>();
    const halted = Promise.withResolvers<void>();
    const cut = inTransaction(db, async (tx) => {
      await tx.workspace.create({ data: { id: 'cut', ...WORKSPACE } });
      open.resolve();
      await halted.promise;
      await tx.workspace.count();
    });
    const cutOff = cut.catch((error: unknown) => error);
    await open.promise;

    await server.halt();
    halted.resolve();
    await lock?.lost;
    expect(await cutOff).toMatchObject(UNAVAILABLE);
    await expect(db.ping(2000)).rejects.toMatchObject(UNAVAILABLE);
    await expect(inTransaction(db, (tx) => tx.workspace.count())).rejects.toMatchObject(UNAVAILABLE);
    await expect(jobs.send(null, 'tick', [{ data: {} }])).rejects.toMatchObject(UNAVAILABLE);
    await expect(db.sessionLock('poller')).rejects.toMatchObject(UNAVAILABLE);
    await expect(createJobs(db, [{ name: 'other' }], log)).rejects.toMatchObject(UNAVAILABLE);

    await server.start();
    await expect
      .poll(
        () =>
          db.ping(2000).then(
            () => 'answers',
            () => 'silent',
          ),
        { timeout: 10_000 },
      )
      .toBe('answers');
    expect(await db.prisma.workspace.count()).toBe(0);
    await jobs.send(null, 'tick', [{ data: { n: 1 } }]);
    await expect.poll(() => worked, { timeout: 10_000 }).toEqual([{ n: 1 }]);
    const again = await db.sessionLock('poller');
    expect(again).not.toBeNull();
    await again?.release();
    expect(log.said.some((line) => line.startsWith('the job queue had a problem'))).toBe(true);
  });
});

describe('a server database', () => {
  const database = withOwnServerDatabase();

  it('gives a session lock to one holder, until that releases it', async () => {
    const first = await database.db.sessionLock('poller');
    expect(first).not.toBeNull();
    expect(await database.db.sessionLock('poller')).toBeNull();
    const other = await database.db.sessionLock('other');
    await other?.release();
    await first?.release();
    const second = await database.db.sessionLock('poller');
    expect(second).not.toBeNull();
    await second?.release();
  });

  it('tells the holder of a session lock that its connection was ended', async () => {
    const lock = await database.db.sessionLock('poller');
    const ended = await runSql(
      database.address.databaseUrl ?? '',
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'heartbeat lock poller' and datname = current_database()",
    );
    expect(ended).toHaveLength(1);
    await lock?.lost;
    await expect.poll(() => database.db.sessionLock('poller')).not.toBeNull();
  });

  it('replaces connections that the server ends', async () => {
    await database.db.ping(1000);
    await runSql(
      database.address.databaseUrl ?? '',
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'heartbeat' and datname = current_database()",
    );
    await expect.poll(() => database.db.ping(1000).then(() => 'answers', String)).toBe('answers');
  });

  it('reads and writes instants right when it lives in another zone', async () => {
    const url = database.address.databaseUrl ?? '';
    await runSql(url, `alter database ${new URL(url).pathname.slice(1)} set timezone = 'Asia/Tokyo'`);
    const db = await openDatabase(database.address);
    onTestFinished(() => db.close());
    const at = new Date('2026-07-01T12:00:00Z');
    await db.prisma.handledUpdate.create({ data: { channel: 'telegram', updateId: '1', at } });
    expect(await db.prisma.handledUpdate.findMany({ select: { at: true } })).toEqual([{ at }]);
    const [row] = await runSql<{ at: Date }>(url, 'select at from heartbeat.handled_update');
    expect(row?.at).toEqual(at);
  });

  it('frees the rows of a transaction that fell asleep', async () => {
    const rows = await database.db.prisma.$queryRaw`show idle_in_transaction_session_timeout`;
    expect(rows).toEqual([{ idle_in_transaction_session_timeout: '15s' }]);
  });
});

describe('an address of a database', () => {
  const database = withOwnServerDatabase();
  it.each(['mysql://host/db', 'nonsense', ''])('is refused when it is "%s"', async (databaseUrl) => {
    await expect(openDatabase({ databaseUrl, dataDir: '' })).rejects.toMatchObject({
      name: 'InputError',
      code: 'database_url_invalid',
    });
  });

  it.each([
    ['password', 'postgresql://postgres:hunter2@'],
    ['user', 'postgresql://nobody:hunter2@'],
  ])('with a wrong %s is refused in a sentence that keeps the password', async (_what, start) => {
    const { host, pathname } = new URL(database.address.databaseUrl ?? '');
    await expect(
      openDatabase({ databaseUrl: `${start}${host}${pathname}`, dataDir: '' }),
    ).rejects.toMatchObject({
      code: 'database_refused',
      message: expect.not.stringContaining('hunter2'),
    });
  });

  it('of a database that is not there is refused', async () => {
    const databaseUrl = withDatabaseName(database.address.databaseUrl ?? '', 'nowhere');
    await expect(openDatabase({ databaseUrl, dataDir: '' })).rejects.toMatchObject({
      code: 'database_refused',
      message: expect.stringContaining('"nowhere" does not exist'),
    });
  });

  it('where nobody listens gives an error that keeps the password', async () => {
    const open = openDatabase({ databaseUrl: 'postgresql://user:hunter2@127.0.0.1:1/db', dataDir: '' });
    await expect(open).rejects.toMatchObject({
      ...UNAVAILABLE,
      message: expect.not.stringContaining('hunter2'),
    });
  });

  it('where somebody listens and never answers makes a ping end in time', async () => {
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => sockets.add(socket));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const { port } = silent.address() as { port: number };
    const db = await openDatabase({
      databaseUrl: `postgresql://user@127.0.0.1:${port}/db`,
      dataDir: '',
      migrate: false,
    });
    onTestFinished(async () => {
      for (const socket of sockets) socket.destroy();
      silent.close();
      await db.close();
    });
    const askedAt = performance.now();
    await expect(db.ping(200)).rejects.toMatchObject({
      ...UNAVAILABLE,
      message: expect.stringContaining('within 200 ms'),
    });
    await expect(db.ping(100)).rejects.toMatchObject(UNAVAILABLE);
    expect(performance.now() - askedAt).toBeLessThan(2000);
    expect(sockets.size).toBe(1);
  });
});

describe('the embedded engine', () => {
  it('gives a session lock to one holder', async () => {
    const own = await createEmbeddedDatabase();
    onTestFinished(own.remove);
    const db = await openDatabase(own.address);
    const lock = await db.sessionLock('poller');
    expect(await db.sessionLock('poller')).toBeNull();
    await lock?.release();
    expect(await db.sessionLock('poller')).not.toBeNull();
    await db.close();
    await db.close();
  });

  it('that breaks is told of: the log says so, a ping fails, locks are lost', async () => {
    const own = await createEmbeddedDatabase();
    onTestFinished(own.remove);
    const log = collectLog();
    const db = await openDatabase({ ...own.address, log });
    onTestFinished(() => db.close());
    const lock = await db.sessionLock('poller');
    await workers.at(-1)?.terminate();
    await lock?.lost;
    await expect(db.ping(1000)).rejects.toMatchObject(UNAVAILABLE);
    expect(log.said.filter((line) => line.startsWith('the embedded database has stopped'))).toHaveLength(1);
  });

  it('lets its owner alone connect, and leaves nothing behind when it is closed', async () => {
    const own = await createEmbeddedDatabase();
    onTestFinished(own.remove);
    const engine = await startEngine(join(own.address.dataDir, 'postgres'));
    const socketFolder = new URL(engine.connectionString).searchParams.get('host') ?? '';
    expect(statSync(socketFolder).mode & 0o777).toBe(0o700);
    expect(await runSql(engine.connectionString, 'select 1 as one')).toEqual([{ one: 1 }]);
    await engine.close();
    expect(existsSync(socketFolder)).toBe(false);
    await engine.close();
  });
});

describe('the log', () => {
  it('may be left out', () => {
    expect(silentLog.info({}, '')).toBeUndefined();
  });
});
