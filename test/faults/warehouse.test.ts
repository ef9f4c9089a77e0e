/** The warehouse is down, slow, answers nonsense or a million rows: bounded time and memory, levels kept, other metrics on time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { describe, expect, it, type TestContext } from 'vitest';
import { openProxy } from './proxy.ts';
import { VALUES } from './shop.ts';
import { until } from './until.ts';
import { alertsOf, API_TOKEN, openDatabaseFor, openShopFor, repliesOf, type ShopTest } from './with-shop.ts';

const TEST_MS = 90_000;
const DOWN_MS = 4_000;
const TICKS = 8;
/** 10,001 rows of a value and an instant are about this long on the wire; a million would be a hundred times that. */
const ROWS_BYTES = 1_000_000;

const MILLION =
  "select g as value, timestamptz '2020-01-01' + g * interval '1 second' as as_of from generate_series(1, 1000000) g";
/** What each metric's SQL does, and what its tile then says. */
const BAD: Record<string, { sql: string; over?: Record<string, string>; says: RegExp }> = {
  m02: {
    sql: 'select count(*) as value from marts.locked',
    over: { timeout: '1s' },
    says: /longer than 1 s/,
  },
  m03: { sql: "select 'many' as value", says: /text, not a number/ },
  m04: { sql: "select 'NaN'::float8 as value", says: /NaN/ },
  m05: { sql: 'select now() as value', says: /date or time/ },
  m06: { sql: MILLION, over: { period: '5s' }, says: /more than 10,000 rows/ },
  m07: { sql: 'select 1 / (count(*) - count(*)) as value from marts.signal', says: /division by zero/ },
  m08: { sql: 'select 1 as value union all select 2', says: /more than one row/ },
};

describe.concurrent('the warehouse', () => {
  it(
    'T06 is down and comes back: levels stay, the tile says why, nobody hears of it twice',
    { timeout: TEST_MS },
    async (context) => {
      const martsUrl = await openDatabaseFor(context);
      const way = await openProxy(martsUrl);
      context.onTestFinished(() => way.close());
      const shop = await openShopFor(context, { martsUrl, environment: { MARTS_URL: way.url }, metrics: 2 });
      const { url } = await shop.start();
      await shop.set('m01', VALUES.red);
      await until('the alert', () => alertsOf(shop, 'm01')[0]?.photo);
      way.cut();
      await until('an error on the tile', async () => (await readMetric(url, 'm01')).error);
      await sleep(DOWN_MS);
      expect(await readMetric(url, 'm01')).toMatchObject({ level: 'red', value: VALUES.red });
      expect(await readMetric(url, 'm02')).toMatchObject({
        level: 'green',
        error: expect.stringMatching(/warehouse does not answer/),
      });
      way.mend();
      await until('a reading again', async () => (await readMetric(url, 'm02')).error === null, 5_000);
      await sleep(2_000);
      expect(alertsOf(shop, 'm01')).toHaveLength(1);
      expect(repliesOf(shop, 'm01')).toEqual([]);
      expect(await shop.ask('select edge from heartbeat.alert_event')).toEqual([{ edge: 'entered_red' }]);
      await shop.set('m01', VALUES.green);
      await until('the recovery', () => repliesOf(shop, 'm01').length > 0);
    },
  );

  it(
    'T22 is slow, answers text, NaN, instants, a million rows: each says so, the others are on time',
    { timeout: TEST_MS },
    async (context) => {
      const martsUrl = await openDatabaseFor(context);
      const way = await openProxy(martsUrl);
      context.onTestFinished(() => way.close());
      const shop = await openShopFor(context, {
        martsUrl,
        environment: { MARTS_URL: way.url },
        metrics: 9,
        file: (metric) => {
          const bad = BAD[metric];
          return bad ? { sql: JSON.stringify(bad.sql), sources: '[]', ...bad.over } : {};
        },
      });
      await lockTable(context, martsUrl);
      const { url } = await shop.start();
      const startedAt = performance.now();
      const before = way.received();
      await until('ticks of a good metric', async () => (await countTicks(shop, 'm01')) >= TICKS, 30_000);
      const seconds = (performance.now() - startedAt) / 1_000;
      expect(way.received() - before).toBeLessThan(ROWS_BYTES * seconds);
      expect(seconds).toBeLessThan(2 * TICKS);

      for (const [metric, { says }] of Object.entries(BAD)) {
        const tile = await until(`an error of ${metric}`, async () => {
          const read = await readMetric(url, metric);
          return read.error === null ? null : read;
        });
        expect(tile).toMatchObject({ error: expect.stringMatching(says), value: null, level: null });
        expect(alertsOf(shop, metric)).toEqual([]);
      }
      await shop.set('m09', VALUES.red);
      await until('the alert of a good metric', () => alertsOf(shop, 'm09').length > 0, 5_000);
    },
  );
});

type Tile = { level: string | null; value: number | null; error: string | null };

async function readMetric(url: string, metric: string): Promise<Tile> {
  const response = await fetch(`${url}/api/metrics/${metric}`, {
    headers: { authorization: `Bearer ${API_TOKEN}` },
  });
  return (await response.json()) as Tile;
}

async function countTicks(shop: ShopTest, metric: string): Promise<number> {
  return (await shop.ask('select 1 from heartbeat.metric_history where metric = $1', [metric])).length;
}

/** A table that whoever reads it waits for. */
async function lockTable({ onTestFinished }: TestContext, url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  onTestFinished(() => client.end());
  await client.query('create table marts.locked (id int)');
  await client.query('begin; lock table marts.locked in access exclusive mode');
}
