import { afterEach, beforeEach, expect, it } from 'vitest';
import { listAlerts, pressAlert, wakeAlerts, withdrawAlerts } from '../../src/alerts/index.ts';
import { createJobs, silentLog, sql, type Db, type Jobs } from '../../src/db/index.ts';
import type { QueryResult } from '../../src/marts/index.ts';
import { backfillMetric, createPulse, findStatus, loadStatuses, type Pulse } from '../../src/pulse/index.ts';
import { describeOnBothDatabases, type TestDatabase } from '../support/database.ts';
import {
  aCaller,
  aMetric,
  aRegistry,
  createDeps,
  fakeWarehouse,
  ivan,
  NO_ROWS,
  single,
  stoppedClock,
  WORKSPACE,
  type TestDeps,
} from '../support/deps.ts';

const caller = aCaller(ivan);

type History = { as_of: Date; value: number; kind: string; level: string; late: boolean };

/** The database as another process sees it; `asks` counts what was asked of it and answered. */
function countingAsks(db: Db): { db: Db; asks: () => number } {
  let count = 0;
  const $queryRaw = async (...query: Parameters<Db['prisma']['$queryRaw']>): Promise<unknown> => {
    const rows = await db.prisma.$queryRaw(...query);
    count += 1;
    return rows;
  };
  const prisma: Db['prisma'] = Object.create(db.prisma, { $queryRaw: { value: $queryRaw } });
  return { db: Object.create(db, { prisma: { value: prisma } }), asks: () => count };
}

describeOnBothDatabases('pulse', (database: TestDatabase) => {
  let jobs: Jobs;
  let deps: TestDeps;
  let answer: (sql: string) => QueryResult | Promise<QueryResult>;
  let asked: { sql: string }[];
  const clock = stoppedClock('2026-11-20T10:00:00.000Z');
  const running: Pulse[] = [];

  beforeEach(async () => {
    await database.clear();
    clock.to('2026-11-20T10:00:00.000Z');
    jobs = await createJobs(database.db, [{ name: 'deliver' }, { name: 'backfill' }], silentLog);
    answer = () => single(4.5);
    const fake = fakeWarehouse((text) => answer(text));
    asked = fake.asked;
    deps = await createDeps({
      db: database.db,
      jobs,
      clock,
      warehouse: fake.warehouse,
      registry: aRegistry([aMetric()]),
    });
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((pulse) => pulse.stop()));
    await jobs.stop();
  });

  async function startPulse(): Promise<Pulse> {
    const pulse = createPulse(deps);
    running.push(pulse);
    await pulse.start();
    return pulse;
  }

  function history(): Promise<History[]> {
    return database.db.prisma.$queryRaw<History[]>(sql`
      select as_of, value, kind, level, late from heartbeat.metric_history order by id`);
  }

  async function untilHistory(count: number): Promise<History[]> {
    await expect.poll(async () => (await history()).length, { timeout: 8_000, interval: 20 }).toBe(count);
    return history();
  }

  async function edges(): Promise<string[]> {
    const rows = await database.db.prisma.$queryRaw<{ edge: string }[]>(
      sql`select edge from heartbeat.alert_event order by id`,
    );
    return rows.map((row) => row.edge);
  }

  /** Moves to the next minute and waits for its tick. */
  async function tick(value: number | null, pulse: Pulse): Promise<void> {
    const before = pulse.stats.ticks;
    answer = () => (value === null ? NO_ROWS : single(value));
    clock.add(60_000);
    pulse.kick();
    await expect.poll(() => pulse.stats.ticks, { timeout: 8_000, interval: 10 }).toBe(before + 1);
  }

  it('computes a metric at once when first seen, then at each boundary', async () => {
    const pulse = await startPulse();
    expect(await untilHistory(1)).toMatchObject([{ value: 4.5, kind: 'tick', level: 'green', late: false }]);
    await tick(3.9, pulse);
    expect((await history()).map((row) => [row.as_of.toISOString(), row.value, row.level])).toEqual([
      ['2026-11-20T10:00:00.000Z', 4.5, 'green'],
      ['2026-11-20T10:01:00.000Z', 3.9, 'amber'],
    ]);
  });

  it('computes each tick once over two processes', async () => {
    deps.use(
      aRegistry(Array.from({ length: 40 }, (_, n) => aMetric({ id: `m_${n}`, sql: `select ${n} as value` }))),
    );
    const [one, two] = [await startPulse(), await startPulse()];
    await untilHistory(40);
    for (let minute = 1; minute <= 3; minute += 1) {
      clock.add(60_000);
      one.kick();
      two.kick();
      await untilHistory(40 * (minute + 1));
    }
    expect(asked).toHaveLength(160);
    expect(one.stats.ticks + two.stats.ticks).toBe(160);
  });

  it('T05 a process that was down makes one catch-up of the ticks it missed, and says it is late', async () => {
    const pulse = await startPulse();
    await untilHistory(1);
    clock.add(3 * 3_600_000 + 20_000);
    pulse.kick();
    const rows = await untilHistory(2);
    expect(rows[1]).toMatchObject({ late: true });
    expect(rows[1]?.as_of.toISOString()).toBe('2026-11-20T13:00:00.000Z');
    expect((await findStatus(deps, 'conversion'))?.late).toBe(true);
  });

  it('T05 a clock that jumps back far neither stops the ticks nor repeats them', async () => {
    const pulse = await startPulse();
    await untilHistory(1);
    clock.add(-24 * 3_600_000);
    await pulse.reschedule();
    clock.add(60_000);
    pulse.kick();
    await untilHistory(2);
    expect(asked).toHaveLength(2);
  });

  it('takes over a tick whose process died', async () => {
    const pulse = await startPulse();
    await untilHistory(1);
    await database.db.prisma.$executeRaw(sql`
      update heartbeat.metric_state set lease_by = 'dead', lease_until = now() + interval '700 milliseconds'`);
    clock.add(60_000);
    pulse.kick();
    expect((await untilHistory(2)).map((row) => row.kind)).toEqual(['tick', 'tick']);
  });

  it('computes a tick that could not be stored again at once, not when its lease ends', async () => {
    let failures = 1;
    deps.onFailpoint = () => {
      failures -= 1;
      if (failures === 0) throw new Error('the database went away');
    };
    const startedAt = performance.now();
    await startPulse();
    await untilHistory(1);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(asked).toHaveLength(2);
  });

  it('T01 no data is not zero, not red and no recovery', async () => {
    const pulse = await startPulse();
    await untilHistory(1);
    await tick(3, pulse);
    await tick(null, pulse);
    await tick(null, pulse);
    expect(await history()).toHaveLength(2);
    expect(await edges()).toEqual(['entered_red']);
    expect(await findStatus(deps, 'conversion')).toMatchObject({
      level: 'red',
      observation: { value: 3 },
      stale: false,
    });
  });

  it('an SQL error is kept and shown, and changes no level', async () => {
    const pulse = await startPulse();
    await untilHistory(1);
    answer = () => ({ kind: 'failed', fault: 'sql', reason: 'column "x" does not exist', durationMs: 2 });
    clock.add(60_000);
    pulse.kick();
    await expect
      .poll(async () => (await findStatus(deps, 'conversion'))?.error)
      .toBe('column "x" does not exist');
    expect(await findStatus(deps, 'conversion')).toMatchObject({ level: 'green' });
  });

  it('stores reading, alert, event, deliveries and job of one tick together; recovery and re-crossing make a new number', async () => {
    const pulse = await startPulse();
    await untilHistory(1);
    await tick(3.1, pulse);
    const [alert] = await listAlerts(deps.db, WORKSPACE);
    expect(alert).toMatchObject({ number: 1001, level: 'red', state: 'firing', value: 3.1, version: 1 });
    const rows = await database.db.prisma.$queryRaw<
      { place: string; operation: string; silent: boolean }[]
    >(sql`
      select place, operation, silent from heartbeat.delivery order by place`);
    expect(rows).toEqual([
      { place: 'telegram:-100200', operation: 'post', silent: false },
      { place: 'telegram:1001', operation: 'post', silent: false },
    ]);
    await tick(4.2, pulse);
    await tick(3.9, pulse);
    expect(await edges()).toEqual(['entered_red', 'resolved', 'entered_amber']);
    expect((await listAlerts(deps.db, WORKSPACE)).map((one) => one.number)).toEqual([1002]);
  });

  it.each([
    ['red, which only goes up the ladder', 3.1, { entered_red: 2, escalated: 2 }],
    ['amber', 3.6, { entered_amber: 2 }],
  ])('T06 a hundred ticks of the same state are one post a place: %s', async (_level, value, messages) => {
    const pulse = await startPulse();
    await untilHistory(1);
    for (let i = 0; i < 100; i += 1) await tick(value, pulse);
    const rows = await database.db.prisma.$queryRaw<{ edge: string; n: number }[]>(sql`
      select edge, count(*)::int as n from heartbeat.delivery where operation <> 'edit' group by edge`);
    expect(Object.fromEntries(rows.map(({ edge, n }) => [edge, n]))).toEqual(messages);
  });

  it('an unverified metric shows its level and never alerts; losing verification ends an open alert', async () => {
    deps.verify('unverified');
    const pulse = await startPulse();
    await untilHistory(1);
    await tick(1, pulse);
    expect(await findStatus(deps, 'conversion')).toMatchObject({ level: 'red', alert: null });
    expect(await edges()).toEqual([]);
    deps.verify('verified');
    await tick(1, pulse);
    expect(await edges()).toEqual(['entered_red']);
    deps.verify('changed');
    await tick(1, pulse);
    expect(await edges()).toEqual(['entered_red', 'withdrawn']);
    expect(await listAlerts(deps.db, WORKSPACE)).toEqual([]);
  });

  it('T20 withdrawing a retired metric closes its alert and keeps its history', async () => {
    const pulse = await startPulse();
    await untilHistory(1);
    await tick(1, pulse);
    deps.use(aRegistry([]));
    await withdrawAlerts(deps, [{ metric: aMetric(), reason: 'retired' }]);
    const [closed] = await listAlerts(deps.db, WORKSPACE, { states: ['resolved'] });
    expect(closed).toMatchObject({ state: 'resolved', resolution: 'retired' });
    expect(await history()).toHaveLength(2);
  });

  it('T10 two people at once: one effect, the second is told who; the press is in the journal', async () => {
    const pulse = await startPulse();
    await untilHistory(1);
    await tick(3, pulse);
    const press = { alert: { number: 1001 }, version: 1, action: { kind: 'ack' }, place: null } as const;
    const outcomes = await Promise.all([
      pressAlert(deps, caller, press),
      pressAlert(deps, { ...caller, actor: 'ann@shop.test' }, press),
    ]);
    expect(outcomes.filter((outcome) => outcome.refusal === null)).toHaveLength(1);
    expect(outcomes.find((outcome) => outcome.refusal)?.refusal).toMatchObject({ kind: 'already_acked' });
    const rows = await database.db.prisma.$queryRaw<object[]>(
      sql`select verb, subject from heartbeat.journal`,
    );
    expect(rows).toEqual([{ verb: 'alert.ack', subject: 'A-1001' }]);
  });

  it('T09 a snooze ends once, however many processes look', async () => {
    const pulse = await startPulse();
    await untilHistory(1);
    await tick(3, pulse);
    const until = new Date(clock.now().getTime() + 30_000);
    await pressAlert(deps, caller, {
      alert: { number: 1001 },
      version: null,
      action: { kind: 'snooze', until },
      place: null,
    });
    await pulse.stop();
    clock.add(31_000);
    const woken = await Promise.all([
      wakeAlerts(deps, clock.now()),
      wakeAlerts(deps, clock.now()),
      wakeAlerts(deps, clock.now()),
    ]);
    expect(woken.reduce((a, b) => a + b)).toBe(1);
    expect((await edges()).filter((edge) => edge === 'snooze_ended')).toHaveLength(1);
  });

  it('shares one refresh among callers, and counts it as a tick of its own instant', async () => {
    const pulse = await startPulse();
    await untilHistory(1);
    const gate = Promise.withResolvers<void>();
    answer = async () => {
      await gate.promise;
      return single(3.2);
    };
    clock.add(5_000);
    const both = [pulse.refresh('conversion'), pulse.refresh('conversion')];
    await expect.poll(() => asked.length, { interval: 10 }).toBe(2);
    const { db, asks } = countingAsks(database.db);
    const third = createPulse({ ...deps, db }).refresh('conversion');
    await expect.poll(asks, { interval: 10 }).toBeGreaterThan(0); // it found the metric taken
    gate.resolve();
    const [first, second] = await Promise.all(both);
    expect(second).toEqual(first);
    expect([first?.kind, (await third).kind].toSorted((a, b) => (a ?? '').localeCompare(b ?? ''))).toEqual([
      'computed',
      'shared',
    ]);
    expect(asked).toHaveLength(2);
    expect((await history())[1]).toMatchObject({ kind: 'refresh', value: 3.2, level: 'red' });
    expect(await edges()).toEqual(['entered_red']);
  });

  it('backfills a series in chunks, corrects what changed, and judges nothing of it', async () => {
    const metric = aMetric({
      period: { text: '1h', count: 1, unit: 'h', ms: 3_600_000 },
      sql: 'select as_of, value from marts.t where as_of >= :from and as_of < :to',
    });
    deps.use(aRegistry([metric]));
    let bad = 1;
    const seriesDeps = {
      ...deps,
      warehouse: {
        ...deps.warehouse,
        query: async (_sql: unknown, window: { from: Date; to: Date }): Promise<QueryResult> => {
          const rows = [];
          for (let at = window.from.getTime(); at < window.to.getTime(); at += 3_600_000)
            rows.push({ asOf: new Date(at), value: bad });
          return { kind: 'rows', series: true, rows, durationMs: 1 };
        },
      },
    };
    const from = new Date('2026-11-18T00:00:00Z');
    expect(await backfillMetric(seriesDeps, { metricId: metric.id, from })).toMatchObject({
      series: true,
      readings: 58,
    });
    expect(await history()).toHaveLength(58);
    await backfillMetric(seriesDeps, { metricId: metric.id, from });
    expect(await history()).toHaveLength(58);
    bad = 2;
    await backfillMetric(seriesDeps, { metricId: metric.id, from });
    expect(await history()).toHaveLength(116);
    expect(await edges()).toEqual([]);
    const [status] = await loadStatuses(seriesDeps);
    expect(status?.typical).toMatchObject({ mean: 2, deviation: 0 });
    expect(status?.spark.at(-1)).toMatchObject({ value: 2 });
  });
});
