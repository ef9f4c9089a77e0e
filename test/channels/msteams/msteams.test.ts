import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTeamsChannel, type TeamsOptions } from '../../../src/channels/msteams/index.ts';
import type { SendRequest } from '../../../src/delivery/index.ts';
import { view } from '../../answers/facts.ts';
import { describeHttpClasses } from '../http-classes.ts';
import { randomRequests } from '../random-requests.ts';
import { clock, DELIVERY_ID, keepLog, READER, requestTo } from '../requests.ts';
import { refuse, startWorkflow, type Card } from './workflow.ts';

const RUNS = 2_000;
const OPS = { channel: 'msteams', name: 'ops' } as const;
const PICTURE = 'https://hb.test/metric/checkout_conversion.png?sig=1';

async function start(options: Partial<TeamsOptions> & { hook?: string } = {}) {
  const api = await startWorkflow();
  const { log, lines } = keepLog();
  const { hook = api.hook, ...rest } = options;
  const channel = createTeamsChannel({
    addresses: new Map([['ops', { url: hook, secrets: [] }]]),
    reader: () => READER,
    pictureUrl: async () => null,
    clock,
    log,
    ...rest,
  });
  const send = (changes: Partial<SendRequest> = {}) => channel.send(requestTo(OPS, changes));
  return { api, channel, lines, send };
}

const textsOf = (card: Card | undefined): string[] =>
  (card?.body ?? []).flatMap((part) => (part.type === 'TextBlock' ? [part.text] : []));
const partOf = (card: Card | undefined, type: string) => card?.body.find((part) => part.type === type);

describe('cards', () => {
  it('have the lines, the facts that lines do not say, and a link', async () => {
    const { send, api } = await start();
    expect(await send()).toEqual({ kind: 'sent', messageId: DELIVERY_ID, hasPicture: false });
    const [card] = api.cards;
    expect(card?.body[0]).toMatchObject({ weight: 'Bolder', color: 'Attention' });
    expect(textsOf(card)[0]).toMatch(/^🔴 \*\*Checkout conversion\*\* 3\.1\s%$/u);
    expect(textsOf(card)[1]).toMatch(/^below alert 3\.4\s%/u);
    expect(textsOf(card).at(-1)).toBe('Ack or snooze it in the chat: /ack A-1042');
    expect(partOf(card, 'FactSet')).toEqual({
      type: 'FactSet',
      facts: [
        { title: 'Alert', value: 'A-1042' },
        { title: 'Metric', value: 'checkout\\_conversion' },
        { title: 'Opened', value: '{{DATE(2026-11-20T12:45:00Z, SHORT)}} {{TIME(2026-11-20T12:45:00Z)}}' },
      ],
    });
    expect(card?.actions).toEqual([
      {
        type: 'Action.OpenUrl',
        title: 'A-1042',
        url: 'https://heartbeat.shop.test/docs/metrics/growth#checkout_conversion',
      },
    ]);
    expect(partOf(card, 'Image')).toBeUndefined();
  });

  it('show the picture in the post alone, and of a metric that still exists', async () => {
    const { send, api } = await start({ pictureUrl: async () => PICTURE });
    await send();
    await send({ operation: 'reply' });
    await send({ view: view({ phase: 'withdrawn', withdrawnReason: 'retired' }) });
    expect(api.cards.map((card) => partOf(card, 'Image'))).toEqual([
      { type: 'Image', url: PICTURE, altText: 'Checkout conversion', size: 'Stretch' },
      undefined,
      undefined,
    ]);
  });

  it('go without a picture whose address cannot be made', async () => {
    const { send, api, lines } = await start({ pictureUrl: () => Promise.reject(new Error('no database')) });
    expect(await send()).toMatchObject({ kind: 'sent' });
    expect(partOf(api.cards[0], 'Image')).toBeUndefined();
    expect(lines.join('')).toMatch(/the card goes without/);
  });

  it('open https addresses; others are links in the text, presses are left out', async () => {
    const { send, api } = await start();
    const buttons = [
      [
        { label: 'Runbook', url: 'https://wiki.test/a' },
        { label: 'Local', url: 'http://localhost:8080/b_(c)' },
        { label: 'Chat', url: 'tg://user?id=1' },
        { label: 'Why', press: '1:w:1:1' },
      ],
    ];
    await send({ view: null, answer: { lines: [['x']], buttons } });
    expect(api.cards[0]?.actions).toEqual([
      { type: 'Action.OpenUrl', title: 'Runbook', url: 'https://wiki.test/a' },
    ]);
    expect(textsOf(api.cards[0])).toEqual(['x', '[Local](http://localhost:8080/b_%28c%29)']);
  });

  it('that may be a repeat say so', async () => {
    const { send, api } = await start();
    await send({ maybeSent: true });
    expect(textsOf(api.cards[0]).at(-1)).toMatch(/may be a repeat/);
  });

  it.each([
    ['acked', 'Warning'],
    ['resolved', 'Good'],
    ['snoozed', 'Default'],
  ] as const)('of an alert that is %s are %s', async (phase, color) => {
    const { send, api } = await start();
    await send({ view: view({ phase }) });
    expect(api.cards[0]?.body[0]).toMatchObject({ color });
  });

  it('are never edited: nothing is called', async () => {
    const { send, api } = await start();
    expect(await send({ operation: 'edit', messageId: 'm' })).toMatchObject({ kind: 'bad' });
    expect(api.asked).toHaveLength(0);
  });
});

describe('T14 what a card would read as marks', () => {
  it('stands for itself, mentions nobody and computes nothing', async () => {
    const { send, api } = await start();
    const name = '**b** _i_ [a](b) <at>Ann</at> {{DATE(2026-01-01T00:00:00Z)}} &lt; `c` # \\';
    await send({ view: null, answer: { lines: [[{ kind: 'bold', text: name }], ['- list'], ['1. first']] } });
    expect(textsOf(api.cards[0])).toEqual([
      '**\\*\\*b\\*\\* \\_i\\_ \\[a\\](b) \\<at\\>Ann\\</at\\> {\\{DATE(2026-01-01T00:00:00Z)}} \\&lt; \\`c\\` \\# \\\\**',
      '\\- list',
      '1\\. first',
    ]);
  });

  it('is cut with an ellipsis until the whole fits into 28 KB', async () => {
    const { send, api } = await start();
    const long = 'Ж'.repeat(10_000);
    await send({ answer: { lines: Array.from({ length: 12 }, () => [long]), code: long } });
    expect(api.cards).toHaveLength(1);
    for (const text of textsOf(api.cards[0]).slice(0, 12)) expect(text).toMatch(/^Ж{300,}…$/);
    const buttons = [
      Array.from({ length: 9 }, (_, n) => ({ label: long, url: `https://a.test/${n}${'x'.repeat(980)}` })),
    ];
    const lines = Array.from({ length: 99 }, () => [long]);
    await send({ answer: { lines, code: `${long}\n`.repeat(99), buttons }, maybeSent: true });
    expect(api.cards).toHaveLength(2);
    expect(api.cards[1]?.actions).toHaveLength(6);
    expect(textsOf(api.cards[1]).filter((text) => text === '…')).toHaveLength(2);
    expect(api.asked).toHaveLength(2);
  });
});

describe('error classes of Teams', () => {
  it('a wrong signature and a deleted workflow are gone; only the code is repeated', async () => {
    const { api } = await start();
    for (const [hook, reason] of [
      [api.hook.replace('t0p', 'wrong'), '401 DirectApiAuthorizationRequired: check MSTEAMS_WEBHOOKS'],
      [api.hook.replace('/1f/', '/2f/'), '404 WorkflowNotFound: check MSTEAMS_WEBHOOKS'],
    ] as const) {
      const { send } = await start({ hook });
      expect(await send()).toMatchObject({ kind: 'gone', reason });
    }
  });

  it('a refused card goes as text, and the log says so without the address', async () => {
    const { send, api, lines } = await start({ pictureUrl: async () => PICTURE });
    api.fail(refuse(400, 'InvalidRequestContent'));
    expect(await send()).toMatchObject({ kind: 'sent' });
    expect(api.cards[0]?.body.every(({ type }) => type === 'TextBlock')).toBe(true);
    expect(api.cards[0]?.actions).toBeUndefined();
    expect(textsOf(api.cards[0])[0]).toMatch(/Checkout conversion/);
    expect(lines.join('')).toMatch(/it goes as text/);
    expect(lines.join('')).not.toMatch(/t0p-secret|127\.0\.0\.1/);
  });

  it('names without an address and places of other channels', async () => {
    const { channel } = await start();
    expect(await channel.send(requestTo({ channel: 'msteams', name: 'x' }))).toMatchObject({
      kind: 'gone',
      reason: expect.stringContaining('add x=https://… to MSTEAMS_WEBHOOKS'),
    });
    expect(await channel.send(requestTo({ channel: 'discord', name: 'ops' }))).toMatchObject({ kind: 'bad' });
  });
});

describeHttpClasses({
  refused: 'gone',
  missing: 'gone',
  setting: /check MSTEAMS_WEBHOOKS/,
  start,
  forms: 2,
});

it(`T14 ${RUNS} random deliveries are inside the limits and accepted at once`, async () => {
  const { api, channel } = await start({ pictureUrl: async () => PICTURE });
  await fc.assert(
    fc.asyncProperty(randomRequests(OPS, ['post', 'reply', 'notice']), async (request) => {
      const calls = api.asked.length;
      expect(await channel.send(request)).toMatchObject({ kind: 'sent' });
      expect(api.asked.length - calls).toBe(1);
    }),
    { numRuns: RUNS },
  );
});
