/** What only time brings about, over kill -9 and three processes, one with a wrong clock: each is told, and once. */
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/lib/time.ts';
import type { MessageView } from '../../src/playground/bot-api/index.ts';
import { OPS } from '../support/workspace.ts';
import { listTicksTwice, listWaiting, VALUES } from './shop.ts';
import { until } from './until.ts';
import { alertsOf, API_TOKEN, isMarked, openShopFor, repliesOf, type ShopTest } from './with-shop.ts';

const TEST_MS = 240_000;
const ROOM = -100_801;
const CLOCK_AHEAD_MS = 5 * SECOND;

describe.concurrent('told once', { timeout: TEST_MS }, () => {
  it('T09 what a window or a night kept back, over kill -9 and by two processes', async (context) => {
    const evening = DateTime.utc().plus({ days: 1 }).startOf('day').set({ hour: 22, minute: 30 });
    const shop = await openShopFor(context, {
      metrics: 2,
      file: () => ({ stale_after: '30d' }),
      files: {
        'workspace.yaml': `name: Shop
timezone: UTC
locale: en
policies: {escalate_after: 30d}
maintenance:
  - {name: Upgrade, from: ${evening.toFormat("yyyy-MM-dd'T'22:00")}, to: ${evening.toFormat("yyyy-MM-dd'T'22:45")}, metrics: [m01]}
`,
        'owners.yaml': `- {email: p1@shop.test, name: Owner 1, role: approver, telegram_id: 2001}
- {email: p2@shop.test, name: Owner 2, role: approver, telegram_id: 2002, quiet_hours: {from: "22:00", to: "07:00"}}
`,
      },
    });
    const aheadAt = (minutes: number): number => evening.toMillis() + minutes * MINUTE - Date.now();
    const first = shop.spawnAhead(aheadAt(0));
    await first.ready;
    await shop.set('m01', VALUES.red);
    await shop.set('m02', VALUES.amber);
    // one that was killed while sending would be there twice, with a mark
    const idle = () => until('an idle outbox', async () => (await listWaiting(shop)).length === 0);
    const held = (): Promise<{ reason: string }[]> =>
      shop.ask("select reason from heartbeat.delivery where status = 'held' order by reason");
    await until('both held', async () => (await held()).length === 2);
    expect(await held()).toEqual([{ reason: 'maintenance: Upgrade' }, { reason: 'quiet hours of Owner 2' }]);
    expect([...shop.told('m01'), ...shop.told('m02')]).toEqual([]);
    await first.kill();

    const atNight = [shop.spawnAhead(aheadAt(20)), shop.spawnAhead(aheadAt(20))];
    await until('the alert of the window', () => alertsOf(shop, 'm01').length > 0);
    expect(await held()).toEqual([{ reason: 'quiet hours of Owner 2' }]);
    await idle();
    await Promise.all(atNight.map((one) => one.kill()));

    const morning = 9 * 60;
    const inMorning = [shop.spawnAhead(aheadAt(morning)), shop.spawnAhead(aheadAt(morning))];
    await until('the alert of the night', () => alertsOf(shop, 'm02').length > 0);
    await Promise.all(inMorning.map(({ ready }) => ready));
    await shop.set('m01', VALUES.green);
    await shop.set('m02', VALUES.green);
    await until('both ends', () => ['m01', 'm02'].every((metric) => repliesOf(shop, metric).length > 0));
    await idle();
    for (const metric of shop.metrics) {
      expect(alertsOf(shop, metric).map(({ text }) => text)).toEqual([
        expect.stringMatching(/^🟢 Recovered/u),
      ]);
      expect(repliesOf(shop, metric)).toHaveLength(1);
    }
  });

  it('T09 a storm, two rungs, a forgotten ack and a silent source, by three processes of which one dies and one is 5 s ahead', async (context) => {
    const shop = await openThreeEdges(context);
    const doomed = shop.spawn();
    const others = [shop.spawn(), shop.spawnAhead(CLOCK_AHEAD_MS)];
    const [url = ''] = await Promise.all([...others, doomed].map(({ ready }) => ready));
    await shop.set('m03', null);
    await setStorm(shop, VALUES.red);
    await until('the storm', () => inChat(shop, ROOM, /6 alerts/).length > 0);
    await setStorm(shop, VALUES.green);

    await shop.set('m01', VALUES.red);
    await shop.set('m02', VALUES.red);
    await ack(url, 'm02');
    await until('the first rung', async () => (await countEdges(shop, 'm01', 'escalated')) > 0);
    await doomed.kill();
    await until('the second rung', async () => (await countEdges(shop, 'm01', 'escalated')) > 1);
    await until('the forgotten ack', () => repliesOf(shop, 'm02').length > 0);
    await until('the silent source', () => inChat(shop, OPS, /marts\.silent/).length > 0);
    await until('the storm’s end', () => inChat(shop, ROOM, /All 6 alerts recovered/).length > 1);
    await until('an idle outbox', async () => (await listWaiting(shop)).length === 0);

    const rungs = shop.api.messages(OPS).filter(({ text }) => /Signal m01/.test(text));
    expect(rungs.filter(({ replyTo }) => replyTo !== null)).toHaveLength(1);
    // the process that died may have claimed the first rung's post: then one says that it may be a repeat
    const posts = rungs.filter(({ replyTo }) => replyTo === null);
    expect(posts.filter((post) => !isMarked(post)).length).toBeLessThanOrEqual(1);
    expect(posts.filter(isMarked).length).toBeLessThanOrEqual(1);
    expect(posts.length).toBeGreaterThan(0);
    expect(await countEdges(shop, 'm01', 'escalated')).toBe(2);
    expect(repliesOf(shop, 'm02')).toHaveLength(1);
    expect(await countEdges(shop, 'm02', 'ack_timed_out')).toBe(1);
    expect(inChat(shop, OPS, /marts\.silent/)).toHaveLength(1);
    expect(shop.told('m03').filter(({ text }) => /marts\.silent/.test(text))).toHaveLength(1);
    const storm = inChat(shop, ROOM, /alerts/);
    expect(storm.filter(({ replyTo }) => replyTo === null)).toHaveLength(1);
    expect(storm.filter(({ replyTo, text }) => replyTo !== null && /recovered/.test(text))).toHaveLength(1);
    expect(await listTicksTwice(shop)).toEqual([]);
  });
});

/** m01 goes up the ladder, the ack of m02 is forgotten, m03 falls silent, the others make a storm in their room. */
function openThreeEdges(context: Parameters<typeof openShopFor>[0]): Promise<ShopTest> {
  return openShopFor(context, {
    metrics: 9,
    file: (metric, number) => ({
      teams: number > 3 ? '[stormy]' : null,
      ...(metric === 'm03' && { stale_after: '12s', sources: '[marts.silent]' }),
    }),
    files: {
      'workspace.yaml': `name: Shop
timezone: UTC
locale: en
ops_inbox: {telegram: ${OPS}}
rooms: [{telegram: ${ROOM}, teams: [stormy]}]
policies: {storm: {within: 8s}, escalate_after: 9s, ack_timeout: 6s}
`,
    },
  }).then((shop) => {
    shop.api.group({ id: ROOM, title: 'Stormy', members: shop.people });
    return shop;
  });
}

async function setStorm(shop: ShopTest, value: number): Promise<void> {
  await shop.marts(`update marts.signal set value = '${value}' where name > 'm03'`);
}

/** What the bot said; a process that died in the middle of sending may have left a repeat, which says so. */
function inChat(shop: ShopTest, chat: number, pattern: RegExp): MessageView[] {
  return shop.api
    .messages(chat)
    .filter((message) => message.from.isBot && pattern.test(message.text) && !isMarked(message));
}

async function countEdges(shop: ShopTest, metric: string, edge: string): Promise<number> {
  const rows = await shop.ask(
    `select 1 from heartbeat.alert_event e join heartbeat.alerts a on a.id = e.alert_id
     where a.metric_id = $1 and e.edge = $2`,
    [metric, edge],
  );
  return rows.length;
}

/** Acks the open alert of a metric by the API, as soon as there is one. */
async function ack(url: string, metric: string): Promise<void> {
  const id = await until(`an alert of ${metric}`, async () => {
    const rows = await shopAlerts(url, metric);
    return rows[0]?.id;
  });
  const headers = { authorization: `Bearer ${API_TOKEN}` };
  const answer = await fetch(`${url}/api/alerts/${id}/ack`, { method: 'POST', headers });
  expect(answer.status).toBe(200);
}

async function shopAlerts(url: string, metric: string): Promise<{ id: string }[]> {
  const headers = { authorization: `Bearer ${API_TOKEN}` };
  const answer = await fetch(`${url}/api/alerts?metric=${metric}`, { headers });
  return ((await answer.json()) as { items: { id: string }[] }).items;
}
