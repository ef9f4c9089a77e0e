import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  createDemoDriver,
  type DemoDriver,
  type DemoMarts,
  demoWorkspaceDir,
  FALLABLE,
} from '../../packs/demo/index.ts';
import { createMovableClock } from '../../src/lib/clock.ts';
import { HOUR, MINUTE, parseDuration, SECOND } from '../../src/lib/time.ts';
import { checkSql } from '../../src/marts/check-sql.ts';
import { type EmbeddedWarehouse, openEmbeddedWarehouse } from '../../src/marts/embedded.ts';
import { getMetric, isWorse, measureCpuMs, openTestMarts, type TestMarts, ZONE } from './demo-marts.ts';

// Eighteen months are made in two seconds on an idle machine, and in many on a busy one.
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const START = new Date('2026-11-20T10:20:03.400Z');
const NEVER_MS = HOUR;
const LEAD_MS = 3 * SECOND;
const PATIENCE = { timeout: 30_000, interval: 20 };

type Entry = { level: 'info' | 'error'; fields: object; message: string };

/** A clock that stands still until it is told. */
function createStillClock(start: Date) {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    set: (ms: number) => {
      at = ms;
    },
  };
}

function createLog() {
  const entries: Entry[] = [];
  return {
    entries,
    info: (fields: object, message: string) => void entries.push({ level: 'info', fields, message }),
    error: (fields: object, message: string) => void entries.push({ level: 'error', fields, message }),
  };
}

describe('the demo’s driver', () => {
  let marts: TestMarts;
  let driver: DemoDriver;
  let clock: ReturnType<typeof createStillClock>;
  let log: ReturnType<typeof createLog>;
  let copied: number;

  const createDriver = (target: DemoMarts = marts, beatMs = NEVER_MS): DemoDriver =>
    createDemoDriver({
      target: {
        ...target,
        copy: (table, columns, rows) => {
          copied += rows.length;
          return target.copy(table, columns, rows);
        },
      },
      clock,
      log,
      beatMs,
    });
  /** Moves the clock, lets the driver do what its beat does, and reads the metric as a tick at that instant would. */
  const tick = async (metricId: string, at: number): Promise<'red' | 'calm'> => {
    clock.set(at);
    await driver.fillTo(new Date(at + LEAD_MS));
    const metric = getMetric(metricId);
    const periodMs = parseDuration(metric.period ?? '')?.ms ?? 0;
    const to = Math.floor(at / periodMs) * periodMs;
    const readings = await marts.compute(metric.sql, { from: new Date(to - 3 * periodMs), to: new Date(to) });
    return isWorse(readings.at(-1)?.value ?? NaN, metric.direction, metric.alert_value) ? 'red' : 'calm';
  };

  beforeAll(async () => {
    marts = await openTestMarts();
  });
  afterAll(async () => {
    await marts.pg.close();
  });
  beforeEach(() => {
    clock = createStillClock(START);
    log = createLog();
    copied = 0;
    driver = createDriver();
  });
  afterEach(async () => {
    await driver.stop();
  });

  it('makes the data of an empty warehouse, and shows a fall within 40 seconds that ends within five minutes', async () => {
    expect(driver.state()).toEqual({ progress: null, running: false, fallable: FALLABLE, falling: [] });
    await driver.start();
    expect(log.entries).toMatchObject([{ level: 'info', fields: { seeded: true } }]);
    expect(driver.state()).toMatchObject({
      progress: new Date('2026-11-20T10:20:05Z'),
      running: true,
      falling: [],
    });

    const red: number[] = [];
    const falling = new Set<string>();
    for (let second = 0; second <= 300; second += 5) {
      const level = await tick('checkout_success', START.getTime() + second * SECOND);
      if (level === 'red') red.push(second);
      for (const id of driver.state().falling) falling.add(id);
    }
    const firstRed = Math.min(...red);
    const lastRed = Math.max(...red);
    expect([...falling]).toEqual(['checkout_success']);
    expect(firstRed).toBeGreaterThan(10);
    expect(firstRed).toBeLessThanOrEqual(35);
    expect(lastRed - firstRed).toBeGreaterThan(3 * 60);
    expect(lastRed - firstRed).toBeLessThan(4 * 60);
    expect(driver.state().falling).toEqual([]);
  });

  it('extends what is there when it starts again', async () => {
    clock.set(START.getTime() + 26 * HOUR);
    expect(await measureCpuMs(() => driver.start())).toBeLessThan(500);
    expect(log.entries).toMatchObject([{ fields: { seeded: false, progress: '2026-11-21T12:20:05.000Z' } }]);
    expect(copied).toBeLessThan(6000);
    expect(await marts.number('select count(distinct hour) from marts.orders')).toBeGreaterThan(13_000);
    expect(await marts.number(`select extract(epoch from max(hour)) from marts.orders`)).toBe(
      Date.parse('2026-11-21T11:00:00Z') / SECOND,
    );
  });

  it('takes back what is later than a clock that was moved back', async () => {
    await driver.start();
    expect(driver.state().progress).toEqual(new Date('2026-11-20T10:20:05Z'));
    expect(await marts.number(`select extract(epoch from max(hour)) from marts.orders`)).toBe(
      Date.parse('2026-11-20T09:00:00Z') / SECOND,
    );
    expect(await tick('checkout_success', START.getTime() + 30 * SECOND)).toBe('red');
  });

  it.each(FALLABLE)('makes %s red within two periods, and well again when told', async (id) => {
    clock.set(START.getTime() + 2 * HOUR);
    await driver.start();
    driver.restore('checkout_success');
    const metric = getMetric(id);
    const periodMs = parseDuration(metric.period ?? '')?.ms ?? 0;
    const pressedAt = clock.now().getTime() + 7 * SECOND;
    expect(await tick(id, pressedAt)).toBe('calm');
    driver.makeFall(id);
    expect(driver.state().falling).toEqual([id]);
    expect(await tick(id, pressedAt + 2 * periodMs)).toBe('red');
    driver.restore(id);
    expect(driver.state().falling).toEqual([]);
    expect(await tick(id, pressedAt + 5 * periodMs)).toBe('calm');
  });

  it('ends a fall by itself after four minutes', async () => {
    await driver.start();
    driver.restore('checkout_success');
    driver.makeFall('chats_waiting');
    const from = START.getTime();
    expect(await tick('chats_waiting', from + 3 * MINUTE)).toBe('red');
    expect(await tick('chats_waiting', from + 5 * MINUTE)).toBe('calm');
  });

  it('refuses what cannot fall, and names what can', () => {
    const refused = {
      code: 'demo_not_fallable',
      message: expect.stringContaining('checkout_success') as string,
    };
    expect(() => driver.makeFall('revenue_daily')).toThrowError(expect.objectContaining(refused) as Error);
    expect(() => driver.restore('nothing')).toThrowError(expect.objectContaining(refused) as Error);
  });

  it('fills a gap of hours before a clock is moved over it', async () => {
    await driver.start();
    const later = new Date(START.getTime() + 6 * HOUR);
    await driver.fillTo(later);
    clock.set(later.getTime());
    expect(await tick('checkout_success', later.getTime())).toBe('calm');
    const hour = { from: new Date('2026-11-20T12:00:00Z'), to: new Date('2026-11-20T16:00:00Z') };
    expect(await marts.compute(getMetric('checkout_conversion').sql, hour)).toHaveLength(4);
  });

  it('makes data of another version anew', async () => {
    await marts.load('update marts.demo_meta set version = 0');
    await driver.start();
    expect(log.entries).toMatchObject([{ fields: { seeded: true } }]);
  });

  it('says why when the warehouse cannot be read', async () => {
    driver = createDriver({
      ...marts,
      query: () =>
        Promise.resolve({ kind: 'failed', fault: 'connection', reason: 'it is closed', durationMs: 1 }),
    });
    await expect(driver.start()).rejects.toMatchObject({ code: 'demo_unreadable', message: /it is closed/ });
  });

  it('goes on by itself while its clock runs, over a skip and over a failure', async () => {
    const running = createMovableClock(START);
    let failing = false;
    driver = createDemoDriver({
      target: {
        ...marts,
        load: (sql) => (failing ? Promise.reject(new Error('the disk is full')) : marts.load(sql)),
      },
      clock: running,
      log,
      beatMs: 5,
    });
    await driver.start();
    failing = true;
    running.skip(HOUR);
    await expect.poll(() => log.entries.some(({ level }) => level === 'error'), PATIENCE).toBe(true);
    failing = false;
    await expect
      .poll(() => (driver.state().progress?.getTime() ?? 0) >= running.now().getTime() - 5 * SECOND, {
        timeout: 30_000,
      })
      .toBe(true);
    await driver.stop();
    expect(driver.state().running).toBe(false);
    const stoppedAt = driver.state().progress;
    running.skip(HOUR);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(driver.state().progress).toEqual(stoppedAt);
    expect(await marts.number('select count(*) - count(distinct at) from marts.live_site')).toBe(0);
  });
});

describe('on the embedded warehouse', () => {
  let warehouse: EmbeddedWarehouse;
  afterAll(async () => {
    await warehouse.close();
  });

  it('starts, starts again quickly, and its metrics answer', async () => {
    warehouse = openEmbeddedWarehouse({ dataDir: null, timezone: ZONE });
    const clock = createStillClock(START);
    const first = createDemoDriver({ target: warehouse, clock, log: createLog(), beatMs: NEVER_MS });
    await first.start();
    await first.stop();
    clock.set(START.getTime() + 40 * MINUTE);
    const again = createDemoDriver({ target: warehouse, clock, log: createLog(), beatMs: NEVER_MS });
    expect(await measureCpuMs(() => again.start())).toBeLessThan(500);
    await again.stop();
    const checked = checkSql(getMetric('checkout_conversion').sql);
    if (!('ok' in checked)) throw new Error('refused');
    const to = new Date('2026-11-20T11:00:00Z');
    const result = await warehouse.query(
      checked.ok,
      { from: new Date(to.getTime() - 3 * HOUR), to },
      { timeoutMs: 30_000, timezone: ZONE },
    );
    expect(result).toMatchObject({ kind: 'rows', series: true, rows: { length: 3 } });
  });
});

describe('the workspace folder', () => {
  it('is where its files are', () => {
    expect(existsSync(join(demoWorkspaceDir, 'workspace.yaml'))).toBe(true);
    expect(demoWorkspaceDir).toBe(join(import.meta.dirname, '../../packs/demo'));
  });
});
