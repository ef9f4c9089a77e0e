import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { advanceDemo, type DemoEffect, seedDemo } from '../../packs/demo/index.ts';
import { rewindDemo } from '../../packs/demo/generator.ts';
import { LIVE_KEPT_MS } from '../../packs/demo/generator-live.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../src/lib/time.ts';
import { getMetric, openTestMarts, type TestMarts } from './demo-marts.ts';

// Eighteen months are made in two seconds on an idle machine, and in many on a busy one.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const NOW = new Date('2026-11-20T07:20:13Z');
const TABLES: Record<string, string> = {
  sessions: 'hour',
  orders: 'hour',
  payments: 'hour',
  deliveries: 'hour',
  sales: 'day',
  customers: 'day',
  stock: 'day',
  bank_bookings: 'day',
  tickets: 'opened_at',
  live_site: 'at',
  live_floor: 'at',
};

let marts: TestMarts;
beforeAll(async () => {
  marts = await openTestMarts();
});
afterAll(async () => {
  await marts.pg.close();
});

/** A digest of each table's rows from an instant on: live tables keep only their last hours. */
async function digest(since: Date): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const [table, time] of Object.entries(TABLES)) {
    const { rows } = await marts.pg.query<{ digest: string; rows: number }>(
      `select count(*) as rows, md5(string_agg(t::text, E'\\n' order by t::text)) as digest
       from marts.${table} t where ${time} >= $1::timestamptz`,
      [table.startsWith('live') ? new Date(since.getTime() + LIVE_START_MS) : since],
    );
    digests[table] = `${rows[0]?.rows} rows, ${rows[0]?.digest}`;
  }
  return digests;
}
/** From the digests' first instant to the beginning of what the live tables keep at the later `now`. */
const SINCE = new Date(NOW.getTime() - 500 * DAY);
const LATER = new Date(NOW.getTime() + 8 * DAY + 3 * HOUR + 41 * MINUTE);
const LIVE_START_MS = LATER.getTime() - LIVE_KEPT_MS - SINCE.getTime();

describe('the seeded history', () => {
  beforeAll(() => seedDemo(marts, NOW));

  it('reaches eighteen months back and up to now', async () => {
    const span = await marts.number(
      `select extract(epoch from max(hour) - min(hour)) / 86400 from marts.orders`,
    );
    expect(span).toBeGreaterThan(547);
    expect(await marts.number(`select extract(epoch from max(hour)) from marts.orders`)).toBe(
      Date.parse('2026-11-20T06:00:00Z') / SECOND,
    );
    expect(await marts.number(`select extract(epoch from progress) from marts.demo_meta`)).toBe(
      Date.parse('2026-11-20T07:20:10Z') / SECOND,
    );
    const rows = await marts.number(
      `select sum(n) from (${Object.keys(TABLES)
        .map((table) => `select count(*) as n from marts.${table}`)
        .join(' union all ')}) counts`,
    );
    expect(rows).toBeGreaterThan(100_000);
    expect(rows).toBeLessThan(200_000);
  });

  it('has the shape of a shop: Fridays over Sundays, evenings over nights, growth, December', async () => {
    const mean = (condition: string): Promise<number> =>
      marts.number(`select avg(orders) from marts.orders where ${condition}`);
    expect(await mean('extract(isodow from hour) = 5')).toBeGreaterThan(
      1.1 * (await mean('extract(isodow from hour) = 7')),
    );
    expect(await mean('extract(hour from hour) = 20')).toBeGreaterThan(
      4 * (await mean('extract(hour from hour) = 3')),
    );
    expect(await mean(`date_trunc('month', hour) = '2026-10-01'`)).toBeGreaterThan(
      1.15 * (await mean(`date_trunc('month', hour) = '2025-10-01'`)),
    );
    expect(await mean(`hour between '2025-12-15' and '2025-12-22'`)).toBeGreaterThan(
      1.2 * (await mean(`hour between '2025-11-10' and '2025-11-17'`)),
    );
  });

  it('has the values of a shop', async () => {
    const conversion = await marts.number('select 100.0 * sum(orders) / sum(visits) from marts.sessions');
    expect(conversion).toBeGreaterThan(4);
    expect(conversion).toBeLessThan(5);
    const basket = await marts.number('select sum(gross_eur - discount_eur) / sum(orders) from marts.orders');
    expect(basket).toBeGreaterThan(37);
    expect(basket).toBeLessThan(41);
  });

  it('agrees with itself between tables', async () => {
    expect(
      await marts.number(`select count(*) from marts.orders o where o.orders <>
        (select sum(orders) from marts.sessions s where s.hour = o.hour)`),
    ).toBe(0);
    expect(
      await marts.number(`select count(*) from marts.orders o where o.orders <>
        (select sum(approved) from marts.payments p where p.hour = o.hour)`),
    ).toBe(0);
    expect(
      await marts.number(`select max(abs(s.eur - o.eur)) from
        (select day, sum(revenue_eur) as eur from marts.sales group by 1) s
        join (select date_trunc('day', hour)::date as day, sum(gross_eur - discount_eur) as eur from marts.orders group by 1) o
        using (day) where day >= '2025-06-01'`),
    ).toBeLessThan(0.1);
    expect(
      await marts.number(`select count(*) from marts.sessions
        where orders > checkouts or checkouts > baskets or baskets > visits or bounced > visits`),
    ).toBe(0);
    expect(
      await marts.number(`select count(*) from marts.deliveries
        where on_time > delivered or age_checked > age_required or age_required > delivered`),
    ).toBe(0);
  });

  it('tells of a ticket only what is known', async () => {
    expect(
      await marts.number(`select count(*) from marts.tickets
        where greatest(opened_at, first_reply_at, closed_at) > '2026-11-20T07:20:10Z'`),
    ).toBe(0);
    expect(
      await marts.number(`select count(*) from marts.tickets where first_reply_at < opened_at or closed_at < first_reply_at
        or (closed_at is null and score is not null)`),
    ).toBe(0);
    expect(await marts.number('select count(*) from marts.tickets where closed_at is null')).toBeGreaterThan(
      2,
    );
  });

  it('leaves the bank’s table some days behind', async () => {
    const days = await marts.number(`select '2026-11-20'::date - max(day) from marts.bank_bookings`);
    expect(days).toBeGreaterThanOrEqual(4);
    expect(days).toBeLessThanOrEqual(12);
  });
});

describe('the same hour is the same data', () => {
  it('whether made in one go, or extended later in steps, or repeated after an interruption', async () => {
    await seedDemo(marts, LATER);
    const oneGo = await digest(SINCE);

    await seedDemo(marts, NOW);
    const stops = [5 * SECOND, 40 * MINUTE, 3 * HOUR, 17 * HOUR, 2 * DAY, 8 * DAY].map(
      (ms) => NOW.getTime() + ms,
    );
    let from = NOW;
    for (const stop of stops) {
      await advanceDemo(marts, from, new Date(stop), []);
      // An interrupted run leaves rows beyond the progress it could still write down.
      if (stop === stops[2]) await advanceDemo(marts, from, new Date(stop + 90 * MINUTE), []);
      from = new Date(stop);
    }
    await advanceDemo(marts, from, LATER, []);
    expect(await digest(SINCE)).toEqual(oneGo);
  });

  it('also after the clock was moved back', async () => {
    await seedDemo(marts, LATER);
    const before = await digest(SINCE);
    const far = new Date(LATER.getTime() + 2 * DAY);
    await advanceDemo(marts, LATER, far, []);
    await rewindDemo(marts, far, LATER);
    expect(await digest(SINCE)).toEqual(before);
    expect(await marts.number(`select extract(epoch from progress) from marts.demo_meta`)).toBe(
      Math.floor(LATER.getTime() / 5000) * 5,
    );
  });
});

describe('falls', () => {
  it('make each live metric red in their slots only, and keep three hours', async () => {
    await seedDemo(marts, NOW);
    const from = new Date('2026-11-20T07:30:00Z');
    const to = new Date('2026-11-20T07:34:00Z');
    const metrics = [
      'checkout_success',
      'page_latency',
      'visitors_now',
      'chats_waiting',
      'orders_waiting',
    ] as const;
    const effects: DemoEffect[] = metrics.map((metric) => ({ metric, from, to }));
    await advanceDemo(marts, NOW, new Date('2026-11-20T08:10:00Z'), effects);
    const at = async (id: string, time: string): Promise<number | undefined> => {
      const end = new Date(`2026-11-20T${time}Z`);
      const readings = await marts.compute(getMetric(id).sql, {
        from: new Date(end.getTime() - MINUTE),
        to: end,
      });
      return readings.at(-1)?.value;
    };
    expect(await at('checkout_success', '07:32:00')).toBeLessThan(75);
    expect(await at('checkout_success', '07:36:00')).toBeGreaterThan(98);
    expect(await at('page_latency', '07:32:00')).toBeGreaterThan(1500);
    expect(await at('page_latency', '07:29:00')).toBeLessThan(500);
    expect(await at('visitors_now', '07:32:00')).toBeLessThan(8);
    expect(await at('visitors_now', '07:36:00')).toBeGreaterThan(30);
    expect(await at('chats_waiting', '07:32:00')).toBeGreaterThan(12);
    expect(await at('orders_waiting', '07:32:00')).toBeGreaterThan(30);
    expect(await marts.number(`select extract(epoch from min(at)) from marts.live_site`)).toBe(
      Date.parse('2026-11-20T05:10:00Z') / SECOND,
    );
  });
});
