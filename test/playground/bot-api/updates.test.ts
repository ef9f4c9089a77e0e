import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { call, startWorld } from './world.ts';

const IVAN = 1001;

type Update = { update_id: number; message?: { text: string } } & Record<string, unknown>;
const updatesOf = (answer: { result?: unknown }) => answer.result as Update[];
const textsOf = (updates: readonly Update[]) => updates.map(({ message }) => message?.text);

describe('updates by long polling', () => {
  it('delivers until confirmed by the offset', async () => {
    const { api, ivan } = await startWorld();
    for (const text of ['a', 'b', 'c']) ivan.sends(IVAN, text);
    const first = updatesOf(await call(api, 'getUpdates', { limit: 2 }));
    expect(textsOf(first)).toEqual(['a', 'b']);
    expect(textsOf(updatesOf(await call(api, 'getUpdates')))).toEqual(['a', 'b', 'c']);
    const offset = (first[1]?.update_id ?? 0) + 1;
    expect(textsOf(updatesOf(await call(api, 'getUpdates', { offset })))).toEqual(['c']);
    expect(api.pendingUpdates()).toBe(1);
    expect(textsOf(updatesOf(await call(api, 'getUpdates', { offset: -1 })))).toEqual(['c']);
  });

  it('holds a request open until something happens', async () => {
    const { api, ivan } = await startWorld();
    const waiting = call(api, 'getUpdates', { timeout: 50 });
    await api.waitFor(() => api.calls.length > 0);
    ivan.sends(IVAN, 'now');
    expect(textsOf(updatesOf(await waiting))).toEqual(['now']);
  });

  it('ends an earlier poller with 409', async () => {
    const { api, ivan } = await startWorld();
    const first = call(api, 'getUpdates', { timeout: 50 });
    await api.waitFor(() => api.calls.length === 1);
    const second = call(api, 'getUpdates', { timeout: 50 });
    expect(await first).toMatchObject({
      error_code: 409,
      description: expect.stringContaining('terminated by other getUpdates request'),
    });
    ivan.sends(IVAN, 'a');
    expect(textsOf(updatesOf(await second))).toEqual(['a']);
  });

  it('forgets a poller that went away, and ends one when it closes', async () => {
    const { api, ivan } = await startWorld();
    const gone = new AbortController();
    const first = fetch(`${api.root}/bot${api.token}/getUpdates?timeout=50`, { signal: gone.signal });
    await api.waitFor(() => api.calls.length === 1);
    gone.abort();
    await expect(first).rejects.toThrow('aborted');
    ivan.sends(IVAN, 'a');
    expect(textsOf(updatesOf(await call(api, 'getUpdates', { timeout: 50 })))).toEqual(['a']);
  });

  it('sends only the kinds asked for; reactions only when named', async () => {
    const { api, ivan } = await startWorld();
    await call(api, 'sendMessage', { chat_id: IVAN, text: 'hi' });
    const message = { chat: IVAN, id: api.messages(IVAN)[0]?.id ?? 0 };
    ivan.reacts(message, '👍');
    expect(updatesOf(await call(api, 'getUpdates', { allowed_updates: ['message_reaction'] }))).toEqual([]);
    ivan.reacts(message, '👎');
    ivan.sends(IVAN, 'not asked for');
    const updates = updatesOf(await call(api, 'getUpdates'));
    expect(updates).toMatchObject([{ message_reaction: { new_reaction: [{ emoji: '👎' }] } }]);
    await call(api, 'getUpdates', { offset: -1, allowed_updates: [] });
    ivan.sends(IVAN, 'again');
    expect(textsOf(updatesOf(await call(api, 'getUpdates'))).at(-1)).toBe('again');
  });

  it('delivers twice, in another order and again when told', async () => {
    const { api, ivan } = await startWorld();
    api.duplicateUpdates(1);
    ivan.sends(IVAN, 'a');
    ivan.sends(IVAN, 'b');
    const updates = updatesOf(await call(api, 'getUpdates'));
    expect(textsOf(updates)).toEqual(['a', 'a', 'b']);
    expect(updates[0]?.update_id).toBe(updates[1]?.update_id);
    api.reorderUpdates(2);
    ivan.sends(IVAN, 'c');
    expect(api.pendingUpdates()).toBe(3);
    ivan.sends(IVAN, 'd');
    expect(textsOf(updatesOf(await call(api, 'getUpdates'))).slice(3)).toEqual(['d', 'c']);
    await call(api, 'getUpdates', { offset: 2_147_483_647 });
    api.redeliver(updates[0]?.update_id ?? 0);
    api.redeliver(1);
    expect(textsOf(updatesOf(await call(api, 'getUpdates')))).toEqual(['a']);
  });

  it('keeps a bounded queue', async () => {
    const { api, ivan } = await startWorld({ keep: { updates: 2 } });
    for (const text of ['a', 'b', 'c']) ivan.sends(IVAN, text);
    expect(textsOf(updatesOf(await call(api, 'getUpdates')))).toEqual(['b', 'c']);
  });
});

describe('updates by web hook', () => {
  /** A bot's own server; `answers` are given in turn, then 200. */
  async function startBot(answers: { status: number; body?: string }[] = []) {
    const got: { update: Update; secret: unknown }[] = [];
    const server = createServer((request: IncomingMessage, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        got.push({
          update: JSON.parse(Buffer.concat(chunks).toString()) as Update,
          secret: request.headers['x-telegram-bot-api-secret-token'],
        });
        const { status, body } = answers.shift() ?? { status: 200 };
        response.writeHead(status).end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    return { got, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/telegram` };
  }

  it('posts with the secret, repeats what fails, and runs the call in the answer', async () => {
    const { api, ivan } = await startWorld({ webhookRetryMs: 1 });
    const { got, url } = await startBot([
      { status: 500 },
      { status: 200, body: JSON.stringify({ method: 'sendMessage', chat_id: IVAN, text: 'hello back' }) },
      { status: 200, body: JSON.stringify({ method: 'sendMessage', chat_id: 5, text: 'nobody' }) },
      { status: 200, body: JSON.stringify({ method: 'sendDice' }) },
      { status: 200, body: '5' },
    ]);
    expect(await call(api, 'setWebhook', { url, secret_token: 's3cret', max_connections: 1 })).toEqual({
      ok: true,
      result: true,
    });
    ivan.sends(IVAN, 'hello');
    await api.waitFor(() => api.messages(IVAN).find(({ text }) => text === 'hello back'));
    expect(textsOf(got.map(({ update }) => update))).toEqual(['hello', 'hello']);
    expect(got[0]?.secret).toBe('s3cret');
    expect((await call(api, 'getWebhookInfo')).result).toMatchObject({
      url,
      pending_update_count: 0,
      last_error_message: expect.stringContaining('500'),
    });
    for (const text of ['a', 'b', 'c']) ivan.sends(IVAN, text);
    await api.waitFor(() => api.calls.filter(({ ok }) => ok === false).length === 2);
    expect(await call(api, 'getUpdates')).toMatchObject({
      error_code: 409,
      description: expect.stringContaining('webhook is active'),
    });
  });

  it('ends a poller when set, and gives the rest to polling when deleted', async () => {
    const { api, ivan } = await startWorld();
    const polling = call(api, 'getUpdates', { timeout: 50 });
    await api.waitFor(() => api.calls.length === 1);
    await call(api, 'setWebhook', { url: 'https://127.0.0.1:1/telegram' });
    expect(await polling).toMatchObject({
      error_code: 409,
      description: expect.stringContaining('setWebhook'),
    });
    ivan.sends(IVAN, 'a');
    await call(api, 'deleteWebhook');
    await api.waitFor(() => api.pendingUpdates() === 1);
    ivan.sends(IVAN, 'b');
    expect(textsOf(updatesOf(await call(api, 'getUpdates')))).toEqual(['a', 'b']);
    await call(api, 'setWebhook', { url: '', drop_pending_updates: true });
    expect(updatesOf(await call(api, 'getUpdates'))).toEqual([]);
    expect((await call(api, 'getWebhookInfo')).result).toMatchObject({ url: '', pending_update_count: 0 });
  });
});
