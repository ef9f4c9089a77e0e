import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { FaultKind } from '../../../src/playground/bot-api/index.ts';
import { FORUM, GROUP, IVAN, requestOf, startTelegram } from './telegram.ts';

const TIMEOUT_MS = 100;

/** A message that is refused is tried with markup, then plain. */
const FORMS = 2;

/** Sends one message while a fault strikes; a refusal strikes each form of it. */
async function outcomeOf(fault: FaultKind) {
  const telegram = await startTelegram(fault === 'hang' ? { channel: { timeoutMs: TIMEOUT_MS } } : {});
  const isRefusal = typeof fault === 'object' && 'status' in fault && fault.status === 400;
  telegram.api.fail({ with: fault, times: isRefusal ? FORMS : 1 });
  return { ...telegram, outcome: await telegram.channel.send(requestOf()) };
}

const refusal = (status: number, description: string, parameters = {}): FaultKind => ({
  status,
  description,
  parameters,
});

describe('error classes', () => {
  it.each([1, 30, 3600])('T12 429 waits exactly as told: %i s', async (seconds) => {
    const { outcome } = await outcomeOf(
      refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds }),
    );
    expect(outcome).toMatchObject({ kind: 'wait', afterMs: seconds * 1000 });
  });

  it('T12 429 that names no time waits a little', async () => {
    expect((await outcomeOf(refusal(429, 'Too Many Requests'))).outcome).toMatchObject({
      kind: 'wait',
      afterMs: 5_000,
    });
  });

  it('T12 "429" inside a text is not a 429', async () => {
    const text = 'Bad Request: can\'t parse value "429 Too Many Requests: retry after 429"';
    expect((await outcomeOf(refusal(400, text))).outcome).toMatchObject({ kind: 'bad', statusCode: 400 });
    expect((await outcomeOf(refusal(500, 'Internal Server Error: 429'))).outcome).toMatchObject({
      kind: 'retry',
      statusCode: 500,
    });
    expect((await outcomeOf(refusal(403, 'Forbidden: 429'))).outcome).toMatchObject({ kind: 'gone' });
  });

  it.each([
    [refusal(400, 'Bad Request: BUTTON_DATA_INVALID'), { kind: 'bad', statusCode: 400 }],
    [refusal(400, 'Bad Request: can\'t parse "chat not found"'), { kind: 'bad', statusCode: 400 }],
    [
      refusal(401, 'Unauthorized'),
      { kind: 'unauthorized', reason: '401 Unauthorized: check TELEGRAM_BOT_TOKEN' },
    ],
    [refusal(403, 'Forbidden: bot was blocked by the user'), { kind: 'gone', statusCode: 403 }],
    [
      refusal(404, 'Not Found'),
      { kind: 'bad', statusCode: 404, reason: expect.stringContaining('TELEGRAM_API_ROOT') },
    ],
    [refusal(400, 'Bad Request: chat not found'), { kind: 'gone', statusCode: 400 }],
    [
      refusal(400, 'Bad Request: not enough rights to send text messages to the chat'),
      { kind: 'gone', statusCode: 400 },
    ],
    [refusal(400, 'Bad Request: message thread not found'), { kind: 'bad' }],
    [refusal(406, 'Not Acceptable'), { kind: 'bad', statusCode: 406 }],
    [refusal(500, 'Internal Server Error'), { kind: 'retry', statusCode: 500, maybeSent: false }],
    [refusal(502, 'Bad Gateway'), { kind: 'retry', statusCode: 502, maybeSent: false }],
    [
      { status: 504, body: '<html>Gateway Timeout</html>' },
      { kind: 'retry', statusCode: 504, maybeSent: true },
    ],
    [
      { status: 404, body: '<html>Not Found</html>' },
      { kind: 'bad', statusCode: 404 },
    ],
    [
      { status: 200, body: 'welcome' },
      { kind: 'retry', maybeSent: true },
    ],
    [
      { status: 200, body: '[]' },
      { kind: 'retry', maybeSent: true },
    ],
    ['hang' as const, { kind: 'retry', reason: 'no answer within 0.1 s', statusCode: null, maybeSent: true }],
    ['cut_before' as const, { kind: 'retry', reason: 'the connection failed (ECONNRESET)', maybeSent: true }],
  ])('T12 %o is %o', async (fault, expected) => {
    expect((await outcomeOf(fault)).outcome).toMatchObject(expected);
  });

  it('a connection cut after the message was taken may have sent it', async () => {
    const { api, outcome } = await outcomeOf('cut_after_accept');
    expect(outcome).toMatchObject({ kind: 'retry', maybeSent: true });
    expect(api.messages(1001)).toHaveLength(1);
  });

  it('a connection that never stood sent nothing', async () => {
    const { channel, api } = await startTelegram();
    await api.close();
    expect(await channel.send(requestOf())).toEqual({
      kind: 'retry',
      reason: 'the connection failed (ECONNREFUSED)',
      statusCode: null,
      maybeSent: false,
    });
  });

  it('a connection that breaks in the answer may have sent it', async () => {
    const server = createServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"ok":'));
      socket.on('error', () => {});
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const apiRoot = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const { channel } = await startTelegram({ channel: { apiRoot } });
    expect(await channel.send(requestOf())).toMatchObject({
      kind: 'retry',
      maybeSent: true,
      reason: expect.stringContaining('broke'),
    });
  });

  it('T13 a group that moved is followed, also in a topic', async () => {
    const { api, channel } = await startTelegram();
    api.migrate(-1001, -100999);
    const outcome = await channel.send(requestOf({ chat: GROUP, topic: 7 }));
    expect(outcome).toMatchObject({ kind: 'moved', to: { channel: 'telegram', chat: '-100999', topic: 7 } });
    expect(await channel.send(requestOf({ chat: '-100999' }))).toMatchObject({ kind: 'sent' });
  });

  it('T13 a deleted topic is told apart', async () => {
    const { api, channel } = await startTelegram();
    api.deleteTopic(-100200, 7);
    expect(await channel.send(requestOf({ chat: FORUM, topic: 7 }))).toMatchObject({ kind: 'topic_gone' });
    expect(await channel.send(requestOf({ chat: FORUM }))).toMatchObject({ kind: 'sent' });
  });

  it('T13 a blocked bot, a removed one and an unknown chat are gone', async () => {
    const { api, channel, ivan } = await startTelegram();
    ivan.blocks();
    api.removeBot(-1001);
    for (const chat of [IVAN, GROUP, '77'])
      expect(await channel.send(requestOf({ chat }))).toMatchObject({ kind: 'gone' });
  });

  it('a wrong token is told as such', async () => {
    const { channel } = await startTelegram({ channel: { token: '1:wrong' } });
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'unauthorized' });
  });

  it('a place of another channel is refused', async () => {
    const { channel } = await startTelegram();
    const place = { channel: 'mail' as const, address: 'a@b.test' };
    expect(await channel.send({ ...requestOf(), place })).toMatchObject({
      kind: 'bad',
      reason: 'Telegram does not reach mail',
    });
  });

  it('T12 a 429 in one chat delays no other', async () => {
    const { api, channel } = await startTelegram();
    api.fail({
      chat: 1001,
      with: refusal(429, 'Too Many Requests: retry after 3600', { retry_after: 3600 }),
    });
    const outcomes = await Promise.all([channel.send(requestOf()), channel.send(requestOf({ chat: GROUP }))]);
    expect(outcomes).toMatchObject([{ kind: 'wait' }, { kind: 'sent' }]);
  });
});

describe('secrets', () => {
  it('the token is in no outcome and in no log', async () => {
    const token = '77:top-secret-token';
    const faults: FaultKind[] = [
      'hang',
      'cut_before',
      'cut_after_accept',
      { status: 502, body: 'x' },
      refusal(400, "Bad Request: can't parse entities: x"),
    ];
    const { api, channel, lines } = await startTelegram({
      world: { bots: [{ token }] },
      channel: { timeoutMs: TIMEOUT_MS },
    });
    const outcomes = [];
    for (const fault of faults) {
      api.fail({ with: fault });
      outcomes.push(await channel.send(requestOf()));
    }
    await api.close();
    outcomes.push(await channel.send(requestOf()));
    expect(JSON.stringify(outcomes) + lines.join('')).not.toContain('top-secret');
    expect(outcomes).toHaveLength(6);
  });
});
