import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { API_TOKEN, startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import { IVAN, metricFile, OPS, ROOM } from '../support/workspace.ts';

type ApiAlert = {
  id: string;
  number: string;
  metric: string;
  level: string;
  state: string;
  version: number;
  value: number;
};

describe('acks and snoozes by the API, over a restart', () => {
  let bot: TestHeartbeat;

  beforeAll(async () => {
    bot = await startTestHeartbeat({
      files: {
        'metrics/nobodys.yaml': metricFile({
          name: 'Nobody’s metric',
          teams: null,
          synonyms: null,
          owner: 'gone@shop.test',
          sql: "select value::numeric as value from marts.signal where name = 'nobodys'",
        }),
      },
    });
  }, 60_000);
  afterAll(() => bot?.stop());

  function call(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${bot.running.url}${path}`, {
      ...init,
      headers: {
        authorization: `Bearer ${API_TOKEN}`,
        'content-type': 'application/json',
        ...(init.headers as Record<string, string>),
      },
    });
  }

  async function openAlerts(query = ''): Promise<ApiAlert[]> {
    const response = await call(`/api/alerts${query}`);
    expect(response.status).toBe(200);
    return ((await response.json()) as { items: ApiAlert[] }).items;
  }

  function repliesTo(chat: number): string[] {
    return bot
      .messages(chat)
      .flatMap((message) => (message.from.isBot && message.replyTo !== null ? [message.text] : []));
  }

  it(
    'T09 a snooze that ends over a restart rings exactly once, and names the snoozer',
    { timeout: 60_000 },
    async () => {
      await bot.signal(3);
      await bot.api.waitFor(() => bot.messages(IVAN).some((message) => /🔴/.test(message.text)));
      const [alert] = await openAlerts();
      expect(alert).toMatchObject({ metric: 'conversion', level: 'red', state: 'firing', value: 3 });
      expect(alert?.number).toMatch(/^A-\d+$/);
      const snoozed = await call(`/api/alerts/${alert?.id}/snooze`, {
        method: 'POST',
        body: '{"for": "4s"}',
        headers: { 'if-match': String(alert?.version) },
      });
      expect(snoozed.status).toBe(200);
      await bot.api.waitFor(() => bot.messages(IVAN).some((message) => /💤/.test(message.text)));
      expect((await openAlerts('?state=snoozed')).map((one) => one.id)).toEqual([alert?.id]);
      await bot.restart();
      await bot.api.waitFor(() => repliesTo(IVAN).length > 0 && repliesTo(ROOM).length > 0, 30_000);
      const ticks = async (): Promise<number> =>
        ((await (await call('/api/metrics/conversion/history?limit=500')).json()) as { items: unknown[] })
          .items.length;
      const before = await ticks();
      await expect.poll(ticks, { timeout: 10_000 }).toBeGreaterThanOrEqual(before + 3);
      expect(repliesTo(IVAN)).toHaveLength(1);
      expect(repliesTo(IVAN)[0]).toMatch(/tests/);
    },
  );

  it('refuses an ack of a version that is gone, and takes the right one once', async () => {
    const [alert] = await openAlerts();
    const stale = await call(`/api/alerts/${alert?.id}/ack`, {
      method: 'POST',
      headers: { 'if-match': '1' },
    });
    expect(stale.status).toBe(412);
    expect(stale.headers.get('content-type')).toMatch(/application\/problem\+json/);
    const key = { 'idempotency-key': 'ack-1' };
    const [first, second] = await Promise.all(
      [1, 2].map(() => call(`/api/alerts/${alert?.id}/ack`, { method: 'POST', headers: key })),
    );
    expect([first?.status, second?.status]).toEqual([200, 200]);
    await bot.api.waitFor(
      () => bot.messages(ROOM).some((message) => message.replyTo === null && /🟠/.test(message.text)),
      6_000,
    );
    expect((await openAlerts('?state=acked')).map((one) => one.state)).toEqual(['acked']);
  });

  it('sends what nobody validated owns to the ops inbox, marked', async () => {
    await bot.signal(1, 'nobodys');
    const message = await bot.api.waitFor(
      () => bot.messages(OPS).find((one) => one.from.isBot && /Nobody’s metric/.test(one.text)),
      6_000,
    );
    expect(message.text).toMatch(/unowned/i);
    expect(bot.messages(IVAN).some((one) => /Nobody’s metric/.test(one.text))).toBe(false);
  });

  it('answers 401 without a token, and 404 with what to do for an unknown alert', async () => {
    expect((await fetch(`${bot.running.url}/api/alerts`)).status).toBe(401);
    const missing = await call('/api/alerts/A-999999/ack', { method: 'POST' });
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ status: 404, code: 'alert_unknown' });
  });
});
