/** Two processes on one database and one bot: ticks and messages once, pacing shared, one polls, either may sleep or die. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { SpawnedHeartbeat } from '../support/spawn-heartbeat.ts';
import { SECOND } from '../../src/lib/time.ts';
import { listTicksTwice, listWaiting, VALUES } from './shop.ts';
import { until } from './until.ts';
import { alertsOf, isMarked, openShopFor, type ShopTest } from './with-shop.ts';

const TEST_MS = 200_000;
const ROOM = -100_700;
const SLEEP_MS = 20_000;
const CALL_MS = 1_000;
const TAKEN_OVER_WITHIN_MS = 15_000;
const GROUP_CALLS_A_MINUTE = 20;
const CLOCK_AHEAD_MS = 5_000;

describe.concurrent('two processes', { timeout: TEST_MS }, () => {
  it('share ticks, messages and a group’s pacing; when the one that polls is killed the other takes over', async (context) => {
    const shop = await openShopFor(context, {
      metrics: GROUP_CALLS_A_MINUTE + 4,
      limits: true,
      file: () => ({ teams: '[growth]' }),
      files: {
        'workspace.yaml': `name: Shop\ntimezone: Europe/Madrid\nlocale: en\nrooms:\n  - {telegram: ${ROOM}, teams: [growth]}\npolicies: {storm: {more_than: 1000}}\n`,
      },
    });
    shop.api.group({ id: ROOM, title: 'Room', members: shop.people });
    const [poller] = await findPoller([shop.spawn(), shop.spawn()]);
    await until('first readings', async () => (await countTicks(shop)) >= 2 * shop.metrics.length);
    for (const metric of shop.metrics) await shop.set(metric, VALUES.red);
    await until('alerts', () => shop.metrics.every((metric) => alertsOf(shop, metric).length > 0));
    await until('a full group', () => callsToRoom(shop).length >= GROUP_CALLS_A_MINUTE, 60_000);
    // the next call would come now if nothing held it
    await sleep(4 * SECOND);

    await poller.kill();
    const killedAt = Date.now();
    const [person] = shop.people;
    person?.sends(person.id, '/whoami');
    const answer = await until(
      'an answer',
      () => shop.told('m01').find(({ text }) => /approver/i.test(text)),
      2 * TAKEN_OVER_WITHIN_MS,
    );
    expect(answer.at - killedAt).toBeLessThan(TAKEN_OVER_WITHIN_MS);
    console.log(`the other process answered ${answer.at - killedAt} ms after the one that polled was killed`);

    const refused = shop.api.calls.filter(({ error }) => error !== null);
    expect(refused.map(({ method, chat, error }) => `${method} ${chat}: ${error}`)).toEqual([]);
    expect(busiestMinute(callsToRoom(shop))).toBe(GROUP_CALLS_A_MINUTE);
    expect(shop.metrics.map((metric) => alertsOf(shop, metric).length)).toEqual(shop.metrics.map(() => 1));
    expect(await listTicksTwice(shop)).toEqual([]);
    expect(await shop.ask('select 1 from heartbeat.alerts')).toHaveLength(shop.metrics.length);
    expect(await shop.ask('select distinct worker from heartbeat.delivery_attempt')).toHaveLength(2);
  });

  it('of which one sleeps for 20 s in the middle of sending: at most a repeat with a mark', async (context) => {
    const shop = await openShopFor(context, { metrics: 12, limits: true });
    const both = await findPoller([shop.spawn(), shop.spawn()]);
    await until('first readings', async () => (await countTicks(shop)) >= 2 * shop.metrics.length);
    // calls take long enough for the sleep to begin in the middle of some
    shop.api.fail({ method: 'sendMessage', times: shop.metrics.length, with: { delayMs: CALL_MS } });
    for (const metric of shop.metrics) await shop.set(metric, VALUES.red);
    const sleeper = await until('calls under way', () => findCalling(shop, both));
    sleeper.pause();
    await sleep(SLEEP_MS);
    sleeper.resume();
    await until('all alerts', () => shop.metrics.every((metric) => alertsOf(shop, metric).length > 0));
    for (const metric of shop.metrics) await shop.set(metric, VALUES.green);
    await until('an idle outbox', async () => {
      const [open] = await shop.ask("select 1 from heartbeat.alerts where state <> 'resolved'");
      return !open && (await listWaiting(shop)).length === 0;
    });
    expectMarkedRepeats(shop);
    expect(await listTicksTwice(shop)).toEqual([]);
  });

  it('whose clocks are 5 s apart compute each tick once', async (context) => {
    const shop = await openShopFor(context, { metrics: 4 });
    await shop.start();
    await shop.start({ clock: { now: () => new Date(Date.now() + CLOCK_AHEAD_MS) } });
    await until('readings', async () => (await countTicks(shop)) >= 4 * shop.metrics.length);
    await shop.set('m01', VALUES.red);
    await until('the alert', () => alertsOf(shop, 'm01').length > 0);
    await sleep(2 * SECOND);
    expect(await listTicksTwice(shop)).toEqual([]);
    expect(alertsOf(shop, 'm01')).toHaveLength(1);
  });
});

/** Tells by /readyz which of two polls Telegram: the other says that another process does. */
async function findPoller(
  both: readonly [SpawnedHeartbeat, SpawnedHeartbeat],
): Promise<[SpawnedHeartbeat, SpawnedHeartbeat]> {
  const urls = await Promise.all(both.map(({ ready }) => ready));
  const index = await until('one that polls', async () => {
    const states = await Promise.all(urls.map(readTelegramState));
    const found = states.indexOf('polling');
    return states.includes('another process polls') && found >= 0 ? String(found) : null;
  });
  return index === '0' ? [both[0], both[1]] : [both[1], both[0]];
}

async function readTelegramState(url: string): Promise<string | null | undefined> {
  const response = await fetch(`${url}/readyz`);
  const { parts } = (await response.json()) as { parts: { name: string; reason: string | null }[] };
  return parts.find(({ name }) => name === 'telegram')?.reason;
}

/** Gives a process that has a message under way, once every message that any claimed has become a call. */
async function findCalling(
  shop: ShopTest,
  processes: readonly SpawnedHeartbeat[],
): Promise<SpawnedHeartbeat | undefined> {
  const attempts = await shop.ask<{ worker: string; ended_at: Date | null }>(
    'select worker, ended_at from heartbeat.delivery_attempt',
  );
  const calls = shop.api.calls.filter(({ chat }) => chat !== null);
  if (calls.length < attempts.length) return undefined;
  const open = attempts.filter(({ ended_at: endedAt }) => endedAt === null);
  return processes.find(({ pid }) => open.some(({ worker }) => worker.startsWith(`${pid}-`)));
}

async function countTicks(shop: ShopTest): Promise<number> {
  return (await shop.ask('select 1 from heartbeat.metric_history')).length;
}

function callsToRoom(shop: ShopTest): number[] {
  return shop.api.calls.filter(({ chat }) => chat === String(ROOM)).map(({ at }) => at);
}

function busiestMinute(times: readonly number[]): number {
  const within = times.map((from) => times.filter((at) => at >= from && at < from + 60 * SECOND).length);
  return Math.max(...within);
}

/** Of each alert one message has no mark at most, and the one that is edited shows the recovery. */
function expectMarkedRepeats(shop: ShopTest): void {
  const copies = shop.metrics.map((metric) => alertsOf(shop, metric));
  const unmarked = copies.map((messages) => messages.filter((message) => !isMarked(message)).length);
  expect(Math.max(...unmarked)).toBeLessThanOrEqual(1);
  expect(copies.map((messages) => messages.some(({ text }) => text.startsWith('🟢 Recovered')))).toEqual(
    copies.map(() => true),
  );
  const repeats = copies.reduce((sum, messages) => sum + messages.length - 1, 0);
  console.log(
    `repeats after a sleep of ${SLEEP_MS / SECOND} s in the middle of sending, all marked: ${repeats}`,
  );
}
