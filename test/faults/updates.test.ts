/** What people do comes twice, in another order, again after a restart, while the bot is busy: one effect, always an answer. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { MessageView, PressResult } from '../../src/playground/bot-api/index.ts';
import { PRESS_GUARD_MS } from '../../src/channels/telegram/limits.ts';
import { SECOND } from '../../src/lib/time.ts';
import { openProxy } from './proxy.ts';
import { VALUES } from './shop.ts';
import { until } from './until.ts';
import { alertsOf, API_TOKEN, openDatabaseFor, openShopFor, repliesOf, type ShopTest } from './with-shop.ts';

const TEST_MS = 120_000;
const ANSWERED_WITHIN_MS = 3_000;
const SNOOZE_S = 3;

describe.concurrent('updates', { timeout: TEST_MS }, () => {
  it('come twice, in reverse and again after a restart: one effect each, each press answered', async (context) => {
    const shop = await openShopFor(context, { metrics: 3 });
    const first = await shop.start();
    const alerts = await makeRed(shop);
    const [one, two, three] = shop.people;

    shop.api.duplicateUpdates(2);
    one?.sends(one.id, '/whoami');
    const twice = await one?.presses(alerts[0] as MessageView, /Ack/);
    expect(twice).toMatchObject({ answered: true });
    await until('the acked message', () => /acked by/i.test(alertsOf(shop, 'm01')[0]?.text ?? ''));

    shop.api.reorderUpdates(2);
    const ack = two?.presses(alerts[1] as MessageView, /Ack/);
    const snooze = two?.presses(alerts[1] as MessageView, /Snooze/);
    expect(await Promise.all([ack, snooze])).toMatchObject([{ answered: true }, { answered: true }]);

    await first.stop();
    const handled = await shop.ask<{ update_id: string }>('select update_id from heartbeat.handled_update');
    expect(handled).toHaveLength(1);
    const whoami = Number(handled[0]?.update_id.split(':').at(-1));
    // a press while nobody is there, and what was handled before, all at once
    const waiting = three?.presses(alerts[2] as MessageView, /Ack/);
    for (let update = whoami; update <= whoami + 3; update += 1) shop.api.redeliver(update);
    await shop.start();
    expect(await waiting).toMatchObject({ answered: true, showAlert: false });
    await until('the acked message', () => /acked by/i.test(alertsOf(shop, 'm03')[0]?.text ?? ''));
    await until('all updates taken', () => shop.api.pendingUpdates() === 0);

    expect(await listPresses(shop)).toEqual([
      { metric_id: 'm01', edge: 'acked' },
      { metric_id: 'm02', edge: 'snoozed' },
      { metric_id: 'm03', edge: 'acked' },
    ]);
    expect(await shop.ask("select verb from heartbeat.journal where verb like 'alert.%'")).toHaveLength(3);
    expect(shop.told('m01').filter(({ text }) => /approver/i.test(text))).toHaveLength(1);
  });

  it('T17 a press is answered while the bot is busy, on a message of last month, and while the database stalls', async (context) => {
    const databaseUrl = await openDatabaseFor(context);
    const way = await openProxy(databaseUrl);
    context.onTestFinished(() => way.close());
    const shop = await openShopFor(context, {
      databaseUrl,
      environment: { DATABASE_URL: way.url },
      metrics: 3,
    });
    await shop.start();
    const alerts = await makeRed(shop);
    const [one, two, three] = shop.people;

    // a conversation that hangs on the platform's side
    shop.api.fail({ method: 'sendMessage', chat: one?.id ?? 0, with: { delayMs: 4_000 } });
    one?.sends(one.id, '/metric m01');
    await sleep(300);
    const effects = (count: number) =>
      until(`${count} acks`, async () => (await listPresses(shop)).length === count, ANSWERED_WITHIN_MS);
    expectDone(await one?.presses(alerts[0] as MessageView, /Ack/));
    await effects(1);

    const old = await two?.presses(alerts[1] as MessageView, /Ack/, { inaccessible: true });
    expectDone(old);
    await effects(2);

    way.hold();
    const stalled = await three?.presses(alerts[2] as MessageView, /Ack/);
    way.flow();
    expectAnswered(stalled, /still working/i);
    await until('the acked message', () => /acked by/i.test(alertsOf(shop, 'm03')[0]?.text ?? ''));
    expect(await listPresses(shop)).toHaveLength(3);
  });

  it('T09 a snooze that ends while nobody runs rings once, whoever starts first', async (context) => {
    const shop = await openShopFor(context, { metrics: 1 });
    const first = await shop.start();
    await makeRed(shop);
    const [alert] = await shop.ask<{ id: string }>('select id from heartbeat.alerts');
    const snoozed = await fetch(`${first.url}/api/alerts/${alert?.id}/snooze`, {
      method: 'POST',
      headers: { authorization: `Bearer ${API_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ for: `${SNOOZE_S}s` }),
    });
    expect(snoozed.status).toBe(200);
    await first.stop();
    await sleep(SNOOZE_S * SECOND);
    await Promise.all([shop.start(), shop.start()]);
    const rung = await until('the end of the snooze', () => repliesOf(shop, 'm01')[0]);
    expect(rung.silent).toBe(false);
    await sleep(2 * SECOND);
    expect(repliesOf(shop, 'm01')).toHaveLength(1);
    expect(
      await shop.ask("select edge from heartbeat.alert_event where edge like 'snooze%' order by id"),
    ).toEqual([{ edge: 'snoozed' }, { edge: 'snooze_ended' }]);
  });
});

/** Makes every metric red and gives their alerts, once the pictures are there too: edits by presses come after. */
async function makeRed(shop: ShopTest): Promise<MessageView[]> {
  for (const metric of shop.metrics) await shop.set(metric, VALUES.red);
  await until('all alerts', () => shop.metrics.every((metric) => alertsOf(shop, metric)[0]?.photo));
  return shop.metrics.flatMap((metric) => alertsOf(shop, metric));
}

async function listPresses(shop: ShopTest): Promise<{ metric_id: string; edge: string }[]> {
  return shop.ask(
    `select a.metric_id, e.edge from heartbeat.alert_event e join heartbeat.alerts a on a.id = e.alert_id
     where e.edge in ('acked', 'unacked', 'snoozed') order by 1, e.id`,
  );
}

/** What takes longer than the guard on a busy machine is told to be under way, and nothing sooner is. */
function expectDone(pressed: PressResult | undefined): void {
  const isLate = pressed?.answered === true && pressed.afterMs >= PRESS_GUARD_MS;
  expectAnswered(pressed, isLate ? /Ack|still working/i : /Ack/i);
}

function expectAnswered(pressed: PressResult | undefined, text: RegExp): void {
  expect(pressed).toMatchObject({ answered: true, text: expect.stringMatching(text) });
  expect(pressed?.answered ? pressed.afterMs : Infinity).toBeLessThan(ANSWERED_WITHIN_MS);
}
