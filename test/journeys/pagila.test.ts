import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stoppedClock } from '../support/deps.ts';
import { loadDump, readDump, rowsOf, type DumpRow } from '../support/load-dump.ts';
import { API_TOKEN, startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import { createServerDatabase, type OwnDatabase } from '../support/database.ts';
import { IVAN, metricFile, ROOM } from '../support/workspace.ts';

/** Film rentals of 2022 that somebody else made up: see SOURCES.md of the shared data. */
const DUMP = fileURLToPath(new URL('../../../shared/data/warehouse/pagila.sql', import.meta.url));
const CLI = fileURLToPath(new URL('../../src/cli.ts', import.meta.url));
const ZONE = 'America/New_York';
const NOW = '2022-07-15T12:00:00.000Z';
const FIRST_DAY = '2022-01-01';

const run = promisify(execFile);

const WORKSPACE = `name: Film rental
timezone: ${ZONE}
locale: en
rooms: [{telegram: ${ROOM}, teams: [growth]}]
`;

type Rows = { payments: DumpRow[]; rentals: DumpRow[]; durations: Map<string, number> };
type Expected = Map<string, number>;

/** Each metric as SQL for Heartbeat, and as plain arithmetic over the dump's own text for the comparison. */
type Case = {
  id: string;
  unit: string;
  source: string;
  sql: string;
  period?: string;
  expected: (rows: Rows) => Expected;
};

const by = (column: string, text: string | null): string | null =>
  text === null ? null : startOf(text, column);

/** The local day (or week) of a timestamp of the dump, as an ISO instant. */
function startOf(text: string, unit: string): string {
  const at = DateTime.fromSQL(text.replace(/\+(\d\d)$/, '+$1:00'), { zone: 'utc' }).setZone(ZONE);
  return (
    at
      .startOf(unit === 'week' ? 'week' : 'day')
      .toUTC()
      .toISO() ?? ''
  );
}

function group(rows: readonly DumpRow[], column: string, unit = 'day'): Map<string, DumpRow[]> {
  return Map.groupBy(
    rows.filter((row) => row[column] !== null),
    (row) => by(unit, row[column] ?? null) ?? '',
  );
}

function reduce(groups: Map<string, DumpRow[]>, value: (rows: DumpRow[]) => number): Expected {
  return new Map([...groups].map(([key, rows]) => [key, value(rows)]));
}

const cents = (rows: readonly DumpRow[]): number =>
  rows.reduce((sum, row) => sum + Math.round(Number(row['amount']) * 100), 0);
const perDay = (value: string, table: string, column: string): string =>
  `select date_trunc('day', ${column}) as as_of, ${value} as value from public.${table} where ${column} >= :from and ${column} < :to group by 1`;

function isLate(rental: DumpRow, durations: Rows['durations']): boolean {
  const allowedDays = durations.get(rental['inventory_id'] ?? '') ?? 0;
  const parse = (text: string | null | undefined): number =>
    DateTime.fromSQL((text ?? '').replace(/\+(\d\d)$/, '+$1:00')).toMillis();
  return parse(rental['return_date']) - parse(rental['rental_date']) > allowedDays * 86_400_000;
}

const CASES: Case[] = [
  {
    id: 'revenue_daily',
    unit: 'currency:USD',
    source: 'public.payment',
    sql: perDay('sum(amount)', 'payment', 'payment_date'),
    expected: ({ payments }) => reduce(group(payments, 'payment_date'), (rows) => cents(rows) / 100),
  },
  {
    id: 'payments_daily',
    unit: 'count',
    source: 'public.payment',
    sql: perDay('count(*)', 'payment', 'payment_date'),
    expected: ({ payments }) => reduce(group(payments, 'payment_date'), (rows) => rows.length),
  },
  {
    id: 'payment_average',
    unit: 'currency:USD',
    source: 'public.payment',
    sql: perDay('avg(amount)', 'payment', 'payment_date'),
    expected: ({ payments }) =>
      reduce(group(payments, 'payment_date'), (rows) => cents(rows) / 100 / rows.length),
  },
  {
    id: 'paying_customers',
    unit: 'count',
    source: 'public.payment',
    sql: perDay('count(distinct customer_id)', 'payment', 'payment_date'),
    expected: ({ payments }) =>
      reduce(group(payments, 'payment_date'), (rows) => new Set(rows.map((row) => row['customer_id'])).size),
  },
  {
    id: 'first_clerk_share',
    unit: 'percent',
    source: 'public.payment',
    sql: perDay('100.0 * count(*) filter (where staff_id = 1) / count(*)', 'payment', 'payment_date'),
    expected: ({ payments }) =>
      reduce(
        group(payments, 'payment_date'),
        (rows) => (100 * rows.filter((row) => row['staff_id'] === '1').length) / rows.length,
      ),
  },
  {
    id: 'rentals_daily',
    unit: 'count',
    source: 'public.rental',
    sql: perDay('count(*)', 'rental', 'rental_date'),
    expected: ({ rentals }) => reduce(group(rentals, 'rental_date'), (rows) => rows.length),
  },
  {
    id: 'returns_daily',
    unit: 'count',
    source: 'public.rental',
    sql: perDay('count(*)', 'rental', 'return_date'),
    expected: ({ rentals }) => reduce(group(rentals, 'return_date'), (rows) => rows.length),
  },
  {
    id: 'late_returns',
    unit: 'percent',
    source: 'public.rental, public.inventory, public.film',
    sql: `select date_trunc('day', r.return_date) as as_of,
       100.0 * count(*) filter (where r.return_date - r.rental_date > f.rental_duration * interval '24 hours') / count(*) as value
  from public.rental r join public.inventory i using (inventory_id) join public.film f using (film_id)
  where r.return_date >= :from and r.return_date < :to group by 1`,
    expected: ({ rentals, durations }) =>
      reduce(
        group(rentals, 'return_date'),
        (rows) => (100 * rows.filter((row) => isLate(row, durations)).length) / rows.length,
      ),
  },
  {
    id: 'revenue_weekly',
    unit: 'currency:USD',
    period: '1w',
    source: 'public.payment',
    sql: perDay('sum(amount)', 'payment', 'payment_date').replace("'day'", "'week'"),
    expected: ({ payments }) => reduce(group(payments, 'payment_date', 'week'), (rows) => cents(rows) / 100),
  },
];

const found = existsSync(DUMP);
if (!found) console.log(`skipped: ${DUMP} is not there`);

describe.skipIf(!found)('a film rental shop’s own data', () => {
  let warehouse: OwnDatabase;
  let bot: TestHeartbeat;
  let rows: Rows;
  let expected: Map<string, Expected>;

  beforeAll(async () => {
    const dump = await readDump(DUMP);
    const filmOf = new Map(
      rowsOf(dump, /^public\.inventory$/).map((row) => [row['inventory_id'] ?? '', row['film_id'] ?? '']),
    );
    const durationOf = new Map(
      rowsOf(dump, /^public\.film$/).map((row) => [row['film_id'] ?? '', Number(row['rental_duration'])]),
    );
    rows = {
      payments: rowsOf(dump, /^public\.payment_p/),
      rentals: rowsOf(dump, /^public\.rental$/),
      durations: new Map([...filmOf].map(([inventory, film]) => [inventory, durationOf.get(film) ?? 0])),
    };
    expected = new Map(CASES.map((one) => [one.id, one.expected(rows)]));
    warehouse = await createServerDatabase();
    await loadDump(warehouse.address.databaseUrl ?? '', dump);
    const files = Object.fromEntries(CASES.map((one) => [`metrics/${one.id}.yaml`, fileOf(one)]));
    bot = await startTestHeartbeat({
      files: {
        'workspace.yaml': WORKSPACE,
        'metrics/conversion.yaml': metricFile({ verification_state: 'unverified', verified: null }),
        ...files,
      },
      environment: { MARTS_URL: warehouse.address.databaseUrl ?? '' },
      clock: stoppedClock(NOW),
    });
  }, 120_000);
  afterAll(async () => {
    await bot?.stop();
    await warehouse?.remove();
  });

  /** Red on the newest complete day, by the number the test computed. */
  function fileOf({ id, unit, period, source, sql }: Case): string {
    const revenue = expected.get('revenue_daily')?.get(startOf('2022-07-14 12:00:00+00', 'day')) ?? 0;
    const lines =
      id === 'revenue_daily'
        ? { norm_value: String(revenue + 20), alert_value: String(revenue + 10) }
        : { norm_value: null, alert_value: null };
    return metricFile({
      name: id.replaceAll('_', ' '),
      unit,
      period: period ?? '1d',
      stale_after: null,
      synonyms: null,
      sources: `[${source}]`,
      ...lines,
      sql: `|\n  ${sql}`,
    });
  }

  async function history(id: string): Promise<{ as_of: string; value: number }[]> {
    const items: { as_of: string; value: number }[] = [];
    let next: string | null = '';
    while (next !== null) {
      const query = new URLSearchParams({
        from: '2021-12-01T00:00:00Z',
        to: NOW,
        limit: '500',
        ...(next && { cursor: next }),
      });
      const response = await fetch(`${bot.running.url}/api/metrics/${id}/history?${query.toString()}`, {
        headers: { authorization: `Bearer ${API_TOKEN}` },
      });
      const page = (await response.json()) as { items: typeof items; next: string | null };
      items.push(...page.items);
      next = page.next;
    }
    return items;
  }

  it('alerts on the day that fell below its line, and carries the alert to an acked message', async () => {
    const revenue = expected.get('revenue_daily')?.get(startOf('2022-07-14 12:00:00+00', 'day')) ?? 0;
    const message = await bot.api.waitFor(
      () => bot.messages(IVAN).find((one) => one.from.isBot && /revenue daily/.test(one.text)),
      10_000,
    );
    expect(message.text).toContain(Math.round(revenue).toLocaleString('en-US').slice(0, 3));
    const room = await bot.api.waitFor(() => bot.messages(ROOM).find((one) => one.from.isBot), 5_000);
    await bot.ivan.presses(room, /Ack/);
    await bot.api.waitFor(
      () =>
        /Ivan/.test(bot.messages(ROOM).find((one) => one.id === room.id)?.text ?? '') &&
        /🟠/.test(bot.api.message(message)?.text ?? ''),
      6_000,
    );
  });

  it('backfills from January by the command, and every reading equals what the test computes from the dump’s text', async () => {
    const args = [
      '--import',
      'tsx',
      CLI,
      'backfill',
      '--from',
      FIRST_DAY,
      '--to',
      '2022-07-15',
      ...CASES.map((one) => one.id),
    ];
    const { stdout } = await run(process.execPath, args, {
      env: { ...process.env, ...bot.environment },
      timeout: 60_000,
    });
    expect(stdout.trim().split('\n')).toHaveLength(CASES.length);
    let compared = 0;
    for (const one of CASES) {
      const readings = await history(one.id);
      const complete = [...(expected.get(one.id) ?? [])].filter(([asOf]) => isComplete(asOf, one.period));
      expect(readings.map((reading) => reading.as_of).toSorted()).toEqual(
        complete.map(([asOf]) => asOf).toSorted(),
      );
      const values = new Map(complete);
      for (const { as_of: asOf, value } of readings) {
        expect(value, `${one.id} of ${asOf}`).toBeCloseTo(values.get(asOf) ?? Number.NaN, 6);
        compared += 1;
      }
    }
    console.log(`compared ${compared} readings of ${CASES.length} metrics`);
    expect(compared).toBeGreaterThan(700);
  });

  function isComplete(asOf: string, period = '1d'): boolean {
    const start = DateTime.fromISO(asOf, { zone: ZONE });
    const end = period === '1w' ? start.plus({ weeks: 1 }) : start.plus({ days: 1 });
    return (
      start >= DateTime.fromISO(FIRST_DAY, { zone: ZONE }) &&
      end <= DateTime.fromISO('2022-07-15', { zone: ZONE })
    );
  }

  it('judges nothing of the backfill: one alert, of one metric', async () => {
    const response = await fetch(`${bot.running.url}/api/alerts?state=firing,acked,snoozed,resolved`, {
      headers: { authorization: `Bearer ${API_TOKEN}` },
    });
    const { items } = (await response.json()) as { items: { metric: string; state: string }[] };
    expect(items).toMatchObject([{ metric: 'revenue_daily', state: 'acked' }]);
  });
});
