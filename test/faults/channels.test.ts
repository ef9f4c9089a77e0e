/** A channel fails while others work: who hears what instead, in which order, how often, and what the log says of it. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { NEW_SECRET, startReceiver } from '../channels/webhook/receiver.ts';
import { startDiscord } from '../channels/discord/discord-api.ts';
import { startStandIn } from '../channels/stand-in.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { OPS } from '../support/workspace.ts';
import { openProxy } from './proxy.ts';
import { listWaiting, VALUES } from './shop.ts';
import { until } from './until.ts';
import { alertsOf, isMarked, openShopFor, type ShopTest } from './with-shop.ts';

const TEST_MS = 90_000;
const ON_TIME_MS = 6_000;
const AWAY_MS = 2_000;
const HOUR_S = 3_600;

type Context = Parameters<typeof openShopFor>[0];

async function openMailFor(context: Context): Promise<MailServer> {
  const mail = await startMailServer();
  context.onTestFinished(() => mail.close());
  return mail;
}

const mailSettings = (url: string) => ({ SMTP_URL: url, MAIL_FROM: 'Heartbeat <hb@shop.test>' });

/** First lines of what came to a mailbox, in order. */
function mailsTo(mail: MailServer, number: number): string[] {
  return mail.mails
    .filter(({ to }) => to === `p${number}@shop.test`)
    .map(({ parsed }) => parsed.text?.split('\n')[0] ?? '');
}

const inOps = (shop: ShopTest, pattern: RegExp): boolean =>
  shop.api.messages(OPS).some(({ from, text }) => from.isBot && pattern.test(text));

type Row = { place: string; operation: string; edge: string; status: string; reason: string | null };

const logOf = (shop: ShopTest, place: string): Promise<Row[]> =>
  shop.ask(
    `select place, operation, edge, status, reason from heartbeat.delivery
     where place = $1 and operation <> 'edit' order by seq`,
    [place],
  );

async function untilIdle(shop: ShopTest): Promise<void> {
  await until('an idle outbox', async () => {
    const waiting = await listWaiting(shop);
    return waiting.every(({ edge }) => edge === 'value_changed');
  });
}

/** Alerts of a metric that are open, or were. */
async function untilAlerts(shop: ShopTest, states: Record<string, string[]>): Promise<void> {
  for (const [metric, wanted] of Object.entries(states))
    await until(`${metric} ${wanted.join()}`, async () => {
      const rows = await shop.ask<{ state: string }>(
        'select state from heartbeat.alerts where metric_id = $1 order by number',
        [metric],
      );
      return rows.map(({ state }) => state).join() === wanted.join();
    });
}

describe.concurrent('a channel', { timeout: TEST_MS }, () => {
  it('T07 Telegram away for a while: mail on time; all comes after, in order, once', async (context) => {
    const mail = await openMailFor(context);
    const shop = await openShopFor(context, { metrics: 2, environment: mailSettings(mail.url) });
    await shop.start();
    const away = shop.api.fail({ times: 100_000, with: { status: 500, description: 'Internal' } });
    await shop.set('m01', VALUES.red);
    await shop.set('m02', VALUES.amber);
    const mails = (count: number) =>
      until(`${count} mails`, () => mailsTo(mail, 1).length === count, ON_TIME_MS);
    await untilAlerts(shop, { m01: ['firing'], m02: ['firing'] });
    await mails(1);
    await shop.set('m01', VALUES.green);
    await shop.set('m02', VALUES.red);
    await mails(2);
    await shop.set('m01', VALUES.red);
    await mails(3);
    expect(mailsTo(mail, 1)).toEqual([
      expect.stringMatching(/^🔴/u),
      expect.stringMatching(/Recovered/),
      expect.stringMatching(/^🔴/u),
    ]);
    await sleep(AWAY_MS);
    expect([...shop.told('m01'), ...shop.told('m02')]).toEqual([]);

    away.cancel();
    await until('all of m01', () => shop.told('m01').length >= 3);
    await untilIdle(shop);
    const said = shop.told('m01').map(({ replyTo, text }) => [replyTo !== null, text.split('\n')[0]]);
    // red goes before the rest
    expect(said).toEqual([
      [false, expect.stringMatching(/^🟢 Recovered/u)],
      [false, expect.stringMatching(/^🔴/u)],
      [true, expect.stringMatching(/Recovered/)],
    ]);
    expect(shop.told('m01').filter(isMarked)).toEqual([]);
    expect(alertsOf(shop, 'm02')).toHaveLength(1);
    expect(alertsOf(shop, 'm02')[0]?.text).toMatch(/^🔴/u);
  });

  it('T07 the mail server away for a while: chats on time; all mails after, in order, once', async (context) => {
    const mail = await openMailFor(context);
    const way = await openProxy(mail.url);
    context.onTestFinished(() => way.close());
    const shop = await openShopFor(context, { metrics: 1, environment: mailSettings(way.url) });
    await shop.start();
    way.cut();
    for (const [value, state] of [
      [VALUES.red, ['firing']],
      [VALUES.green, ['resolved']],
      [VALUES.red, ['resolved', 'firing']],
    ] as const) {
      await shop.set('m01', value);
      await untilAlerts(shop, { m01: [...state] });
    }
    await until('the chat', () => shop.told('m01').length >= 3, ON_TIME_MS);
    await sleep(AWAY_MS);
    expect(mail.mails).toEqual([]);
    way.mend();
    await untilIdle(shop);
    expect(mailsTo(mail, 1)).toEqual([
      expect.stringMatching(/^🟢 Recovered/u),
      expect.stringMatching(/^🔴/u),
      expect.stringMatching(/Recovered/),
    ]);
    const [first, , third] = mail.mails.map(({ parsed }) => parsed);
    expect(third?.inReplyTo).toBe(first?.messageId);
    expect(mail.complaints).toEqual([]);
  });

  it('T12 T13 Telegram blocked by one, and 429 of an hour for another: each has one mail, ops are told of the first, nobody waits', async (context) => {
    const mail = await openMailFor(context);
    const shop = await openShopFor(context, { metrics: 3, environment: mailSettings(mail.url) });
    await shop.start();
    shop.people[0]?.blocks();
    shop.api.fail({
      chat: shop.people[1]?.id ?? 0,
      method: 'sendMessage',
      with: { status: 429, description: 'Too Many Requests', parameters: { retry_after: HOUR_S } },
    });
    await shop.marts(`update marts.signal set value = '${VALUES.red}' where name in ('m01', 'm02')`);
    await untilAlerts(shop, { m01: ['firing'], m02: ['firing'] });
    const askedAt = Date.now();
    await shop.set('m03', VALUES.red);
    const other = await until('the third', () => alertsOf(shop, 'm03')[0]);
    expect(other.at - askedAt).toBeLessThan(ON_TIME_MS);
    await until('each mail', () => [1, 2, 3].every((owner) => mailsTo(mail, owner).length > 0), ON_TIME_MS);
    await until('the notice', () => inOps(shop, /Owner 1.*\n.*blocked/));
    await until('the rescue settled', async () =>
      (await logOf(shop, 'mail:p1@shop.test')).every(
        ({ status }) => status === 'sent' || status === 'superseded',
      ),
    );
    expect([mailsTo(mail, 1), mailsTo(mail, 2), mailsTo(mail, 3)]).toEqual([
      [expect.stringMatching(/^🔴/u)],
      [expect.stringMatching(/^🔴/u)],
      [expect.stringMatching(/^🔴/u)],
    ]);
    const held = await logOf(shop, `telegram:${shop.people[1]?.id}`);
    expect(held).toMatchObject([
      { status: 'pending', reason: expect.stringContaining('delayed by rate limit') },
    ]);
    expect(shop.api.calls.filter(({ chat }) => chat === String(shop.people[1]?.id))).toHaveLength(1);
  });
});

describe('hooks', { timeout: TEST_MS }, () => {
  it('that are 410 or 404 are gone: one call each, ops are told, others go on', async (context) => {
    const gone = await startStandIn(() => ({ status: 410 }));
    const discord = await startDiscord();
    discord.removeHook();
    const good = await startReceiver(NEW_SECRET);
    const shop = await openShopFor(context, {
      metrics: 1,
      file: () => ({ teams: '[growth]' }),
      files: {
        'workspace.yaml': `name: Shop
timezone: Europe/Madrid
locale: en
ops_inbox: {telegram: ${OPS}}
rooms:
  - {webhook: old, discord: chat, teams: [growth]}
  - {webhook: pager, teams: [growth]}
`,
      },
      environment: {
        WEBHOOKS: `old=${gone.url}|${NEW_SECRET}, pager=${good.url}|${NEW_SECRET}`,
        DISCORD_WEBHOOKS: `chat=${discord.hook}`,
      },
    });
    await shop.start();
    await shop.set('m01', VALUES.red);
    await until('the pager', () => good.events.length > 0, ON_TIME_MS);
    await until('the chat', () => alertsOf(shop, 'm01').length > 0, ON_TIME_MS);
    await until('both notices', () => inOps(shop, /web hook old/) && inOps(shop, /Discord chat/));
    expect(await logOf(shop, 'webhook:old')).toMatchObject([
      { status: 'dead', reason: expect.stringMatching(/^410/) },
    ]);
    expect(await logOf(shop, 'discord:chat')).toMatchObject([
      { status: 'dead', reason: expect.stringMatching(/^404/) },
    ]);
    await shop.set('m01', VALUES.green);
    await until('the recovery', () => good.events.some(({ type }) => type === 'alert.resolved'));
    await untilIdle(shop);
    expect(gone.asked).toHaveLength(1);
    expect(discord.asked).toHaveLength(1);
    const rescues = shop.api.messages(OPS).filter(({ text }) => /A-\d/.test(text));
    expect(rescues.filter(({ replyTo }) => replyTo === null)).toHaveLength(1);
    expect(rescues.filter(({ text, replyTo }) => replyTo !== null && /Recovered/.test(text))).toHaveLength(1);
  });
});
