import { describe, expect, it, vi } from 'vitest';
import { ANN, fakeDemo, IVAN, OPS, PIXEL, ROOM, startStage, type Stage } from './stage.ts';

async function problemOf(response: Response): Promise<{ status: number; code: string; detail: string }> {
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  return (await response.json()) as { status: number; code: string; detail: string };
}

const HELLO = { person: IVAN, chat: ROOM, text: '/cockpit' };

async function postAlert(stage: Stage, chat = ROOM): Promise<number> {
  const { message_id: id } = await stage.call('sendMessage', {
    chat_id: chat,
    text: '🔴 Checkout conversion 3.1 %',
    reply_markup: { inline_keyboard: [[{ text: '✅ Ack', callback_data: '1:a:1:1' }]] },
  });
  return id;
}

describe('where requests go', () => {
  it('answers /play and below, and nothing else', async () => {
    const stage = await startStage();
    expect(await stage.handle(new Request('http://localhost/playing'))).toBeUndefined();
    expect(await stage.handle(new Request('http://localhost/docs'))).toBeUndefined();
    expect((await stage.get('/play')).status).toBe(200);
    expect((await stage.get('/play/')).status).toBe(200);
    expect(await problemOf(await stage.get('/play/nothing'))).toMatchObject({
      status: 404,
      code: 'not_found',
    });
    expect(await problemOf(await stage.get('/play/send'))).toMatchObject({ status: 404 });
    expect((await stage.post('/play/events', {})).status).toBe(404);
  });

  it('tells nothing of an error that is not coded', async () => {
    const demo = { ...fakeDemo(), makeFall: () => { throw new Error('secret'); } }; // oxfmt-ignore
    const stage = await startStage({ demo });
    const response = await stage.post('/play/fall', { metric: 'checkout_success' });
    expect(JSON.stringify(await problemOf(response))).not.toContain('secret');
    expect(response.status).toBe(500);
    expect(stage.logged()).toContain('secret');
  });
});

describe('what a page of another site sends', () => {
  const foreign = [
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { origin: 'https://evil.example' },
    { origin: 'http://localhost:9999', host: 'localhost:8080' },
    { origin: 'null' },
  ];
  it.each(foreign)('is refused and has no effect: %j', async (headers) => {
    const stage = await startStage();
    const response = await stage.post('/play/send', HELLO, headers);
    expect(await problemOf(response)).toMatchObject({ status: 403, code: 'other_site' });
    expect((await (await stage.listen()).snapshot()).messages).toEqual([]);
  });

  it.each([
    { 'sec-fetch-site': 'same-origin' },
    { 'sec-fetch-site': 'none' },
    { origin: 'http://localhost:8080', host: 'localhost:8080' },
    { origin: 'http://localhost:8080' },
    {},
  ])('is let through when it is this one: %j', async (headers) => {
    const stage = await startStage();
    expect((await stage.post('/play/send', HELLO, headers)).status).toBe(200);
  });
});

describe('bodies', () => {
  it.each([
    ['no JSON', '{', 'body_unreadable'],
    ['an empty object', '{}', 'body_invalid'],
    ['a text of spaces', JSON.stringify({ ...HELLO, text: '  ' }), 'body_invalid'],
    ['a text beyond the limit', JSON.stringify({ ...HELLO, text: 'x'.repeat(4097) }), 'body_invalid'],
    ['a person who is no number', JSON.stringify({ ...HELLO, person: '1001' }), 'body_invalid'],
    ['more than anybody writes', JSON.stringify({ ...HELLO, text: 'x'.repeat(70_000) }), 'body_too_large'],
  ])('are refused with a sentence: %s', async (_what, body, code) => {
    const stage = await startStage();
    expect(await problemOf(await stage.post('/play/send', body))).toMatchObject({ status: 400, code });
  });

  it('must be sent as JSON, which a form of another site cannot', async () => {
    const stage = await startStage();
    const response = await stage.post('/play/send', HELLO, { 'content-type': 'text/plain' });
    expect(await problemOf(response)).toMatchObject({ status: 400, code: 'content_type_unsupported' });
  });
});

describe('writing', () => {
  it('reaches the bot as an update of that person in that chat', async () => {
    const stage = await startStage();
    await stage.post('/play/send', { person: ANN, chat: ANN, text: '  /help  ' });
    const [update] = await stage.updates();
    expect(update?.['message']).toMatchObject({
      text: '/help',
      from: { id: ANN, first_name: 'Ann', language_code: 'ru' },
      chat: { id: ANN, type: 'private' },
    });
  });

  it('answers a message, which the bot hears in a group too', async () => {
    const stage = await startStage();
    const message = await postAlert(stage);
    await stage.post('/play/send', { ...HELLO, text: 'a release', replyTo: message });
    const [update] = await stage.updates();
    expect(update?.['message']).toMatchObject({
      text: 'a release',
      reply_to_message: { message_id: message, from: { is_bot: true } },
    });
    const gone = await stage.post('/play/send', { ...HELLO, replyTo: 77 });
    expect(await problemOf(gone)).toMatchObject({ status: 404, code: 'message_unknown' });
  });

  it('is refused for strangers and in chats of others', async () => {
    const stage = await startStage();
    const stranger = await stage.post('/play/send', { ...HELLO, person: 5 });
    expect(await problemOf(stranger)).toMatchObject({ status: 404, code: 'person_unknown' });
    const elsewhere = await stage.post('/play/send', { ...HELLO, chat: ANN });
    expect(await problemOf(elsewhere)).toMatchObject({ status: 404, code: 'chat_unknown' });
  });
});

describe('pressing', () => {
  it('reaches the bot, and gives its answer to who pressed', async () => {
    const stage = await startStage();
    const message = await postAlert(stage);
    const pressed = stage.post('/play/press', { person: IVAN, chat: ROOM, message, data: '1:a:1:1' });
    const [update] = await stage.updates();
    expect(update?.['callback_query']).toMatchObject({ data: '1:a:1:1', from: { id: IVAN } });
    const id = update?.['callback_query']?.['id'];
    await stage.call('answerCallbackQuery', { callback_query_id: id, text: 'You have it', show_alert: true });
    expect(await (await pressed).json()).toMatchObject({
      answered: true,
      text: 'You have it',
      showAlert: true,
    });
  });

  it('of a button that an edit took away is passed on, as a phone that lags behind would', async () => {
    const stage = await startStage();
    const message = await postAlert(stage);
    await stage.call('editMessageText', { chat_id: ROOM, message_id: message, text: 'Acked' });
    const pressed = stage.post('/play/press', { person: IVAN, chat: ROOM, message, data: '1:a:1:1' });
    const [update] = await stage.updates();
    await stage.call('answerCallbackQuery', { callback_query_id: update?.['callback_query']?.['id'] });
    expect(await (await pressed).json()).toMatchObject({ answered: true, text: '' });
  });

  it('of a button the message never had, or of no message, is refused', async () => {
    const stage = await startStage();
    const message = await postAlert(stage);
    const forged = await stage.post('/play/press', { person: IVAN, chat: ROOM, message, data: '1:a:2:1' });
    expect(await problemOf(forged)).toMatchObject({ status: 400, code: 'button_unknown' });
    const gone = await stage.post('/play/press', { person: IVAN, chat: OPS, message, data: '1:a:1:1' });
    expect(await problemOf(gone)).toMatchObject({ status: 404, code: 'message_unknown' });
  });
});

describe('controls', () => {
  it('let a metric fall and stop it, and tell every page', async () => {
    const demo = fakeDemo();
    const stage = await startStage({ demo });
    const page = await stage.listen();
    expect((await page.snapshot()).status.demo).toEqual({
      fallable: [{ metric: 'checkout_success', name: 'checkout_success' }],
      falling: [],
    });
    await stage.post('/play/fall', { metric: 'checkout_success' });
    expect((await page.nextOf('status')).status.demo?.falling).toEqual(['checkout_success']);
    await stage.post('/play/restore', { metric: 'checkout_success' });
    expect((await page.nextOf('status')).status.demo?.falling).toEqual([]);
  });

  it('tell pages of a fall that ended by itself', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const demo = fakeDemo();
    const stage = await startStage({ demo });
    const page = await stage.listen();
    await stage.post('/play/fall', { metric: 'checkout_success' });
    await page.nextOf('status');
    demo.falling.clear();
    vi.advanceTimersByTime(1_000);
    vi.useRealTimers();
    expect((await page.nextOf('status')).status.demo?.falling).toEqual([]);
  });

  it('pass on what the demo refuses', async () => {
    const { createDemoDriver } = await import('../../packs/demo/index.ts');
    const target = { load: async () => {}, query: async () => ({ kind: 'rows' as const, rows: [] }) };
    const log = { info: () => {}, error: () => {} };
    const demo = createDemoDriver({ target: target as never, clock: { now: () => new Date() }, log });
    const stage = await startStage({ demo });
    const response = await stage.post('/play/fall', { metric: 'revenue_daily' });
    expect(await problemOf(response)).toMatchObject({ status: 404, code: 'demo_not_fallable' });
  });

  it('are absent and refused without demo and clock', async () => {
    const stage = await startStage({ clock: null });
    expect((await (await stage.listen()).snapshot()).status).toMatchObject({ canSkip: false, demo: null });
    for (const [path, body] of [
      ['/play/fall', { metric: 'checkout_success' }],
      ['/play/restore', { metric: 'checkout_success' }],
      ['/play/skip', { ms: 1000 }],
    ] as const) {
      const problem = await problemOf(await stage.post(path, body));
      expect(problem).toMatchObject({ status: 403, code: 'control_absent' });
    }
  });

  it('skip the clock after the data of that time are made, and tell the new time', async () => {
    const demo = fakeDemo();
    const stage = await startStage({ demo });
    const page = await stage.listen();
    const before = (await page.snapshot()).status.now;
    const at = stage.clock.now().getTime();
    expect((await stage.post('/play/skip', { ms: 3_600_000 })).status).toBe(200);
    expect(stage.clock.now().getTime() - at).toBeGreaterThanOrEqual(3_600_000);
    expect(demo.filledTo[0]?.getTime()).toBeGreaterThanOrEqual(at + 3_600_000);
    const { status } = await page.nextOf('status');
    expect(status.now - before).toBeGreaterThanOrEqual(3_600_000);
  });

  it.each([{ ms: 0 }, { ms: -1 }, { ms: 1.5 }, { ms: 3 * 86_400_000 }, { until: 'noon' }, {}])(
    'refuse to skip by %j',
    async (body) => {
      const stage = await startStage();
      const problem = await problemOf(await stage.post('/play/skip', body));
      expect(problem).toMatchObject({ status: 400, code: 'body_invalid' });
    },
  );
});

describe('pictures', () => {
  it('are served by the address in the message, also after an edit took them away', async () => {
    const stage = await startStage();
    const { message_id: id } = await stage.call('sendPhoto', { chat_id: ROOM, caption: 'first' }, PIXEL);
    const [message] = (await (await stage.listen()).snapshot()).messages;
    expect(message?.photo).toMatchObject({ width: 1, height: 1 });
    const src = message?.photo?.src ?? '';
    const response = await stage.get(src);
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await response.arrayBuffer())).toEqual(PIXEL);
    await stage.call('deleteMessage', { chat_id: ROOM, message_id: id });
    expect((await stage.get(src)).status).toBe(200);
  });

  it.each(['/play/photo/-100200/1/abc', '/play/photo/42/1/abc', '/play/photo/1001/1/..%2f..%2fetc'])(
    'that are not there are refused: %s',
    async (path) => {
      const stage = await startStage();
      expect((await stage.get(path)).status).toBe(404);
    },
  );
});
