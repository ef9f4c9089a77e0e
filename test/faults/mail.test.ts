/** The mail server hangs, refuses, is down: chats hear in time, the log tells why, and every mail comes once. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { API_TOKEN, startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { IVAN, OPS, ROOM } from '../support/workspace.ts';

const TEST_MS = 90_000;
const ON_TIME_MS = 6_000;
const IVAN_MAIL = 'ivan@shop.test';

let server: MailServer;
let bot: TestHeartbeat;

beforeEach(async () => {
  server = await startMailServer();
  bot = await startTestHeartbeat({ environment: { SMTP_URL: server.url, MAIL_FROM: 'hb@shop.test' } });
}, 60_000);
afterEach(async () => {
  await bot.stop();
  await server.close();
});

type Row = { status: string; reason: string | null; operation: string; edge: string };

async function mailLog(): Promise<Row[]> {
  const answer = await fetch(`${bot.running.url}/api/deliveries?channel=mail`, {
    headers: { authorization: `Bearer ${API_TOKEN}` },
  });
  return ((await answer.json()) as { items: Row[] }).items;
}

const says = (chat: number, pattern: RegExp): boolean =>
  bot.messages(chat).some(({ from, text }) => from.isBot && pattern.test(text));

describe('a mail server', () => {
  it('that hangs delays no chat', { timeout: TEST_MS }, async () => {
    server.fault = { at: 'data', hang: true };
    await bot.signal(3.1);
    await bot.api.waitFor(() => says(ROOM, /🔴/u) && says(IVAN, /🔴/u), ON_TIME_MS);
    await bot.signal(4.5);
    await bot.api.waitFor(() => says(ROOM, /Recovered/) && says(IVAN, /Recovered/), ON_TIME_MS);
    expect((await mailLog()).map(({ status }) => status)).not.toContain('sent');
  });

  it('that does not know the mailbox: the ops inbox hears of it', { timeout: TEST_MS }, async () => {
    server.fault = { at: 'rcpt', code: 550, text: '5.1.1 no such user' };
    await bot.signal(3.1);
    await bot.api.waitFor(() => says(OPS, /ivan@shop\.test/), ON_TIME_MS);
    expect(await mailLog()).toContainEqual(
      expect.objectContaining({
        status: 'dead',
        operation: 'post',
        reason: expect.stringMatching(/550 5\.1\.1/),
      }),
    );
    expect(server.mails).toEqual([]);
  });

  it('that is down for a while gets everything after, in order, once', { timeout: TEST_MS }, async () => {
    server.fault = { at: 'connect', code: 421, text: 'down' };
    await bot.signal(3.1);
    await bot.api.waitFor(() => says(IVAN, /🔴/u), ON_TIME_MS);
    await bot.signal(4.5);
    await bot.api.waitFor(() => says(IVAN, /Recovered/), ON_TIME_MS);
    await bot.restart();
    server.fault = null;
    const open = async (): Promise<number> =>
      (await mailLog()).filter(({ status }) => status === 'pending' || status === 'sending').length;
    await expect.poll(open, { timeout: 30_000, interval: 200 }).toBe(0);
    const mails = server.mails.filter(({ to }) => to === IVAN_MAIL);
    const sent = (await mailLog()).filter(({ status }) => status === 'sent');
    expect(mails).toHaveLength(sent.length);
    expect(mails.length).toBeGreaterThanOrEqual(2);
    expect(new Set(mails.map(({ parsed }) => parsed.messageId)).size).toBe(mails.length);
    const [first, ...later] = mails.map(({ parsed }) => parsed);
    expect(first?.inReplyTo).toBeUndefined();
    expect(later.every(({ inReplyTo }) => inReplyTo === first?.messageId)).toBe(true);
    expect(mails.at(-1)?.parsed.text).toMatch(/Recovered/);
  });
});
