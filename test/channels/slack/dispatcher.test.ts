import { describe, expect, it } from 'vitest';
import { createDispatcher } from '../../../src/channels/slack/dispatcher.ts';
import type { SlackDialogue } from '../../../src/channels/slack/dialogue.ts';
import { createHttpReceiver } from '../../../src/channels/slack/http-receiver.ts';
import { signRequest } from '../../../src/playground/slack-api/index.ts';
import { keepLog } from '../requests.ts';

const COMMAND = {
  command: '/metric',
  text: 'cr',
  user_id: 'U1',
  channel_id: 'C1',
  response_url: 'https://hooks.slack.com/1',
  trigger_id: 't1',
};
const SUBMISSION = {
  type: 'view_submission',
  user: { id: 'U1' },
  view: { id: 'V1', callback_id: 'ask', private_metadata: '', state: { values: {} } },
};

function startDispatcher(over: Partial<SlackDialogue> = {}, guardMs = 5_000) {
  const { log, lines } = keepLog();
  const acks: unknown[] = [];
  const dialogue: SlackDialogue = { handle: async () => {}, submit: async () => undefined, ...over };
  const dispatcher = createDispatcher({ dialogue, log, guardMs });
  return { dispatcher, acks, lines, ack: async (body?: unknown) => void acks.push(body) };
}

describe('handing on what Slack sent', () => {
  it('T18 acknowledges before the work is done, however long that takes', async () => {
    const work = Promise.withResolvers<void>();
    const { dispatcher, acks, ack } = startDispatcher({ handle: () => work.promise });
    await dispatcher.dispatch({ body: COMMAND, id: 'r1' }, ack);
    expect(acks).toEqual([undefined]);
    let isDrained = false;
    const drained = dispatcher.drain(60_000).then(() => (isDrained = true));
    await Promise.resolve();
    expect(isDrained).toBe(false);
    work.resolve();
    await drained;
  });

  it('T18 a modal is answered with what its words came to, or closes when that takes too long', async () => {
    const errors = { response_action: 'errors' as const, errors: { answer: 'no' } };
    const good = startDispatcher({ submit: async () => errors });
    await good.dispatcher.dispatch({ body: SUBMISSION, id: 'r1' }, good.ack);
    expect(good.acks).toEqual([errors]);
    const slow = startDispatcher({ submit: () => new Promise(() => {}) }, 20);
    await slow.dispatcher.dispatch({ body: SUBMISSION, id: 'r1' }, slow.ack);
    expect(slow.acks).toEqual([undefined]);
  });

  it('what fails is logged, and answered all the same', async () => {
    const { dispatcher, acks, ack, lines } = startDispatcher({
      handle: () => Promise.reject(new Error('no database')),
      submit: () => Promise.reject(new Error('no database')),
    });
    await dispatcher.dispatch({ body: COMMAND, id: 'r1' }, ack);
    await dispatcher.dispatch({ body: SUBMISSION, id: 'r1' }, ack);
    await dispatcher.drain(1_000);
    expect(acks).toEqual([undefined, undefined]);
    expect(lines.join('')).toMatch(/a request of Slack failed/);
    await dispatcher.dispatch({ body: COMMAND, id: 'r1' }, () => Promise.reject(new Error('cut')));
    expect(lines.join('')).toMatch(/was not told/);
  });

  it('waits for work under way no longer than told', async () => {
    const { dispatcher, ack } = startDispatcher({ handle: () => new Promise(() => {}) });
    await dispatcher.dispatch({ body: COMMAND, id: 'r1' }, ack);
    await expect(dispatcher.drain(20)).resolves.toBeUndefined();
  });
});

describe('the receiver behind the web server', () => {
  const secret = 'a-secret';
  const now = () => new Date('2026-11-20T13:00:00Z');
  const seconds = now().getTime() / 1000;
  const handle = (body: string, contentType = 'application/json', app?: (body: unknown) => Promise<void>) => {
    const receiver = createHttpReceiver({ secret, now });
    if (app) {
      const processEvent = ({ body: event }: { body: unknown }) => app(event);
      receiver.init({ processEvent } as unknown as Parameters<typeof receiver.init>[0]);
    }
    const headers = signRequest(secret, body, seconds);
    return receiver.handle({
      body,
      contentType,
      timestamp: headers['x-slack-request-timestamp'],
      signature: headers['x-slack-signature'],
    });
  };

  it('reads JSON, forms, and JSON within a form', async () => {
    const seen: unknown[] = [];
    const app = async (body: unknown) => void seen.push(body);
    await handle('{"type":"event_callback"}', 'application/json; charset=utf-8', app);
    await handle('command=%2Fmetric&text=a+b', 'application/x-www-form-urlencoded', app);
    await handle('payload=%7B%22type%22%3A%22block_actions%22%7D', 'application/x-www-form-urlencoded', app);
    expect(seen).toEqual([
      { type: 'event_callback' },
      { command: '/metric', text: 'a b' },
      { type: 'block_actions' },
    ]);
  });

  it('says what it cannot read, what failed, and that it is not ready', async () => {
    expect(await handle('{', 'application/json')).toEqual({ status: 400, body: null });
    expect(await handle('payload=7', 'application/x-www-form-urlencoded')).toEqual({
      status: 400,
      body: null,
    });
    expect(await handle('{}')).toEqual({ status: 503, body: null });
    expect(await handle('{}', 'application/json', () => Promise.reject(new Error('x')))).toEqual({
      status: 500,
      body: null,
    });
    expect(await handle('ssl_check=1', 'application/x-www-form-urlencoded')).toEqual({
      status: 200,
      body: null,
    });
  });
});
