import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createDiscordChannel, type DiscordOptions } from '../../../src/channels/discord/index.ts';
import type { SendRequest } from '../../../src/delivery/index.ts';
import { minutesAgo, view } from '../../answers/facts.ts';
import { describeHttpClasses } from '../http-classes.ts';
import { randomRequests } from '../random-requests.ts';
import { clock, keepLog, pictureOf, READER, requestTo } from '../requests.ts';
import { startDiscord } from './discord-api.ts';

const RUNS = 2_000;
const OPS = { channel: 'discord', name: 'ops' } as const;

async function start(options: Partial<DiscordOptions> & { query?: string } = {}) {
  const { query = '', ...rest } = options;
  const api = await startDiscord();
  const { log, lines } = keepLog();
  const addresses = new Map([['ops', { url: `${api.hook}${query}`, secrets: [] }]]);
  const channel = createDiscordChannel({ addresses, reader: () => READER, clock, log, ...rest });
  const send = (changes: Partial<SendRequest> = {}) => channel.send(requestTo(OPS, changes));
  return { api, channel, lines, send, only: () => api.messages()[0] };
}

describe('messages', () => {
  it('have the first line as text, the rest as an embed in the colour of the level', async () => {
    const { send, only } = await start();
    expect(await send()).toEqual({ kind: 'sent', messageId: '1000', hasPicture: false });
    expect(only()?.content).toMatch(/^🔴 \*\*Checkout conversion\*\* 3\.1\s%$/u);
    expect(only()?.embeds).toHaveLength(1);
    const embed = only()?.embeds?.[0];
    expect(embed?.color).toBe(0xd92d20);
    expect(embed?.description).toMatch(/^below alert 3\.4\s%/u);
    expect(embed?.description).toContain(
      '[A-1042](https://heartbeat.shop.test/docs/metrics/growth#checkout_conversion)',
    );
    expect(embed?.description).toContain(`<t:${minutesAgo(15).getTime() / 1000}:t>`);
    expect(only()?.silent).toBe(false);
  });

  it('say where to ack: the chat, else the API, else nothing; and nothing when it is over', async () => {
    const doors = [
      { doors: { chat: true, apiUrl: null }, says: /\/ack A-1042/ },
      {
        doors: { chat: false, apiUrl: 'https://hb.test' },
        says: /POST https:\/\/hb\.test\/api\/alerts\/A-1042\/ack/,
      },
    ];
    for (const { doors: open, says } of doors) {
      const { send, only } = await start({ reader: () => ({ ...READER, doors: open }) });
      await send();
      expect(only()?.embeds?.[0]?.description).toMatch(says);
    }
    const shut = await start({ reader: () => ({ ...READER, doors: { chat: false, apiUrl: null } }) });
    await shut.send();
    const over = await start();
    await over.send({ view: view({ phase: 'resolved' }) });
    for (const { only } of [shut, over]) expect(only()?.embeds?.[0]?.description).not.toMatch(/ack/i);
  });

  it('show buttons with an address as links, and no presses', async () => {
    const { send, only } = await start();
    const buttons = [
      [
        { label: 'Runbook', url: 'https://wiki.test/a_(b)' },
        { label: 'Why', press: '1:w:1:1' },
      ],
    ];
    await send({ answer: { lines: [['x'], ['y']], buttons } });
    const text = only()?.embeds?.[0]?.description ?? '';
    expect(text).toContain('[Runbook](https://wiki.test/a_%28b%29)');
    expect(text).not.toContain('Why');
  });

  it('that are quiet ring nobody', async () => {
    const { send, only } = await start();
    await send({ silent: true });
    expect(only()?.silent).toBe(true);
  });

  it('that may be a repeat say so', async () => {
    const { send, only } = await start();
    await send({ maybeSent: true });
    expect(only()?.embeds?.[0]?.footer?.text).toMatch(/may be a repeat/);
  });

  it('go to the thread that the address names', async () => {
    const { send, api } = await start({ query: '?thread_id=55' });
    await send();
    await send({ operation: 'edit', messageId: '1000' });
    expect(api.asked.map(({ url }) => url.searchParams.get('thread_id'))).toEqual(['55', '55']);
    expect(api.messages()).toMatchObject([{ threadId: '55', edits: 1 }]);
  });
});

describe('pictures and edits', () => {
  it('an edit brings the picture, the next keeps it, a new one replaces it', async () => {
    const { send, only } = await start();
    await send();
    const edit = { operation: 'edit', messageId: '1000', silent: true } as const;
    expect(await send({ ...edit, picture: pictureOf(1) })).toMatchObject({
      kind: 'sent',
      messageId: '1000',
      hasPicture: true,
    });
    expect(only()).toMatchObject({
      files: ['heartbeat.png'],
      embeds: [{ image: { url: 'attachment://heartbeat.png' } }],
    });
    expect(await send({ ...edit, hasPicture: true, view: view({ phase: 'acked' }) })).toMatchObject({
      hasPicture: true,
    });
    expect(only()).toMatchObject({
      files: ['heartbeat.png'],
      embeds: [{ image: {}, color: 0xf97316 }],
      edits: 2,
    });
    await send({ ...edit, hasPicture: true, picture: pictureOf(2) });
    expect(only()?.files).toEqual(['heartbeat.png']);
    expect(only()?.attachments).toEqual([{ id: 0, filename: 'heartbeat.png', description: 'a chart' }]);
  });

  it('an edit is not marked as a repeat: it shows the same once or twice', async () => {
    const { send, only } = await start();
    await send();
    await send({ operation: 'edit', messageId: '1000', maybeSent: true });
    expect(only()?.embeds?.[0]?.footer).toBeUndefined();
  });

  it('a message that somebody deleted is lost', async () => {
    const { send, api } = await start();
    await send();
    api.remove('1000');
    expect(await send({ operation: 'edit', messageId: '1000' })).toEqual({
      kind: 'lost',
      reason: '404 Unknown Message (10008)',
    });
    expect(await send({ operation: 'edit', messageId: null })).toMatchObject({ kind: 'lost' });
  });

  it('a message that is another’s cannot be edited', async () => {
    const { send, api } = await start();
    api.fail({
      status: 403,
      body: '{"code": 50005, "message": "Cannot edit a message authored by another user"}',
    });
    expect(await send({ operation: 'edit', messageId: '1' })).toMatchObject({ kind: 'lost' });
  });
});

describe('T14 what Discord would read as marks', () => {
  it('stands for itself, and calls nobody', async () => {
    const { send, only } = await start();
    const name = '*bold* _x_ `c` ~~s~~ ||spoiler|| [a](b) <@123> @everyone # > \\';
    await send({
      view: null,
      answer: { lines: [[{ kind: 'bold', text: name }], ['- list'], ['1. first'], ['@here']] },
    });
    expect(only()?.content).toBe(
      '**\\*bold\\* \\_x\\_ \\`c\\` \\~\\~s\\~\\~ \\|\\|spoiler\\|\\| \\[a\\](b) \\<@\u200b123\\> @\u200beveryone \\# \\> \\\\**',
    );
    expect(only()?.embeds?.[0]?.description).toBe('\\- list\n1\\. first\n@\u200bhere');
    expect(only()?.allowed_mentions).toEqual({ parse: [] });
  });

  it('cannot end a block of code', async () => {
    const { send, only } = await start();
    await send({ view: null, answer: { lines: [['SQL']], code: 'select 1\n``` @everyone' } });
    expect(only()?.embeds?.[0]?.description).toBe("```\nselect 1\n''' @everyone\n```");
  });

  it('is cut with an ellipsis, never inside an escape', async () => {
    const { send, only } = await start();
    await send({ view: null, answer: { lines: [['*'.repeat(10_000)], ['_'.repeat(10_000)]] } });
    expect(only()?.content).toMatch(/^(\\\*){999}…$/);
    expect(only()?.embeds?.[0]?.description).toMatch(/^(\\_)+…$/);
  });
});

describe('error classes of Discord', () => {
  it('T12 429 waits as long as its body says, in parts of a second', async () => {
    const { send, api } = await start();
    api.fail({
      status: 429,
      headers: { 'retry-after': '2' },
      body: '{"message": "You are being rate limited.", "retry_after": 1.337, "global": false}',
    });
    expect(await send()).toMatchObject({
      kind: 'wait',
      afterMs: 1_337,
      reason: '429 You are being rate limited.',
    });
  });

  it('a web hook that was deleted is gone', async () => {
    const { send, api } = await start();
    api.removeHook();
    expect(await send()).toEqual({
      kind: 'gone',
      reason: '404 Unknown Webhook (10015): check DISCORD_WEBHOOKS',
      statusCode: 404,
    });
  });

  it('a refused message goes as plain text, and the log says so without the address', async () => {
    const { send, api, only, lines } = await start();
    api.fail({ status: 400, body: '{"code": 50035, "message": "Invalid Form Body"}' });
    expect(await send({ picture: pictureOf(), silent: true })).toEqual({
      kind: 'sent',
      messageId: '1000',
      hasPicture: false,
    });
    expect(only()).toMatchObject({ embeds: [], files: [], silent: true });
    expect(only()?.content).toMatch(/^🔴 Checkout conversion 3\.1\s%\nbelow alert/u);
    expect(lines.join('')).toMatch(/goes as plain text/);
    expect(lines.join('')).not.toMatch(/t0p-secret|127\.0\.0\.1/);
  });

  it.each([
    [
      { status: 200, body: 'welcome' },
      { kind: 'retry', maybeSent: true },
    ],
    [{ status: 204 }, { kind: 'retry', maybeSent: true }],
    ['half' as const, { kind: 'retry', maybeSent: true, statusCode: 200 }],
  ])('%o is not an answer of Discord', async (fault, expected) => {
    const { send, api } = await start({ timeoutMs: 200 });
    api.fail(fault);
    expect(await send()).toMatchObject(expected);
  });

  it('names without an address and places of other channels', async () => {
    const { channel } = await start();
    expect(await channel.send(requestTo({ channel: 'discord', name: 'x' }))).toMatchObject({
      kind: 'gone',
      reason: expect.stringContaining('add x=https://… to DISCORD_WEBHOOKS'),
    });
    expect(await channel.send(requestTo({ channel: 'sms', number: '+34' }))).toMatchObject({ kind: 'bad' });
  });
});

describeHttpClasses({
  refused: 'gone',
  missing: 'gone',
  setting: /check DISCORD_WEBHOOKS/,
  start,
  forms: 2,
});

it(`T14 ${RUNS} random deliveries are inside the limits and accepted at once`, async () => {
  const { api, channel } = await start();
  const posted = await channel.send(requestTo(OPS, { picture: pictureOf() }));
  const messageId = posted.kind === 'sent' ? posted.messageId : null;
  await fc.assert(
    fc.asyncProperty(randomRequests(OPS, ['post', 'edit', 'reply', 'notice']), async (request) => {
      const calls = api.asked.length;
      const outcome = await channel.send({ ...request, messageId, hasPicture: true });
      expect(outcome).toMatchObject({ kind: 'sent' });
      expect(api.asked.length - calls).toBe(1);
    }),
    { numRuns: RUNS },
  );
});
