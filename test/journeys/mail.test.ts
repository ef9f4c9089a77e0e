import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestHeartbeat, API_TOKEN, type TestHeartbeat } from '../support/heartbeat.ts';
import { metricFile, OWNERS } from '../support/workspace.ts';
import { startMailServer, type MailServer, type ReceivedMail } from '../support/mail-server.ts';

const IVAN_MAIL = 'ivan@shop.test';
const PASSWORD = 'a-mail-password-123';

let server: MailServer;
let bot: TestHeartbeat;

const toIvan = ({ to }: ReceivedMail): boolean => to === IVAN_MAIL;
const linkOf = (mail: ReceivedMail, kind: string): string =>
  [...(mail.parsed.text ?? '').matchAll(/^https?:\S+$/gm)]
    .map(([url]) => url)
    .find((url) => url.includes(kind)) ?? '';
const firstLineOf = (mail: ReceivedMail): string => mail.parsed.text?.split('\n')[0] ?? '';

async function alertState(): Promise<string> {
  const answer = await fetch(`${bot.running.url}/api/alerts?state=firing,acked,snoozed,resolved`, {
    headers: { authorization: `Bearer ${API_TOKEN}` },
  });
  const { items } = (await answer.json()) as { items: { state: string }[] };
  return items[0]?.state ?? '';
}

async function renamedTo(name: string): Promise<void> {
  const names = () =>
    [...bot.running.deps.registry.current().metrics.values()].map(({ name: called }) => called);
  await expect.poll(names, { timeout: 5_000 }).toContain(name);
}

async function mailPart(): Promise<{ ok: boolean; reason: string | null } | undefined> {
  const answer = await fetch(`${bot.running.url}/readyz`);
  const { parts } = (await answer.json()) as {
    parts: { name: string; ok: boolean; reason: string | null }[];
  };
  expect(answer.status).toBe(200);
  return parts.find(({ name }) => name === 'mail');
}

beforeAll(async () => {
  server = await startMailServer({ login: { user: 'bot', pass: PASSWORD } });
  bot = await startTestHeartbeat({
    environment: {
      SMTP_URL: server.url.replace('//', `//bot:${PASSWORD}@`),
      MAIL_FROM: 'Heartbeat <hb@shop.test>',
    },
  });
}, 60_000);
afterAll(async () => {
  await bot.stop();
  await server.close();
});

describe('an alert by mail', () => {
  let first: ReceivedMail;

  it('comes to its owner while the mail server has trouble, once that is over', async () => {
    server.fault = { at: 'rcpt', code: 451, text: '4.3.0 later' };
    await bot.signal(3.1);
    await expect
      .poll(mailPart, { timeout: 8_000 })
      .toMatchObject({ ok: false, reason: expect.stringMatching(/451/) });
    server.fault = null;
    first = await server.waitFor(toIvan, 15_000);
    expect(first.parsed.subject).toMatch(/^\[Heartbeat\] Checkout conversion \(A-\d+\)$/);
    expect(firstLineOf(first)).toMatch(/^🔴 Checkout conversion 3\.1/u);
    expect(first.parsed.attachments).toMatchObject([
      { contentType: 'image/png', contentDisposition: 'inline' },
    ]);
    await expect.poll(mailPart).toMatchObject({ ok: true, reason: null });
    expect(server.mails.filter(toIvan)).toHaveLength(1);
  });

  it('is acked by its link, after a page that asks; chats show who did it', async () => {
    const page = await (await fetch(linkOf(first, '/mail/act'))).text();
    expect(page).toContain('Ack this alert?');
    expect(await alertState()).toBe('firing');
    const form = /name="form" value="([^"]+)"/.exec(page)?.[1] ?? '';
    const done = await fetch(`${bot.running.url}/mail/act`, {
      method: 'POST',
      body: new URLSearchParams({ form }),
    });
    expect(await done.text()).toContain('It is yours');
    expect(await alertState()).toBe('acked');
    await bot.api.waitFor(() => bot.messages(1001).some(({ text }) => /Acked/.test(text)), 6_000);
  });

  it('goes on in one thread, also when its metric is renamed: its end answers the first mail', async () => {
    await bot.workspace.write('metrics/conversion.yaml', metricFile({ name: 'Paid baskets' }));
    await renamedTo('Paid baskets');
    await bot.signal(4.5);
    const last = await server.waitFor((mail) => toIvan(mail) && /Recovered/.test(firstLineOf(mail)), 10_000);
    expect(firstLineOf(last)).toContain('Paid baskets');
    expect(last.parsed.subject).toBe(first.parsed.subject);
    expect(last.parsed.inReplyTo).toBe(first.parsed.messageId);
    expect(new Set(server.mails.map(({ parsed }) => parsed.messageId)).size).toBe(server.mails.length);
  });

  it('of a silent source keeps its subject in another language', async () => {
    const silent = { sources: '[marts.orders]', stale_after: '2s', owner: 'ivan@shop.test' };
    const text = "select value::numeric as value from marts.signal where name = 'orders'";
    await bot.signal(7, 'orders');
    await bot.workspace.write(
      'metrics/orders.yaml',
      metricFile({ ...silent, name: 'Orders', synonyms: null, sql: text }),
    );
    await renamedTo('Orders');
    await new Promise((done) => setTimeout(done, 2_000));
    await bot.signal(null, 'orders');
    const ofSource = (mail: ReceivedMail): boolean =>
      toIvan(mail) && (mail.parsed.subject ?? '').includes('marts.orders');
    const told = await server.waitFor(ofSource, 15_000);
    await bot.workspace.write('owners.yaml', OWNERS.replace('name: Ivan,', 'name: Ivan, locale: ru,'));
    await expect
      .poll(() => bot.running.deps.registry.current().people[0]?.locale, { timeout: 5_000 })
      .toBe('ru');
    await bot.signal(7, 'orders');
    const over = await server.waitFor((mail) => ofSource(mail) && mail !== told, 10_000);
    expect(over.parsed.subject).toBe(told.parsed.subject);
    expect(firstLineOf(over)).toMatch(/[а-я]/);
  });

  it('stops by one POST, and the log of deliveries says why', async () => {
    const list = first.parsed.headers.get('list') as unknown as { unsubscribe: { url: string } };
    const { url } = list.unsubscribe;
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    expect((await fetch(url, { method: 'POST', body })).status).toBe(200);
    const before = server.mails.length;
    await bot.signal(3);
    const reason = async (): Promise<string> => {
      const answer = await fetch(`${bot.running.url}/api/deliveries?channel=mail`, {
        headers: { authorization: `Bearer ${API_TOKEN}` },
      });
      const { items } = (await answer.json()) as { items: { status: string; reason: string | null }[] };
      return `${items[0]?.status}: ${items[0]?.reason}`;
    };
    await expect.poll(reason, { timeout: 8_000 }).toBe('superseded: unsubscribed by one click');
    expect(server.mails).toHaveLength(before);
  });

  it('breaks no rule of mail, and leaves no password in the log', () => {
    expect(server.complaints).toEqual([]);
    expect(bot.logged().length).toBeGreaterThan(1_000);
    expect(bot.logged()).not.toContain(PASSWORD);
  });
});
