import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSmsChannel, type SmsOptions } from '../../../src/channels/sms/index.ts';
import { countSegments } from '../../../src/channels/sms/segments.ts';
import type { SendRequest } from '../../../src/delivery/index.ts';
import { view, WORDS } from '../../answers/facts.ts';
import { describeHttpClasses } from '../http-classes.ts';
import { randomRequests, randomText } from '../random-requests.ts';
import { clock, requestTo } from '../requests.ts';
import { ACCOUNT, NUMBERS, refuse, segmentsOf, SENDER, SERVICE, startTwilio, TOKEN } from './twilio.ts';

const RUNS = 2_000;
const NUMBER = '+34600999888';
const PHONE = { channel: 'sms', number: NUMBER } as const;

async function start(options: Partial<SmsOptions> & { token?: string; from?: string } = {}) {
  const api = await startTwilio();
  const { token = TOKEN, from = SENDER, ...rest } = options;
  const account = { apiRoot: api.url, accountSid: ACCOUNT, authToken: token, from };
  const channel = createSmsChannel({ account, wordsOf: () => WORDS.en, clock, ...rest });
  const send = (changes: Partial<SendRequest> = {}) => channel.send(requestTo(PHONE, changes));
  return { api, channel, send };
}

const saying = (line: string, changes: Partial<SendRequest> = {}): Partial<SendRequest> => ({
  view: null,
  answer: { lines: [[line], ['a second line']] },
  ...changes,
});

describe('texts', () => {
  it('have the first line and the alert’s page', async () => {
    const { send, api } = await start();
    expect(await send()).toEqual({ kind: 'sent', messageId: 'SM1', hasPicture: false });
    expect(api.sent).toHaveLength(1);
    expect(api.sent[0]).toMatchObject({ to: NUMBER, sender: SENDER });
    expect(api.sent[0]?.body).toMatch(
      /^🔴 Checkout conversion 3\.1\s%\nhttps:\/\/heartbeat\.shop\.test\/docs\/metrics\/growth#checkout_conversion$/u,
    );
  });

  it('have no page that nobody else could open', async () => {
    const { send, api } = await start();
    await send({ view: view({ url: null }) });
    expect(api.sent[0]?.body).not.toContain('\n');
  });

  it('go by a messaging service where the sender is one', async () => {
    const { send, api } = await start({ from: SERVICE });
    await send();
    expect(api.sent[0]?.sender).toBe(SERVICE);
    expect(api.asked[0]?.body.toString()).toContain(`MessagingServiceSid=${SERVICE}`);
  });

  it('that may be a repeat say so', async () => {
    const { send, api } = await start();
    await send({ maybeSent: true });
    expect(api.sent[0]?.body).toMatch(/\n\(this may be a repeat/);
  });

  it('stay in the cheap alphabet where only a sign stands against it', async () => {
    const { send, api } = await start();
    await send(saying('Orders −3\u202f% → 12\u00a0€…'));
    expect(api.sent[0]?.body).toBe('Orders -3 % -> 12 €...');
    await send(saying('Заказы −3\u202f%'));
    expect(api.sent[1]?.body).toBe('Заказы −3\u202f%');
  });

  it('T14 are cut at a word, with an ellipsis, to three segments', async () => {
    const { send, api } = await start();
    await send(saying('many words '.repeat(200)));
    expect(api.sent[0]?.body).toMatch(/^(many words )+many( words)?\.\.\.$/);
    await send(saying('много слов '.repeat(200)));
    expect(api.sent[1]?.body).toMatch(/^(много слов )+много( слов)?…$/);
    await send(saying('Ж'.repeat(1_000)));
    expect(api.sent[2]?.body).toMatch(/^Ж{200}…$/);
    expect(api.sent.map(({ body }) => segmentsOf(body))).toEqual([3, 3, 3]);
    expect(api.sent[0]?.body.length).toBeGreaterThan(440);
  });

  it('leave out a page whose address would take all the room', async () => {
    const { send, api } = await start();
    await send({ view: view({ url: `https://hb.test/${'x'.repeat(200)}` }) });
    expect(api.sent[0]?.body).not.toContain('https');
  });

  it('cannot be changed once sent: nothing is called', async () => {
    const { send, api } = await start();
    expect(await send({ operation: 'edit', messageId: 'SM1' })).toMatchObject({ kind: 'bad' });
    expect(api.asked).toHaveLength(0);
  });
});

describe('segments', () => {
  it.each([
    ['a'.repeat(160), 1],
    ['a'.repeat(161), 2],
    ['€'.repeat(80), 1],
    ['€'.repeat(81), 2],
    // 153 is odd: the pair of the 77th euro goes to the next segment whole
    ['€'.repeat(152), 2],
    ['€'.repeat(153), 3],
    ['Ж'.repeat(70), 1],
    ['Ж'.repeat(71), 2],
    ['😀'.repeat(35), 1],
    ['😀'.repeat(66), 2],
    ['😀'.repeat(67), 3],
  ])('are counted as carriers count: %#', (text, count) => {
    expect(countSegments(text)).toBe(count);
  });

  it('are counted like the stand-in does', () => {
    fc.assert(
      fc.property(randomText, (text) => {
        expect(countSegments(text)).toBe(segmentsOf(text));
      }),
    );
  });
});

describe('error classes of Twilio', () => {
  it.each([
    ['12', 21_211],
    [NUMBERS.stopped, 21_610],
    [NUMBERS.landline, 21_614],
  ])('the number %s is gone (%i)', async (number, code) => {
    const { channel } = await start();
    const outcome = await channel.send(requestTo({ channel: 'sms', number }));
    expect(outcome).toMatchObject({
      kind: 'gone',
      statusCode: 400,
      reason: expect.stringContaining(`(${code})`),
    });
  });

  it.each([
    [refuse(400, 21_612, 'no route'), { kind: 'gone' }],
    [refuse(400, 21_408, 'region'), { kind: 'gone' }],
    [refuse(400, 21_617, 'too long'), { kind: 'bad', statusCode: 400 }],
    [refuse(400, 20_003, 'Authenticate'), { kind: 'unauthorized' }],
    [refuse(400, 20_429, 'Too many'), { kind: 'wait', afterMs: 5_000 }],
    [refuse(500, 21_211, 'not about the number'), { kind: 'retry', statusCode: 500 }],
    [
      { status: 201, body: '{}' },
      { kind: 'retry', maybeSent: true },
    ],
    [
      { status: 200, body: 'welcome' },
      { kind: 'retry', maybeSent: true },
    ],
  ])('%o is %o', async (fault, expected) => {
    const { api, send } = await start();
    api.fail(fault);
    expect(await send()).toMatchObject(expected);
  });

  it('T12 a limit on one number delays no other', async () => {
    const { channel, send } = await start();
    const limited = channel.send(requestTo({ channel: 'sms', number: NUMBERS.limited }));
    expect(await Promise.all([limited, send()])).toMatchObject([{ kind: 'wait' }, { kind: 'sent' }]);
  });

  it('a refused token names the setting, never itself', async () => {
    const { send } = await start({ token: 'wrong-token' });
    const outcome = await send();
    expect(outcome).toEqual({
      kind: 'unauthorized',
      reason: '401 Authenticate (20003): check TWILIO_URL and SMS_FROM',
    });
  });

  it('places of other channels are refused', async () => {
    const { channel } = await start();
    expect(await channel.send(requestTo({ channel: 'webhook', name: 'x' }))).toMatchObject({ kind: 'bad' });
  });
});

describeHttpClasses({
  refused: 'unauthorized',
  missing: 'bad',
  setting: /check TWILIO_URL/,
  start,
  forms: 1,
});

it(`T14 ${RUNS} random deliveries are at most three segments and accepted`, async () => {
  const { api, channel } = await start();
  await fc.assert(
    fc.asyncProperty(randomRequests(PHONE, ['post', 'reply', 'notice']), async (request) => {
      expect(await channel.send(request)).toMatchObject({ kind: 'sent' });
      expect(segmentsOf(api.sent.at(-1)?.body ?? '')).toBeLessThanOrEqual(3);
    }),
    { numRuns: RUNS },
  );
});
