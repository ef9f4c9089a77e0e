import { GrammyError, HttpError } from 'grammy';
import { describe, expect, it } from 'vitest';
import { toInbound } from '../../../src/channels/telegram/inbound.ts';
import { createLanes } from '../../../src/channels/telegram/lanes.ts';
import { waitMs } from '../../../src/channels/telegram/polling.ts';
import { createRecentIds } from '../../../src/channels/telegram/recent-ids.ts';
import { createTransport, TransportError } from '../../../src/channels/telegram/transport.ts';
import { describeTrouble, toTrouble } from '../../../src/channels/telegram/trouble.ts';
import { startWorld } from '../../playground/bot-api/world.ts';

describe('lanes', () => {
  it('run one after the other within a lane, also after a failure, and side by side over lanes', async () => {
    const lanes = createLanes({ depth: 5 });
    const gate = Promise.withResolvers<void>();
    const order: string[] = [];
    const slow = lanes.run('a', async () => {
      await gate.promise;
      throw new Error('failed');
    });
    const next = lanes.run('a', async () => order.push('a2'));
    await lanes.run('b', async () => order.push('b1'));
    expect(order).toEqual(['b1']);
    gate.resolve();
    await expect(slow).rejects.toThrow('failed');
    await next;
    expect(order).toEqual(['b1', 'a2']);
  });

  it('take no more than they hold', async () => {
    const lanes = createLanes({ depth: 1 });
    const gate = Promise.withResolvers<void>();
    const work = lanes.run('a', () => gate.promise);
    expect(lanes.run('a', async () => 1)).toBeUndefined();
    gate.resolve();
    await work;
    await new Promise(setImmediate);
    expect(await lanes.run('a', async () => 2)).toBe(2);
  });
});

describe('the memory of updates', () => {
  it('holds the newest', () => {
    const ids = createRecentIds(2);
    expect([1, 1, 2, 3, 1].map((id) => ids.add(id))).toEqual([true, false, true, true, true]);
  });
});

describe('trouble', () => {
  it('is told without the address, whatever was thrown', () => {
    const address = 'request to https://api.telegram.org/bot1:secret/sendMessage failed';
    const thrown: unknown[] = [
      new HttpError(address, Object.assign(new Error(address), { code: 'EPIPE' })),
      new HttpError(address, 'odd'),
      new Error(address),
      'odd',
    ];
    expect(thrown.map((error) => describeTrouble(toTrouble(error)))).toEqual([
      'the call failed (Error EPIPE)',
      'the call failed (string)',
      'the call failed (Error)',
      'the call failed (string)',
    ]);
  });

  it('waits twice as long after each failure, up to a ceiling', () => {
    const trouble = toTrouble(
      new GrammyError('', { ok: false, error_code: 409, description: 'x' }, 'getUpdates', {}),
    );
    const backoff = { firstMs: 1_000, ceilingMs: 30_000 };
    expect([1, 2, 3, 6, 1_000].map((failures) => waitMs(trouble, failures, backoff))).toEqual([
      1_000, 2_000, 4_000, 30_000, 30_000,
    ]);
  });
});

describe('the transport', () => {
  it('keeps connections, and ends a call that is not wanted any more', async () => {
    const { api } = await startWorld();
    const transport = createTransport({ timeoutMs: 1_000 });
    const url = `${api.root}/bot${api.token}/getMe`;
    const request = { method: 'POST', headers: {}, body: '' };
    expect(await (await transport(url, request)).json()).toMatchObject({ ok: true });
    await expect(transport(url, { ...request, signal: AbortSignal.abort() })).rejects.toThrow(
      'the call was ended',
    );
    api.fail({ with: 'hang' });
    const ended = new AbortController();
    const hanging = transport(url, { ...request, signal: ended.signal });
    void api.waitFor(() => api.calls.length === 2).then(() => ended.abort());
    await expect(hanging).rejects.toThrow(TransportError);
    transport.close();
  });

  it('tells an upload that could not be read', async () => {
    const { api } = await startWorld();
    const transport = createTransport({ timeoutMs: 1_000 });
    const { Readable } = await import('node:stream');
    const body = Readable.from(
      (async function* () {
        yield Buffer.from('x');
        throw new Error('disk');
      })(),
    );
    const sent = transport(`${api.root}/bot${api.token}/getMe`, { method: 'POST', headers: {}, body });
    await expect(sent).rejects.toMatchObject({ message: 'the upload could not be read', maybeSent: false });
    transport.close();
  });

  it('speaks TLS to an https address', async () => {
    const { api } = await startWorld();
    const transport = createTransport({ timeoutMs: 1_000 });
    const sent = transport(`${api.root.replace('http:', 'https:')}/bot1:a/getMe`, {
      method: 'POST',
      headers: {},
      body: '',
    });
    await expect(sent).rejects.toMatchObject({
      message: expect.stringMatching(/SSL|EPROTO|ECONNRESET/),
      maybeSent: false,
    });
    transport.close();
  });
});

describe('updates', () => {
  const from = { id: 1, first_name: 'X', is_bot: false };
  const chat = { id: -1, type: 'supergroup' as const, title: 'G' };
  const message = (changes: object) =>
    ({ update_id: 1, message: { message_id: 1, date: 1, chat, from, ...changes } }) as never;

  it('T16 from bots, and from nobody, are no commands', () => {
    expect(toInbound(message({ text: '/ack', from: { ...from, is_bot: true } }), 'b')).toEqual({
      kind: 'other',
    });
    expect(toInbound(message({ text: '/ack', from: undefined }), 'b')).toEqual({ kind: 'other' });
    expect(toInbound(message({ photo: [] }), 'b')).toEqual({ kind: 'other' });
  });

  it('T15 hand on the whole text: which command it is, is not decided here', () => {
    const texts = ['/metrics', '/metric@b cr', '/metric@B', '@b', '@b help', '@bob help', 'help'].map(
      (text) => {
        const inbound = toInbound(message({ text }), 'b');
        return inbound.kind === 'command' ? inbound.command.text : null;
      },
    );
    expect(texts).toEqual(['/metrics', '/metric cr', '/metric', '', 'help', null, null]);
  });

  it('a thread outside a forum is no topic', () => {
    const inbound = toInbound(message({ text: '/help', message_thread_id: 7 }), 'b');
    expect(inbound).toMatchObject({ command: { place: { topic: null } } });
  });
});
