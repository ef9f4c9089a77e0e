import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql } from '../src/db/index.ts';
import type { LoopStats } from '../src/http/index.ts';
import { createWatchdog, isLoopWhole, type LoopFacts, type Watchdog } from '../src/watchdog.ts';
import { createCommandWorld, NOW, type CommandWorld } from './commands/world.ts';
import { insertDelivery, insertTry } from './delivery/rows.ts';
import { describeOnBothDatabases } from './support/database.ts';
import { findFreePort } from './support/free-port.ts';

const well: LoopFacts = {
  now: new Date(NOW),
  lastLoopAt: new Date(NOW),
  pulseError: null,
  outboxError: null,
  overdue: [],
  stuckMs: 0,
};

describe('isLoopWhole', () => {
  it('is so when ticks are stored and messages go out, also a little late', () => {
    expect(isLoopWhole(well)).toEqual({ whole: true });
    const late = new Date(Date.parse(NOW) - 30_000);
    expect(isLoopWhole({ ...well, lastLoopAt: late, stuckMs: 119_999 })).toEqual({ whole: true });
  });

  it.each<[Partial<LoopFacts>, RegExp]>([
    [{ lastLoopAt: null }, /nothing looks/],
    [{ lastLoopAt: new Date(Date.parse(NOW) - 30_001) }, /nothing looks/],
    [{ pulseError: 'connect ECONNREFUSED' }, /cannot be read/],
    [{ outboxError: '401 Unauthorized' }, /channel refuses/],
    [{ overdue: ['conversion'] }, /late: conversion/],
    [{ stuckMs: 120_000 }, /due for 120 s/],
  ])('is not so with %o', (over, reason) => {
    expect(isLoopWhole({ ...well, ...over })).toEqual({
      whole: false,
      reason: expect.stringMatching(reason) as string,
    });
  });
});

describeOnBothDatabases('watchdog', (database) => {
  let server: Server;
  let url = '';
  let pings: string[] = [];
  let status = 200;
  let logged = '';
  let world: CommandWorld;
  let stats: LoopStats;
  let watchdog: Watchdog | undefined;

  beforeEach(async () => {
    pings = [];
    status = 200;
    logged = '';
    server = createServer((request, response) => {
      pings.push(`${request.method} ${request.url}`);
      response.writeHead(status).end('ok');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ping/secret-key`;
    await database.clear();
    world = await createCommandWorld(database.db);
    stats = {
      pulse: { ticks: 1, failed: 0, lastLoopAt: new Date(NOW), lastError: null },
      outbox: { sent: 1, retried: 0, dead: 0, lastError: null },
    };
  });
  afterEach(async () => {
    await watchdog?.stop();
    server.closeAllConnections();
    server.close();
  });

  function start(over: Partial<CommandWorld['deps']> = {}, address = url, everyMs = 20): Watchdog {
    const log = pino(
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          logged += chunk.toString();
          done();
        },
      }),
    );
    watchdog = createWatchdog({ deps: { ...world.deps, log, ...over }, stats, url: address, everyMs });
    watchdog.start();
    return watchdog;
  }

  const reason = (running: Watchdog) => expect.poll(() => running.state().reason, { timeout: 5000 });
  const setDue = (secondsAgo: number) =>
    database.db.prisma.$executeRaw(sql`
      insert into heartbeat.metric_state (workspace_id, metric_id, next_due_at)
      values ('shop', 'conversion', ${new Date(Date.parse(NOW) - secondsAgo * 1000)})`);

  it('pings while all is well, and says so', async () => {
    await setDue(60);
    const running = start();
    expect(running.state()).toEqual({ ok: true, reason: 'not due yet' });
    await reason(running).toBe('pinged');
    expect(new Set(pings)).toEqual(new Set(['GET /ping/secret-key']));
    await running.stop();
    const before = pings.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    // one that was under way may still arrive
    expect(pings.length).toBeLessThanOrEqual(before + 1);
  });

  it('pings soon after the start, also when the next look is a minute away', async () => {
    await setDue(60);
    start({}, url, 60_000);
    await expect.poll(() => pings, { timeout: 20_000 }).toEqual(['GET /ping/secret-key']);
  });

  it('is silent while the tick loop stands still', async () => {
    await setDue(61);
    const running = start();
    await reason(running).toBe('ticks are late: conversion');
    expect(pings).toEqual([]);
    expect(running.state().ok).toBe(false);
    await database.db.prisma.$executeRaw(
      sql`update heartbeat.metric_state set next_due_at = ${new Date(NOW)}`,
    );
    await reason(running).toBe('pinged');
  });

  it('is silent while the database does not answer', async () => {
    const db = { ...database.db, ping: () => Promise.reject(new Error('connection refused')) };
    await reason(start({ db })).toBe('the database does not answer');
    expect(pings).toEqual([]);
  });

  it('is silent while a channel stands still, however often it is tried', async () => {
    const id = await insertDelivery(database.db, { attempts: 9, dueInMs: 30_000 });
    await insertTry(database.db, id, {
      number: 1,
      outcome: 'retry',
      startedAt: new Date(Date.now() - 130_000).toISOString(),
    });
    await reason(start()).toMatch(/a message has been due for 13\d s/);
    expect(pings).toEqual([]);
  });

  it('does not take for stuck what is kept back, told to wait, or sent at its pace', async () => {
    const old = new Date(Date.now() - 600_000).toISOString();
    await insertDelivery(database.db, { status: 'held', createdAt: old });
    await insertDelivery(database.db, { dueInMs: 300_000, createdAt: old });
    await insertDelivery(database.db, { place: 'telegram:2', dueInMs: -300_000 });
    await database.db.prisma.$executeRaw(sql`
      insert into heartbeat.place (workspace_id, key, channel, held_until)
      values ('shop', 'telegram:2', 'telegram', now() + interval '1 hour')`);
    await insertDelivery(database.db, { place: 'telegram:3', dueInMs: -300_000 });
    await insertDelivery(database.db, {
      place: 'telegram:3',
      status: 'sent',
      sentAt: new Date(Date.now() - 5000).toISOString(),
    });
    await reason(start()).toBe('pinged');
    expect(pings).not.toEqual([]);
  });

  it('tells that its address refused or was not there, without the address', async () => {
    status = 404;
    const running = start();
    await reason(running).toBe('it answered 404');
    await running.stop();
    const gone = start({}, `http://127.0.0.1:${await findFreePort()}/ping/secret-key`);
    await reason(gone).toBe('it could not be reached (ECONNREFUSED)');
    expect(logged).toContain('ECONNREFUSED');
    expect(logged).not.toContain('secret-key');
    expect(logged).not.toContain('127.0.0.1');
  });
});
