import { describe, expect, it } from 'vitest';
import { startBotApi } from '../../../src/playground/bot-api/index.ts';
import { call, startWorld } from './world.ts';

const IVAN = 1001;
const send = (api: Parameters<typeof call>[0], chat = IVAN) =>
  call(api, 'sendMessage', { chat_id: chat, text: 'x' });

describe("Telegram's budgets", () => {
  it('takes a burst in a chat, then one a second', async () => {
    let now = 1_000_000;
    const { api } = await startWorld({ limits: true, now: () => now });
    for (let index = 0; index < 3; index += 1) expect(await send(api)).toMatchObject({ ok: true });
    expect(await send(api)).toEqual({
      ok: false,
      error_code: 429,
      description: 'Too Many Requests: retry after 1',
      parameters: { retry_after: 1 },
    });
    expect(await send(api, -1001)).toMatchObject({ ok: true });
    now += 3_000;
    expect(await send(api)).toMatchObject({ ok: true });
  });

  it('takes 20 messages and edits a minute in a group, and says how long to wait', async () => {
    let now = 1_000_000;
    const { api } = await startWorld({ limits: true, now: () => now });
    for (let index = 0; index < 10; index += 1) {
      const sent = (await send(api, -1001)).result as { message_id: number };
      now += 1_000;
      const edit = { chat_id: -1001, message_id: sent.message_id, text: `y${index}` };
      expect(await call(api, 'editMessageText', edit)).toMatchObject({ ok: true });
      now += 1_000;
    }
    expect(await send(api, -1001)).toMatchObject({ error_code: 429, parameters: { retry_after: 40 } });
    now += 40_000;
    expect(await send(api, -1001)).toMatchObject({ ok: true });
  });

  it('takes 30 messages a second of a bot', async () => {
    const now = 1_000_000;
    const { api } = await startWorld({
      limits: { perChatBurst: null, perGroupPerMinute: null },
      now: () => now,
    });
    for (let index = 0; index < 30; index += 1) await send(api);
    expect(await send(api)).toMatchObject({ error_code: 429 });
    api.setLimits(false);
    expect(await send(api)).toMatchObject({ ok: true });
    api.setLimits({ perChatBurst: 1 });
    expect(await send(api)).toMatchObject({ ok: true });
    expect(await send(api)).toMatchObject({ error_code: 429 });
  });
});

describe('faults', () => {
  it('strike the calls they are meant for, so often', async () => {
    const { api } = await startWorld();
    const fault = api.fail({
      method: 'sendmessage',
      chat: -1001,
      times: 2,
      with: {
        status: 429,
        description: 'Too Many Requests: retry after 30',
        parameters: { retry_after: 30 },
      },
    });
    expect(await send(api)).toMatchObject({ ok: true });
    expect(await send(api, -1001)).toMatchObject({ error_code: 429, parameters: { retry_after: 30 } });
    expect(fault.left).toBe(1);
    fault.cancel();
    expect(await send(api, -1001)).toMatchObject({ ok: true });
    api.fail({ with: { status: 500 } });
    expect(await call(api, 'getMe')).toEqual({ ok: false, error_code: 500, description: 'Error 500' });
  });

  it('answer like a gateway, or late', async () => {
    const { api } = await startWorld();
    api.fail({ with: { status: 502, body: '<html>Bad Gateway</html>' } });
    const response = await fetch(`${api.root}/bot${api.token}/getMe`);
    expect([response.status, await response.text()]).toEqual([502, '<html>Bad Gateway</html>']);
    api.fail({ with: { delayMs: 30 } });
    const before = performance.now();
    expect(await call(api, 'getMe')).toMatchObject({ ok: true });
    expect(performance.now() - before).toBeGreaterThan(25);
  });

  it('cut the connection before or after the effect, or never answer', async () => {
    const { api } = await startWorld();
    api.fail({ with: 'cut_before' });
    await expect(send(api)).rejects.toThrow('fetch failed');
    expect(api.messages(IVAN)).toHaveLength(0);
    api.fail({ with: 'cut_after_accept' });
    await expect(send(api)).rejects.toThrow('fetch failed');
    expect(api.messages(IVAN)).toHaveLength(1);
    api.fail({ with: 'hang' });
    const given = new AbortController();
    const hanging = fetch(`${api.root}/bot${api.token}/getMe`, { signal: given.signal });
    await api.waitFor(() => api.calls.some(({ error }) => error === 'hang'));
    given.abort(new Error('given up'));
    await expect(hanging).rejects.toThrow('given up');
    expect(api.calls.map(({ method, error }) => [method, error])).toEqual([
      ['sendMessage', 'cut_before'],
      ['sendMessage', 'cut_after_accept'],
      ['getMe', 'hang'],
    ]);
  });

  it('end with the stand-in, and so do calls that hang', async () => {
    const { api } = await startWorld();
    api.fail({ with: 'hang' });
    void api.waitFor(() => api.calls.length === 1).then(() => api.close());
    await expect(call(api, 'getMe')).rejects.toThrow('fetch failed');
  });

  it('needs a bot, and a free port', async () => {
    await expect(startBotApi({ bots: [] })).rejects.toThrow('needs at least one bot');
    const { api } = await startWorld();
    await expect(startBotApi({ port: api.port })).rejects.toThrow('EADDRINUSE');
  });
});
