import { expect, it, onTestFinished } from 'vitest';
import { startTestHeartbeat } from '../support/heartbeat.ts';
import { startMailServer } from '../support/mail-server.ts';

it('mail is sent where no chat is set up: the playground is on, and alerts go to their owners', async () => {
  const server = await startMailServer();
  onTestFinished(() => server.close());
  const bot = await startTestHeartbeat({
    environment: { TELEGRAM_BOT_TOKEN: '', SMTP_URL: server.url, MAIL_FROM: 'Heartbeat <hb@shop.test>' },
  });
  onTestFinished(() => bot.stop());
  expect((await fetch(`${bot.running.url}/play`)).status).toBe(200);
  await bot.signal(3.1);
  const mail = await server.waitFor(({ to }) => to === 'ivan@shop.test', 20_000);
  expect(mail.parsed.subject).toMatch(/^\[Heartbeat\] Checkout conversion \(A-\d+\)$/);
  expect(server.complaints).toEqual([]);
}, 60_000);
