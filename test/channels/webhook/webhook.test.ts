import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createWebhookChannel,
  WebhookEvent,
  type WebhookOptions,
} from '../../../src/channels/webhook/index.ts';
import { renderEvent } from '../../../src/channels/webhook/event.ts';
import { systemClock } from '../../../src/lib/clock.ts';
import { minutesAgo, NOW, view } from '../../answers/facts.ts';
import { describeHttpClasses } from '../http-classes.ts';
import { randomRequests } from '../random-requests.ts';
import { DELIVERY_ID, requestTo, VIEW } from '../requests.ts';
import { NEW_SECRET, OLD_SECRET, startReceiver } from './receiver.ts';

const RUNS = 2_000;
const PAGER = { channel: 'webhook', name: 'pager' } as const;

function channelTo(url: string, options: Partial<WebhookOptions> & { secrets?: string[] } = {}) {
  const { secrets = [OLD_SECRET], ...rest } = options;
  const addresses = new Map([['pager', { url: `${url}/in?key=top-secret`, secrets }]]);
  return createWebhookChannel({ addresses, clock: systemClock, ...rest });
}

describe('events', () => {
  it('are signed, carry the delivery’s id and the facts', async () => {
    const receiver = await startReceiver();
    expect(await channelTo(receiver.url).send(requestTo(PAGER))).toEqual({
      kind: 'sent',
      messageId: DELIVERY_ID,
      hasPicture: false,
    });
    expect(receiver.asked[0]?.headers.get('webhook-id')).toBe(DELIVERY_ID);
    expect(receiver.events).toEqual([
      {
        type: 'alert.entered_red',
        timestamp: NOW.toISOString(),
        data: {
          id: VIEW.id,
          number: 'A-1042',
          version: 3,
          metric: 'checkout_conversion',
          name: 'Checkout conversion',
          level: 'red',
          state: 'firing',
          value: 3.1,
          unit: 'percent',
          line: { kind: 'alert', value: 3.4 },
          opened_at: minutesAgo(15).toISOString(),
          resolved_at: null,
          worst_value: null,
          withdrawn: null,
          ack: null,
          snooze: null,
          owner: 'Ivan',
          notes: [],
          url: 'https://heartbeat.shop.test/docs/metrics/growth#checkout_conversion',
          text: expect.stringMatching(/^🔴 Checkout conversion 3\.1\s%\nbelow alert 3\.4\s%/u),
        },
      },
    ]);
  });

  it('keep their id over tries, so that a repeat can be told', async () => {
    const receiver = await startReceiver();
    const channel = channelTo(receiver.url);
    receiver.fail('cut_after');
    expect(await channel.send(requestTo(PAGER))).toMatchObject({ kind: 'retry', maybeSent: true });
    expect(await channel.send(requestTo(PAGER, { maybeSent: true }))).toMatchObject({ kind: 'sent' });
    expect(receiver.asked.map(({ headers }) => headers.get('webhook-id'))).toEqual([
      DELIVERY_ID,
      DELIVERY_ID,
    ]);
    expect(receiver.events[0]).toEqual(receiver.events[1]);
  });

  it.each(['post', 'edit', 'reply', 'notice'] as const)('are one each for a %s', async (operation) => {
    const receiver = await startReceiver();
    await channelTo(receiver.url).send(requestTo(PAGER, { operation, edge: 'acked', messageId: 'm' }));
    expect(receiver.events.map(({ type }) => type)).toEqual(['alert.acked']);
  });

  it('that are about no alert are notices', () => {
    const answer = { lines: [['⚠️ Could not reach Ivan'], ['blocked']] };
    const event = renderEvent(requestTo(PAGER, { edge: 'undeliverable', view: null, thread: null, answer }));
    expect(event).toEqual({
      type: 'notice.undeliverable',
      timestamp: NOW.toISOString(),
      data: { subject: null, text: '⚠️ Could not reach Ivan\nblocked' },
    });
  });

  it.each([
    [{ phase: 'firing' }, 'firing'],
    [{ phase: 'improving' }, 'firing'],
    [{ phase: 'recovering' }, 'firing'],
    [{ phase: 'recovering', ack: { by: 'Ann', at: NOW } }, 'acked'],
    [{ phase: 'recovering', snooze: { by: 'Ann', until: new Date(NOW.getTime() + 1) } }, 'snoozed'],
    [{ phase: 'recovering', snooze: { by: 'Ann', until: NOW } }, 'firing'],
    [{ phase: 'acked', ack: { by: 'Ann', at: NOW } }, 'acked'],
    [{ phase: 'snoozed' }, 'snoozed'],
    [{ phase: 'resolved', resolved: { at: NOW, durationMs: 1, worstValue: 2.9 } }, 'resolved'],
    [{ phase: 'withdrawn', withdrawnReason: 'retired' }, 'resolved'],
  ] as const)('have the API’s state: %o is %s', (over, state) => {
    const { data } = WebhookEvent.parse(renderEvent(requestTo(PAGER, { view: view(over) })));
    expect(data).toMatchObject({ state, withdrawn: 'withdrawnReason' in over ? 'retired' : null });
  });
});

describe('secrets', () => {
  it('rotate: a receiver that knows the old one and one that knows the new one take the same event', async () => {
    for (const known of [OLD_SECRET, NEW_SECRET]) {
      const receiver = await startReceiver(known);
      const channel = channelTo(receiver.url, { secrets: [NEW_SECRET, OLD_SECRET] });
      expect(await channel.send(requestTo(PAGER))).toMatchObject({ kind: 'sent' });
      expect(receiver.asked[0]?.headers.get('webhook-signature')).toMatch(/^v1,[^ ]{44} v1,[^ ]{44}$/);
    }
  });

  it('that the receiver does not know, and a clock that is wrong, are refused', async () => {
    const receiver = await startReceiver(NEW_SECRET);
    expect(await channelTo(receiver.url).send(requestTo(PAGER))).toMatchObject({
      kind: 'gone',
      statusCode: 401,
    });
    const wrong = { clock: { now: () => new Date(Date.now() - 301_000) }, secrets: [NEW_SECRET] };
    expect(await channelTo(receiver.url, wrong).send(requestTo(PAGER))).toMatchObject({ kind: 'gone' });
    expect(receiver.events).toEqual([]);
  });

  it('are in no outcome', async () => {
    const receiver = await startReceiver();
    const channel = channelTo(receiver.url, { timeoutMs: 100 });
    const outcomes = [];
    for (const fault of [
      'hang',
      'cut_before',
      { status: 302, headers: { location: '/' } },
      { status: 404 },
    ] as const) {
      receiver.fail(fault);
      outcomes.push(await channel.send(requestTo(PAGER)));
    }
    await receiver.close();
    outcomes.push(await channel.send(requestTo(PAGER)));
    expect(outcomes).toHaveLength(5);
    expect(JSON.stringify(outcomes)).not.toMatch(/top-secret|127\.0\.0\.1|whsec_/);
  });
});

describe('places', () => {
  it('without an address are gone, and the sentence says what to set', async () => {
    const outcome = await channelTo('http://unused.test').send(
      requestTo({ channel: 'webhook', name: 'ops' }),
    );
    expect(outcome).toEqual({
      kind: 'gone',
      reason: '"ops" has no address: add ops=https://… to WEBHOOKS, or take it out of workspace.yaml',
      statusCode: null,
    });
  });

  it('of another channel are refused', async () => {
    const outcome = await channelTo('http://unused.test').send(
      requestTo({ channel: 'mail', address: 'a@b.test' }),
    );
    expect(outcome).toMatchObject({ kind: 'bad', reason: 'A web hook does not reach mail' });
  });
});

describeHttpClasses({
  refused: 'gone',
  missing: 'gone',
  setting: /check WEBHOOKS/,
  async start(options) {
    const api = await startReceiver();
    return { api, send: () => channelTo(api.url, options).send(requestTo(PAGER)) };
  },
  forms: 1,
});

it(`T14 ${RUNS} random deliveries are signed, inside the schema and 20 KB, and accepted`, async () => {
  const receiver = await startReceiver();
  const channel = channelTo(receiver.url);
  const requests = randomRequests(PAGER, ['post', 'edit', 'reply', 'notice']);
  await fc.assert(
    fc.asyncProperty(requests, async (request) => {
      expect(await channel.send(request)).toMatchObject({ kind: 'sent' });
    }),
    { numRuns: RUNS },
  );
});
