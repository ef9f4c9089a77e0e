/** kill -9 at each step between a reading and the platform's answer being stored: nothing lost, what may be a repeat says so. */
import { describe, expect, it } from 'vitest';
import type { Failpoint } from '../../src/delivery/index.ts';
import { listTicksTwice, listWaiting, VALUES } from './shop.ts';
import { until } from './until.ts';
import { alertsOf, isMarked, openShopFor, repliesOf } from './with-shop.ts';

const METRIC = 'm01';
const AGAIN_WITHIN_MS = 15_000;
/** A machine that is so busy that the second process starts late is given this from then on. */
const AFTER_A_SLOW_START_MS = 10_000;
const TEST_MS = 150_000;

/** How many times the alert may be in the chat after a kill at each point; the second time it says that it may be a repeat. */
const COPIES: Record<Failpoint, number> = {
  after_settle: 1,
  after_commit: 1,
  before_claim: 1,
  before_commit: 1,
  after_claim: 1,
  after_send: 2,
};

describe.concurrent('kill -9', () => {
  it.for(Object.keys(COPIES) as Failpoint[])(
    'at %s: the alert is in the chat after a restart, and its recovery is said once',
    { timeout: TEST_MS },
    async (point, context) => {
      const shop = await openShopFor(context, { metrics: 1 });
      await shop.set(METRIC, VALUES.red);
      expect(await shop.spawn({ point }).ended).toBe('SIGKILL');
      const killedAt = Date.now();
      await shop.start();
      const againBy = Math.max(killedAt + AGAIN_WITHIN_MS, Date.now() + AFTER_A_SLOW_START_MS);

      const copies = COPIES[point];
      await until('the alert', () => alertsOf(shop, METRIC).length >= copies);
      const again = alertsOf(shop, METRIC).at(-1)?.at ?? 0;
      expect(again).toBeLessThan(againBy);
      console.log(`kill -9 ${point}: told ${again - killedAt} ms after`);

      await shop.set(METRIC, VALUES.green);
      await until('the recovery', () => repliesOf(shop, METRIC).length > 0);
      await until('an idle outbox', async () => (await listWaiting(shop)).length === 0);

      const alerts = alertsOf(shop, METRIC);
      expect(alerts).toHaveLength(copies);
      expect(alerts.at(-1)?.text).toMatch(/^🟢 Recovered/);
      expect(alerts.slice(1).every(isMarked)).toBe(true);
      expect(repliesOf(shop, METRIC).map(({ text }) => text)).toEqual([expect.stringMatching(/Recovered/)]);
      expect(await shop.ask('select number from heartbeat.alerts')).toHaveLength(1);
      expect(await listTicksTwice(shop)).toEqual([]);
    },
  );
});
