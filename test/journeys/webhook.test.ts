import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFreePort } from '../support/free-port.ts';
import { startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import { IVAN, metricFile, ROOM } from '../support/workspace.ts';

const SECRET = 'hook-secret-0123456789';

describe('web hook mode, with hysteresis', () => {
  let bot: TestHeartbeat;

  beforeAll(async () => {
    const port = await findFreePort();
    bot = await startTestHeartbeat({
      files: { 'metrics/conversion.yaml': metricFile({ hysteresis: '{enter: 3, leave: 3}' }) },
      environment: {
        PORT: String(port),
        PUBLIC_URL: `http://127.0.0.1:${port}`,
        TELEGRAM_WEBHOOK_SECRET: SECRET,
      },
    });
  }, 60_000);
  afterAll(() => bot?.stop());

  const fromBot = (chat: number): string[] =>
    bot.messages(chat).flatMap((message) => (message.from.isBot ? [message.text] : []));

  it('answers what Telegram brings', async () => {
    bot.ivan.sends(IVAN, '/whoami');
    const answer = await bot.api.waitFor(() => fromBot(IVAN).find((text) => /Ivan/.test(text)), 8_000);
    expect(answer).toMatch(/approver/i);
    expect(bot.api.calls.some((call) => call.method === 'getUpdates')).toBe(false);
  });

  it('refuses an update without the secret, and does nothing with it', async () => {
    const update = {
      update_id: 1,
      message: {
        message_id: 1,
        date: 1,
        chat: { id: IVAN, type: 'private' },
        from: { id: IVAN, is_bot: false, first_name: 'Ivan' },
        text: '/help',
      },
    };
    const before = fromBot(IVAN).length;
    for (const header of [undefined, 'wrong']) {
      const response = await fetch(`${bot.running.url}/telegram`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(header && { 'x-telegram-bot-api-secret-token': header }),
        },
        body: JSON.stringify(update),
      });
      expect(response.status).toBe(401);
    }
    expect(fromBot(IVAN)).toHaveLength(before);
    expect(bot.logged()).not.toContain(SECRET);
  });

  it('is silent until the third tick beyond the line, and recovers at the third tick back', async () => {
    const { db, workspaceId } = bot.running.deps;
    const runs = async (): Promise<{ red: number; offRed: number }> => {
      const rows = await db.prisma.$queryRawUnsafe<{ runs: { red: number; offRed: number } }[]>(
        `select judge->'runs' as runs from heartbeat.metric_state where workspace_id = '${workspaceId}' and metric_id = 'conversion'`,
      );
      return rows[0]?.runs ?? { red: 0, offRed: 0 };
    };
    await bot.signal(3);
    const text = await bot.api.waitFor(() => fromBot(ROOM).find((one) => /🔴/.test(one)), 10_000);
    expect(text).toMatch(/for 3 ticks/);
    expect((await runs()).red).toBeGreaterThanOrEqual(3);
    await bot.signal(4.5);
    await bot.api.waitFor(() => fromBot(ROOM).some((one) => /Recovered/.test(one)), 10_000);
    expect((await runs()).offRed).toBeGreaterThanOrEqual(3);
  });
});
