/** Heartbeat's own PostgreSQL goes away, cuts, stalls or is full while ticks and deliveries run: all goes on by itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { describe, expect, it } from 'vitest';
import { startPostgres } from '../support/postgres.ts';
import { openProxy } from './proxy.ts';
import { listTicksTwice, listWaiting, VALUES } from './shop.ts';
import { until } from './until.ts';
import { alertsOf, openDatabaseFor, openShopFor, readReadiness, type ShopTest } from './with-shop.ts';

const BACK_WITHIN_MS = 10_000;
const TEST_MS = 90_000;
const AWAY_MS = 3_000;
const STALL_MS = 5_000;
const CUTS = 4;
const LATE_MS = 1_000;

describe.concurrent('Heartbeat’s own PostgreSQL', () => {
  it(
    'T05 restarted: it goes on by itself, nothing is lost, missed ticks are one catch-up',
    { timeout: TEST_MS },
    async (context) => {
      const server = await startPostgres();
      context.onTestFinished(() => server.stop());
      const martsUrl = await openDatabaseFor(context);
      const shop = await openShopFor(context, { databaseUrl: server.url, martsUrl, metrics: 3 });
      const running = await shop.start();
      await until('first readings', async () => (await listTicks(shop)).length >= 3);

      // one call is under way, its result cannot be stored
      shop.api.fail({ method: 'sendMessage', chat: shop.people[0]?.id ?? 0, with: { delayMs: 1_500 } });
      await shop.set('m01', VALUES.red);
      await until('a call under way', () => shop.api.calls.some(({ method }) => method === 'sendMessage'));
      await server.halt();
      const halted = new Date();
      await shop.set('m02', VALUES.red);
      await until('a 503', async () => (await readReadiness(running.url)).status === 503, 3_000);
      expect((await readReadiness(running.url)).troubled.join('\n')).toMatch(/^database: .*does not answer/m);
      await sleep(AWAY_MS);
      await server.start();
      const back = new Date();

      await until('a 200', async () => (await readReadiness(running.url)).status === 200, BACK_WITHIN_MS);
      await until('the alert of m02', () => alertsOf(shop, 'm02').length > 0, BACK_WITHIN_MS);
      await until('an idle outbox', async () => (await listWaiting(shop)).length === 0);
      await expectOnce(shop, ['m01', 'm02']);
      const missed = (await listTicks(shop)).filter(({ as_of }) => as_of > halted && as_of < back);
      expect(missed.filter(({ metric }) => metric === 'm03').length).toBeLessThanOrEqual(1);
      expect(await listTicksTwice(shop)).toEqual([]);
    },
  );

  it(
    'cuts every connection, again and again: each message comes once',
    { timeout: TEST_MS },
    async (context) => {
      const shop = await openShopFor(context, { metrics: 8 });
      const running = await shop.start();
      await until('first readings', async () => (await listTicks(shop)).length >= 8);
      for (let cut = 0; cut < CUTS; cut += 1) {
        await shop.set(shop.metrics[2 * cut] ?? '', VALUES.red);
        await shop.set(shop.metrics[2 * cut + 1] ?? '', VALUES.amber);
        await sleep(700);
        expect(await cutConnections(shop)).toBeGreaterThan(0);
      }
      await until(
        'all alerts',
        () => shop.metrics.every((metric) => alertsOf(shop, metric).length > 0),
        BACK_WITHIN_MS,
      );
      await until('an idle outbox', async () => (await listWaiting(shop)).length === 0);
      expect((await readReadiness(running.url)).status).toBe(200);
      await expectOnce(shop, shop.metrics);
      expect(await listTicksTwice(shop)).toEqual([]);
    },
  );

  it(
    'is slow by 5 s, then has its tables locked for 5 s, then is full: it waits and goes on',
    { timeout: TEST_MS },
    async (context) => {
      const databaseUrl = await openDatabaseFor(context);
      const way = await openProxy(databaseUrl);
      context.onTestFinished(() => way.close());
      const shop = await openShopFor(context, {
        databaseUrl,
        environment: { DATABASE_URL: way.url },
        metrics: 4,
      });
      const running = await shop.start();
      await until('first readings', async () => (await listTicks(shop)).length >= 4);

      await shop.set('m01', VALUES.red);
      await sleep(200);
      way.hold();
      await until('a 503', async () => (await readReadiness(running.url)).status === 503, 4_000);
      await shop.set('m02', VALUES.red);
      await sleep(STALL_MS);
      way.flow();
      await until(
        'two alerts',
        () => alertsOf(shop, 'm01').length > 0 && alertsOf(shop, 'm02').length > 0,
        BACK_WITHIN_MS,
      );
      await until('a 200', async () => (await readReadiness(running.url)).status === 200, BACK_WITHIN_MS);

      const locked = lockTables(databaseUrl);
      await shop.set('m03', VALUES.red);
      await locked;
      await until('the third alert', () => alertsOf(shop, 'm03').length > 0, BACK_WITHIN_MS);

      await fillDisk(shop);
      await shop.set('m04', VALUES.red);
      await sleep(2_000);
      expect(alertsOf(shop, 'm04')).toEqual([]);
      await shop.ask('drop trigger disk_full on heartbeat.metric_history');
      await until('the fourth alert', () => alertsOf(shop, 'm04').length > 0, BACK_WITHIN_MS);

      await until('an idle outbox', async () => (await listWaiting(shop)).length === 0);
      await expectOnce(shop, shop.metrics);
      expect(await listTicksTwice(shop)).toEqual([]);
    },
  );

  it(
    'answers everything a second late: alerts come late, once, and are recorded',
    { timeout: TEST_MS },
    async (context) => {
      const databaseUrl = await openDatabaseFor(context);
      const way = await openProxy(databaseUrl);
      context.onTestFinished(() => way.close());
      const shop = await openShopFor(context, {
        databaseUrl,
        environment: { DATABASE_URL: way.url },
        metrics: 1,
      });
      await shop.start();
      await until('a reading', async () => (await listTicks(shop)).length > 0);
      way.slow(LATE_MS);
      await shop.set('m01', VALUES.red);
      await until('the alert', () => alertsOf(shop, 'm01').length > 0, 40_000);
      await until(
        'its record',
        async () =>
          (
            await shop.ask("select 1 from heartbeat.delivery where operation = 'post' and status = 'sent'")
          )[0],
        30_000,
      );
      way.slow(0);
      await until('an idle outbox', async () => (await listWaiting(shop)).length === 0);
      expect(alertsOf(shop, 'm01')).toHaveLength(1);
    },
  );
});

async function listTicks(shop: ShopTest): Promise<{ metric: string; as_of: Date }[]> {
  return shop.ask('select metric, as_of from heartbeat.metric_history order by as_of');
}

/** Each of these metrics has one alert, which is in its chat once: the process that sent it lives, and knows. */
async function expectOnce(shop: ShopTest, metrics: readonly string[]): Promise<void> {
  const alerts = await shop.ask<{ metric_id: string }>('select metric_id from heartbeat.alerts order by 1');
  expect(alerts.map(({ metric_id: metric }) => metric)).toEqual(metrics);
  expect(metrics.map((metric) => alertsOf(shop, metric).length)).toEqual(metrics.map(() => 1));
}

async function cutConnections(shop: ShopTest): Promise<number> {
  const rows = await shop.ask(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name <> 'fault tests'`,
  );
  return rows.length;
}

async function lockTables(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('begin');
  await client.query('lock table heartbeat.metric_state, heartbeat.delivery in access exclusive mode');
  await sleep(STALL_MS);
  await client.query('commit');
  await client.end();
}

/** Says what PostgreSQL says when its disk is full. */
async function fillDisk(shop: ShopTest): Promise<void> {
  await shop.ask(`
    create function heartbeat.disk_full() returns trigger language plpgsql as
    $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$`);
  await shop.ask(
    'create trigger disk_full before insert on heartbeat.metric_history for each statement execute function heartbeat.disk_full()',
  );
}
