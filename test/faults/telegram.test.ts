/** Telegram refuses, hangs, cuts, moves: each as its class says, the delivery log tells why, other chats hear in time. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallView, MessageView } from '../../src/playground/bot-api/index.ts';
import { OPS } from '../support/workspace.ts';
import { VALUES } from './shop.ts';
import { until } from './until.ts';
import {
  alertsOf,
  isMarked,
  openShopFor,
  readReadiness,
  type InProcess,
  type ShopTest,
} from './with-shop.ts';

const TEST_MS = 120_000;
const ON_TIME_MS = 6_000;
const HOUR_S = 3_600;
const ROOM = -500;
const MOVED_ROOM = -1_000_500;
const FORUM = -1_000_600;
const TOPIC = 7;

const closers: (() => Promise<void>)[] = [];
let shop: ShopTest;
let running: InProcess;

beforeAll(async () => {
  shop = await openShopFor(
    { onTestFinished: (close) => void closers.push(close) },
    {
      metrics: 16,
      file: (metric) => ({ teams: metric === 'm12' || metric === 'm13' ? `[${metric}]` : null }),
      files: {
        'workspace.yaml': `name: Corner Shop
timezone: Europe/Madrid
locale: en
ops_inbox: {telegram: ${OPS}}
rooms:
  - {telegram: ${ROOM}, teams: [m12]}
  - {telegram: ${FORUM}, telegram_topic: ${TOPIC}, teams: [m13]}
`,
      },
    },
  );
  shop.api.group({ id: ROOM, title: 'Room', members: shop.people });
  shop.api.group({ id: FORUM, title: 'Forum', members: shop.people, forum: true, topics: [TOPIC] });
  running = await shop.start();
}, 60_000);
afterAll(async () => {
  for (const close of closers.toReversed()) await close();
});

const chatOf = (metric: string): number => shop.people[shop.metrics.indexOf(metric)]?.id ?? 0;
const callsTo = (chat: number): CallView[] => shop.api.calls.filter((call) => call.chat === String(chat));
const inGroup = (chat: number): MessageView[] => shop.api.messages(chat).filter(({ from }) => from.isBot);

/** Makes calls to the chat of a metric's owner go wrong, then the metric red; gives when that was. */
async function redWith(metric: string, fault: Parameters<typeof shop.api.fail>[0] | null): Promise<number> {
  if (fault) shop.api.fail({ chat: chatOf(metric), ...fault });
  await shop.set(metric, VALUES.red);
  return Date.now();
}

type Tried = { status: string; reason: string | null; wait_s: number; outcomes: (string | null)[] };

/** The delivery of a metric's post: how it stands, and what its attempts came to. */
async function postOf(metric: string): Promise<Tried> {
  const rows = await shop.ask<Tried>(
    `select d.status, d.reason, extract(epoch from d.next_attempt_at - now())::float8 as wait_s,
       (select array_agg(t.outcome order by t.number) from heartbeat.delivery_attempt t where t.delivery_id = d.id) as outcomes
     from heartbeat.delivery d join heartbeat.alerts a on a.id = d.alert_id
     where a.metric_id = $1 and d.operation = 'post' and d.lane = $2`,
    [metric, `telegram:${chatOf(metric)}`],
  );
  return rows[0] ?? { status: 'none', reason: null, wait_s: 0, outcomes: [] };
}

const isSent = async (metric: string): Promise<boolean> => (await postOf(metric)).status === 'sent';

describe.concurrent('Telegram', { timeout: TEST_MS }, () => {
  it('T12 says 429 with 1 s, 30 s and an hour: each is waited for as told', async () => {
    const tooMany = (seconds: number) => ({
      status: 429,
      description: `Too Many Requests: retry after ${seconds}`,
      parameters: { retry_after: seconds },
    });
    await redWith('m01', { method: 'sendMessage', with: tooMany(1) });
    await redWith('m02', { method: 'sendMessage', with: tooMany(30) });
    await redWith('m03', { method: 'sendMessage', with: tooMany(HOUR_S) });
    await until('the alert after 1 s', () => alertsOf(shop, 'm01').length > 0, ON_TIME_MS);
    expectWaited(callsTo(chatOf('m01')), 1_000, ON_TIME_MS);
    expect(isMarked(alertsOf(shop, 'm01')[0] as MessageView)).toBe(false);

    await until('two holds', async () => (await postOf('m03')).reason);
    expect(await postOf('m02')).toMatchObject({
      status: 'pending',
      reason: expect.stringContaining('delayed by rate limit'),
    });
    const held = await postOf('m03');
    expect(held).toMatchObject({
      status: 'pending',
      reason: expect.stringContaining('delayed by rate limit'),
      outcomes: ['wait'],
    });
    expect(held.wait_s).toBeGreaterThan(HOUR_S - 60);

    await until('the alert after 30 s', () => alertsOf(shop, 'm02').length > 0, 45_000);
    expectWaited(callsTo(chatOf('m02')), 30_000, 40_000);
    expect(callsTo(chatOf('m03'))).toHaveLength(1);
  });

  it('T12 refuses the token: few calls, /readyz says so, and all arrives once it is good again', async (context) => {
    const other = await openShopFor(context, { metrics: 3 });
    const { url } = await other.start();
    await until('polling', async () => (await readReadiness(url)).troubled.length === 0);
    const refusal = other.api.fail({ times: 100_000, with: { status: 401, description: 'Unauthorized' } });
    const before = other.api.calls.length;
    for (const metric of other.metrics) await other.set(metric, VALUES.red);
    await until('trouble', async () => (await readReadiness(url)).troubled.length > 0);
    const { status, troubled } = await readReadiness(url);
    expect(troubled.join('\n')).toMatch(/401 Unauthorized.*TELEGRAM_BOT_TOKEN/);
    expect(status).toBe(200);
    await sleep(8_000);
    expect(other.api.calls.length - before).toBeLessThan(20);
    refusal.cancel();
    await until(
      'all alerts',
      () => other.metrics.every((metric) => alertsOf(other, metric).length > 0),
      40_000,
    );
    expect(other.metrics.map((metric) => alertsOf(other, metric).map(isMarked))).toEqual([
      [false],
      [false],
      [false],
    ]);
    await until('polling', async () => (await readReadiness(url)).troubled.length === 0, 40_000);
  });

  it('says 400: what it cannot parse goes as plain text, what it never takes ends and ops are told', async () => {
    await redWith('m04', {
      method: 'sendMessage',
      with: { status: 400, description: "Bad Request: can't parse entities: x" },
    });
    await redWith('m05', {
      method: 'sendMessage',
      times: 99,
      with: { status: 400, description: 'Bad Request: SOMETHING_INVALID' },
    });
    const plain = await until('the plain alert', () => alertsOf(shop, 'm04')[0]);
    expect(plain.edits[0]?.entities ?? plain.entities).toEqual([]);
    await until('the rescue', () =>
      inGroup(OPS).find(({ text }) => text.includes('Signal m05') && text.startsWith('🔴')),
    );
    expect(await postOf('m05')).toMatchObject({
      status: 'dead',
      reason: expect.stringContaining('SOMETHING_INVALID'),
    });
    // the post, and perhaps what follows it: each in two forms, none tried again
    const calls = callsTo(chatOf('m05'));
    expect(calls.length).toBeLessThanOrEqual(4);
    expect(calls.map(({ params }) => params['parse_mode'] ?? 'plain').slice(0, 2)).toEqual(['HTML', 'plain']);
    expect(running.logged()).toContain('Telegram refused a message; it goes in another form');
  });

  it('T13 says 403: ops are told who cannot be reached, have the alert, and hear of its recovery', async () => {
    shop.people[shop.metrics.indexOf('m06')]?.blocks();
    await redWith('m06', null);
    await until('the notice', () =>
      inGroup(OPS).find(({ text }) => /Owner 6/.test(text) && /blocked/.test(text)),
    );
    const rescue = await until('the rescue', () =>
      inGroup(OPS).find(({ text }) => text.includes('Signal m06') && text.startsWith('🔴')),
    );
    expect(await postOf('m06')).toMatchObject({ status: 'dead', outcomes: ['gone'] });
    await shop.set('m06', VALUES.green);
    await until('the recovery', () =>
      inGroup(OPS).some(({ replyTo, text }) => replyTo === rescue.id && text.includes('Recovered')),
    );
  });

  it('says 404 and 5xx, as itself and as a gateway: it is tried again', async () => {
    await redWith('m07', { method: 'sendMessage', with: { status: 404, description: 'Not Found' } });
    shop.api.fail({
      chat: chatOf('m08'),
      method: 'sendMessage',
      with: { status: 500, description: 'Internal Server Error' },
    });
    await redWith('m08', { method: 'sendMessage', with: { status: 502, body: '<html>Bad Gateway</html>' } });
    await until('both posts', async () => (await isSent('m07')) && (await isSent('m08')));
    expect((await postOf('m08')).outcomes).toEqual(['retry', 'retry', 'sent']);
    expect(alertsOf(shop, 'm08')).toHaveLength(1);
  });

  it('T07 hangs, or cuts before or after it took a message: sent again with a mark, never recorded as sent unsent', async () => {
    const startedAt = Date.now();
    await redWith('m09', { method: 'sendMessage', with: 'hang' });
    await redWith('m10', { method: 'sendMessage', with: 'cut_before' });
    await redWith('m11', { method: 'sendMessage', with: 'cut_after_accept' });
    await until('the repeat', () => alertsOf(shop, 'm11').length === 2);
    expect(alertsOf(shop, 'm11').map(isMarked)).toEqual([false, true]);
    await until('after the cut', () => alertsOf(shop, 'm10').length > 0);
    expect(alertsOf(shop, 'm10').map(isMarked)).toEqual([true]);
    await until('after the hang', () => alertsOf(shop, 'm09').length > 0, 20_000);
    expect(alertsOf(shop, 'm09').map(isMarked)).toEqual([true]);
    expect((alertsOf(shop, 'm09')[0]?.at ?? 0) - startedAt).toBeGreaterThan(9_000);
    for (const metric of ['m09', 'm10', 'm11']) {
      await until('its result', () => isSent(metric));
      expect((await postOf(metric)).outcomes).toEqual(['retry', 'sent']);
    }
  });

  it('T13 moves a group and deletes a topic: what comes after is there, without a topic', async () => {
    await redWith('m12', null);
    await until('the alert', () => inGroup(ROOM).length > 0);
    shop.api.migrate(ROOM, MOVED_ROOM);
    shop.api.deleteTopic(FORUM, TOPIC);
    await shop.set('m12', VALUES.green);
    await redWith('m13', null);
    await until('the recovery', () => inGroup(MOVED_ROOM).some(({ text }) => text.includes('Recovered')));
    const posted = await until('the alert', () =>
      inGroup(FORUM).find(({ text }) => text.includes('Signal m13')),
    );
    expect(posted.topic).toBeNull();
    await redWith('m12', null);
    await until('the next alert', () => inGroup(MOVED_ROOM).some(({ text }) => text.startsWith('🔴')));
    expect(callsTo(ROOM).filter(({ ok }) => ok === false).length).toBeLessThanOrEqual(1);
  });

  it('delays no other chat by any of it', async () => {
    await sleep(2_000);
    const askedAt = await redWith('m14', null);
    await redWith('m15', null);
    await until(
      'both alerts',
      () => alertsOf(shop, 'm14').length > 0 && alertsOf(shop, 'm15').length > 0,
      ON_TIME_MS,
    );
    expect((alertsOf(shop, 'm14')[0]?.at ?? 0) - askedAt).toBeLessThan(ON_TIME_MS);
  });
});

/** The second call came when it was told to, not before, not long after. */
function expectWaited([first, second]: readonly CallView[], leastMs: number, mostMs: number): void {
  const waited = (second?.at ?? 0) - (first?.at ?? 0);
  expect(waited).toBeGreaterThanOrEqual(leastMs);
  expect(waited).toBeLessThan(mostMs);
}
