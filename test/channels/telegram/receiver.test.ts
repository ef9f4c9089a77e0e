import { describe, expect, it, onTestFinished } from 'vitest';
import type { PressAnswer } from '../../../src/answers/index.ts';
import type { InboundCommand, InboundPress, InboundReply } from '../../../src/channels/telegram/inbound.ts';
import {
  createTelegramReceiver,
  type TelegramReceiverOptions,
} from '../../../src/channels/telegram/receiver.ts';
import { ANSWER, pictureOf, requestOf, startTelegram, words } from './telegram.ts';

type Telegram = Awaited<ReturnType<typeof startTelegram>>;
type Options = { receiver?: Partial<TelegramReceiverOptions>; on?: Telegram };

/** Starts a receiver that notes what it hears; it is stopped with the test. */
async function startReceiver({ receiver: changes = {}, on }: Options = {}) {
  const telegram = on ?? (await startTelegram());
  const heard = {
    commands: [] as InboundCommand[],
    replies: [] as InboundReply[],
    presses: [] as InboundPress[],
    blocked: [] as string[],
  };
  const receiver = createTelegramReceiver({
    token: telegram.api.token,
    apiRoot: telegram.api.root,
    mode: { kind: 'polling' },
    direct: telegram.direct,
    words,
    log: telegram.log,
    backoff: { firstMs: 5, ceilingMs: 20 },
    pressGuardMs: 60_000,
    onCommand: async (command) => void heard.commands.push(command),
    onReply: async (reply) => void heard.replies.push(reply),
    onPress: async (press) => {
      heard.presses.push(press);
      return { toast: `heard ${press.data}` };
    },
    onBlocked: async (chat) => void heard.blocked.push(chat),
    ...changes,
  });
  receiver.start();
  onTestFinished(() => receiver.stop());
  await until(() => receiver.state().reason !== 'not started');
  const post = async (chat = '1001', picture = false) => {
    const sent = await telegram.channel.send(requestOf({ chat, picture: picture ? pictureOf() : null }));
    return { chat: Number(chat), id: Number(sent.kind === 'sent' ? sent.messageId : 0) };
  };
  return { ...telegram, receiver, heard, post };
}

async function until(isSo: () => boolean): Promise<void> {
  const giveUpAt = Date.now() + 15_000;
  while (!isSo()) {
    if (Date.now() > giveUpAt) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

describe('long polling', () => {
  it('hands on commands with who, where and what', async () => {
    const { api, ivan, ann, heard, receiver } = await startReceiver();
    expect(receiver.state()).toEqual({ ok: true, reason: 'polling' });
    const first = ivan.sends(1001, 'cockpit please');
    ann.sends(-100200, '/metric@heartbeat_bot cr', { topic: 7 });
    ann.sends(-100200, '/metric@other_bot cr');
    ann.sends(-100200, '@Heartbeat_Bot, why cr?');
    await until(() => heard.commands.length === 3);
    expect(heard.commands).toMatchObject([
      {
        fromId: 1001,
        fromName: 'Ivan',
        languageCode: 'ru',
        place: { channel: 'telegram', chat: '1001', topic: null },
        isPrivate: true,
        messageId: String(first.id),
        text: 'cockpit please',
      },
      {
        fromId: 1002,
        fromName: 'Ann Lee',
        place: { chat: '-100200', topic: 7 },
        isPrivate: false,
        text: '/metric cr',
      },
      { text: 'why cr?', place: { topic: null } },
    ]);
    expect(api.calls.find(({ method }) => method === 'getUpdates')?.params).toMatchObject({
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member', 'message_reaction'],
    });
  });

  it('hears what answers its own messages, in groups too, and nothing else of a talk', async () => {
    const { ivan, ann, heard, post } = await startReceiver();
    const own = await post();
    const group = await post('-1001');
    ivan.replies(own, 'the payment page is down');
    const talk = ann.sends(-1001, 'did you see this?');
    ivan.replies(talk, 'yes @heartbeat_bot told us');
    const noted = ann.replies(group, '@heartbeat_bot a release');
    ann.replies(group, '/ack');
    ann.replies(group, '/ack@other_bot');
    ivan.edits(ivan.replies(group, 'first'), 'second');
    await until(() => heard.replies.length === 3 && heard.commands.length === 1);
    expect(heard.replies).toMatchObject([
      { text: 'the payment page is down', replyTo: String(own.id), isPrivate: true, fromId: 1001 },
      {
        text: 'a release',
        replyTo: String(group.id),
        isPrivate: false,
        fromId: 1002,
        messageId: String(noted.id),
      },
      { text: 'first', replyTo: String(group.id) },
    ]);
    expect(heard.commands).toMatchObject([{ text: '/ack' }]);
  });

  it('takes what stands under a picture for an answer, and leaves answers without words', async () => {
    const { receiver, heard } = await startReceiver();
    const bot = { id: 42, is_bot: true, first_name: 'Heartbeat', username: 'heartbeat_bot' };
    const chat = { id: -1001, type: 'group', title: 'Ops' };
    const answered = { message_id: 7, date: 0, chat, from: bot, text: '🔴' };
    const message = { date: 0, chat, from: { id: 1001, is_bot: false, first_name: 'Ivan' } };
    const post = (id: number, more: object) =>
      receiver.handle({ update_id: id, message: { ...message, message_id: id, ...more } });
    await post(9_001, { photo: [], caption: 'the graph', reply_to_message: answered });
    await post(9_002, { photo: [], reply_to_message: answered });
    await post(9_003, { sticker: {}, reply_to_message: answered });
    await post(9_004, { photo: [], caption: 'no answer' });
    await post(9_005, {
      text: 'talk in a topic',
      reply_to_message: { ...answered, forum_topic_created: { name: 'Sales', icon_color: 1 } },
    });
    await post(9_006, {
      text: 'to another bot',
      reply_to_message: { ...answered, from: { ...bot, username: 'other_bot' } },
    });
    expect(heard.replies.map(({ text }) => text)).toEqual(['the graph']);
    expect(heard.commands).toEqual([]);
  });

  it('hears of being blocked, let in and moved; leaves edits, reactions and talk', async () => {
    const seen: string[] = [];
    const { api, ivan, heard, post } = await startReceiver({
      receiver: {
        onUnblocked: async (chat) => void seen.push(`in ${chat}`),
        onMigrated: async (from, to) => void seen.push(`${from} → ${to}`),
      },
    });
    const message = await post();
    ivan.reacts(message, '👍');
    ivan.edits(ivan.sends(-1001, 'talk'), 'more talk');
    ivan.blocks();
    ivan.unblocks();
    api.migrate(-1001, -100999);
    await until(() => seen.length === 2);
    expect(heard.blocked).toEqual(['1001']);
    expect(seen).toEqual(['in 1001', '-1001 → -100999']);
    expect(heard.commands).toEqual([]);
  });

  it('takes Start in a private chat for being let in, before it is answered', async () => {
    const seen: string[] = [];
    const { ivan } = await startReceiver({
      receiver: {
        onUnblocked: async (chat) => void seen.push(`in ${chat}`),
        onCommand: async ({ text }) => void seen.push(text),
      },
    });
    ivan.sends(1001, '/start hello');
    await until(() => seen.length === 2);
    ivan.sends(1001, '/started');
    ivan.sends(-1001, '/start');
    await until(() => seen.length === 4);
    expect(seen).toEqual(['in 1001', '/start hello', '/started', '/start']);
  });

  it('does nothing where nobody asked to hear of it', async () => {
    const { api, ivan, heard } = await startReceiver();
    ivan.blocks();
    ivan.unblocks();
    api.migrate(-1001, -100999);
    ivan.sends(1001, 'hello');
    await until(() => heard.commands.length === 1);
    expect(heard.blocked).toEqual(['1001']);
  });

  it('an update that comes twice, again, or in another order has one effect', async () => {
    const { api, ivan, heard } = await startReceiver();
    api.duplicateUpdates(1);
    ivan.sends(1001, 'a');
    api.reorderUpdates(2);
    ivan.sends(1001, 'b');
    ivan.sends(1001, 'c');
    await until(() => heard.commands.length === 3);
    api.redeliver(heard.commands[0]?.updateId ?? 0);
    ivan.sends(1001, 'd');
    await until(() => heard.commands.length === 4);
    expect(heard.commands.map(({ text }) => text)).toEqual(['a', 'c', 'b', 'd']);
  });

  it('goes on after a handler that fails', async () => {
    let calls = 0;
    const { ivan, lines } = await startReceiver({
      receiver: {
        onCommand: async () => {
          calls += 1;
          throw new Error('broken command');
        },
      },
    });
    ivan.sends(1001, 'a');
    ivan.sends(1001, 'b');
    await until(() => calls === 2);
    await until(() => lines.filter((line) => line.includes('broken command')).length === 2);
    expect(calls).toBe(2);
  });

  it('takes over from a web hook that was set before', async () => {
    const world = await startTelegram();
    await world.channel.api.setWebhook('https://127.0.0.1:1/telegram');
    const { ivan, heard } = await startReceiver({ on: world });
    ivan.sends(1001, 'hello');
    await until(() => heard.commands.length === 1);
    expect(heard.commands[0]?.text).toBe('hello');
  });

  it('does without a server that knows no web hooks', async () => {
    const world = await startTelegram();
    world.api.fail({
      method: 'deleteWebhook',
      times: 1_000,
      with: { status: 404, description: 'Not Found' },
    });
    const { ivan, heard, receiver } = await startReceiver({ on: world });
    ivan.sends(1001, 'hello');
    await until(() => heard.commands.length === 1);
    expect(receiver.state()).toEqual({ ok: true, reason: 'polling' });
  });

  it('confirms what it is still handling when it stops: it waits for that', async () => {
    const gate = Promise.withResolvers<PressAnswer>();
    const begun = Promise.withResolvers<void>();
    const { api, ivan, post, receiver } = await startReceiver({
      receiver: {
        onPress: () => {
          begun.resolve();
          return gate.promise;
        },
      },
    });
    const pressed = ivan.presses(await post(), 'Ack');
    await begun.promise;
    const stopped = receiver.stop();
    gate.resolve({ toast: 'done' });
    await stopped;
    expect(await pressed).toMatchObject({ text: 'done' });
    expect(api.pendingUpdates()).toBe(0);
  });

  it('confirms what it took when it stops, and starts again', async () => {
    const { api, ivan, heard, receiver } = await startReceiver();
    ivan.sends(1001, 'a');
    await until(() => heard.commands.length === 1);
    receiver.start();
    await receiver.stop();
    expect(receiver.state()).toEqual({ ok: false, reason: 'stopped' });
    expect(api.pendingUpdates()).toBe(0);
    ivan.sends(1001, 'b');
    receiver.start();
    await until(() => heard.commands.length === 2);
  });

  it('waits for work under way when it stops', async () => {
    const gate = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const done: string[] = [];
    const { api, ivan, receiver } = await startReceiver({
      receiver: {
        onCommand: async ({ text }) => {
          begun.resolve();
          await gate.promise;
          done.push(text);
        },
      },
    });
    ivan.sends(1001, '/slow');
    await begun.promise;
    const isConfirmed = () => api.calls.some(({ params, ok }) => params['limit'] === 1 && ok);
    void api.waitFor(isConfirmed).then(() => setTimeout(gate.resolve, 30));
    await receiver.stop();
    expect(done).toEqual(['/slow']);
  });

  it('one person in order, others meanwhile', async () => {
    const gate = Promise.withResolvers<void>();
    const order: string[] = [];
    const { ivan, ann } = await startReceiver({
      receiver: {
        onCommand: async ({ text }) => {
          if (text === '/slow') await gate.promise;
          order.push(text);
        },
      },
    });
    ivan.sends(-100200, '/slow');
    ivan.sends(-100200, '/after');
    ann.sends(-100200, '/other');
    ivan.sends(1001, '/elsewhere');
    await until(() => order.length === 2);
    gate.resolve();
    await until(() => order.length === 4);
    expect(order).toEqual(['/other', '/elsewhere', '/slow', '/after']);
  });

  it('leaves commands beyond what a person can mean', async () => {
    const gate = Promise.withResolvers<void>();
    const heard: string[] = [];
    const { ivan, lines } = await startReceiver({
      receiver: {
        onCommand: async ({ text }) => {
          heard.push(text);
          await gate.promise;
        },
      },
    });
    for (let index = 0; index < 60; index += 1) ivan.sends(1001, `${index}`);
    await until(() => lines.filter((line) => line.includes('too many commands')).length === 10);
    gate.resolve();
    await until(() => heard.length === 50);
    expect(heard.at(-1)).toBe('49');
  });
});

describe('trouble with Telegram', () => {
  it.each([
    [
      { status: 401, description: 'Unauthorized' },
      'Telegram refuses the token (401 Unauthorized). Check TELEGRAM_BOT_TOKEN',
    ],
    [
      { status: 409, description: 'Conflict: x' },
      "Another process receives this bot's updates (409 Conflict: x).",
    ],
    [{ status: 500, description: 'Internal Server Error' }, 'Telegram refuses (500 Internal Server Error).'],
    ['cut_before' as const, 'Telegram cannot be reached: the connection failed (ECONNRESET)'],
  ])('%o is told on /readyz and got over', async (fault, reason) => {
    const { api, ivan, heard, receiver } = await startReceiver();
    const states = new Set<string>();
    const off = api.onChange(() => states.add(receiver.state().reason));
    api.fail({ method: 'getUpdates', times: 3, with: fault });
    ivan.sends(1001, 'a');
    await until(() => heard.commands.length === 1);
    ivan.sends(1001, 'b');
    await until(() => heard.commands.length === 2);
    await until(() => receiver.state().ok);
    off();
    expect([...states]).toContainEqual(expect.stringContaining(reason));
  });

  it('waits as long as a 429 says', async () => {
    const { api, ivan, heard } = await startReceiver();
    const with429 = { status: 429, description: 'Too Many Requests', parameters: { retry_after: 1 } };
    api.fail({ method: 'getUpdates', with: with429 });
    ivan.sends(1001, 'a');
    const refused = () => api.calls.findIndex(({ error }) => error === 'Too Many Requests');
    await until(() => refused() >= 0 && api.calls[refused() + 1] !== undefined);
    const waitedMs = (api.calls[refused() + 1]?.at ?? 0) - (api.calls[refused()]?.at ?? 0);
    expect(waitedMs).toBeGreaterThanOrEqual(990);
    await until(() => heard.commands.length === 1);
  });

  it('says what is wrong before it began, and begins when it can', async () => {
    const { api, receiver } = await startReceiver({ receiver: { token: '1:wrong' } });
    expect(receiver.state()).toEqual({
      ok: false,
      reason: expect.stringContaining('refuses the token (401 Unauthorized)'),
    });
    expect(api.calls).toEqual([]);
  });

  it('tells two pollers of one bot', async () => {
    const { api, receiver } = await startReceiver();
    const reasons = new Set<string>();
    api.onChange(() => reasons.add(receiver.state().reason));
    const gone = new AbortController();
    const rival = fetch(`${api.root}/bot${api.token}/getUpdates?timeout=50`, { signal: gone.signal });
    await until(() => [...reasons].some((reason) => reason.includes('Another process')));
    gone.abort();
    await rival.catch(() => {});
    await receiver.stop();
    expect(receiver.state().reason).toBe('stopped');
  });

  it('stops at once while it waits', async () => {
    const { receiver } = await startReceiver({
      receiver: { token: '1:wrong', backoff: { firstMs: 60_000, ceilingMs: 60_000 } },
    });
    await until(() => receiver.state().reason.includes('401'));
    await receiver.stop();
    expect(receiver.state().reason).toBe('stopped');
  });
});

describe('presses', () => {
  it('are answered with the toast, and say who pressed what', async () => {
    const { ivan, heard, post } = await startReceiver();
    const message = await post('-1001', true);
    expect(await ivan.presses(message, 'Ack')).toMatchObject({
      answered: true,
      text: 'heard 1:a:1042:3',
      showAlert: false,
    });
    expect(heard.presses).toMatchObject([
      {
        fromId: 1001,
        fromName: 'Ivan',
        languageCode: 'ru',
        place: { chat: '-1001', topic: null },
        isPrivate: false,
        messageId: String(message.id),
        data: '1:a:1042:3',
        hasPicture: true,
      },
    ]);
  });

  it('can change the buttons and say more', async () => {
    const answer: PressAnswer = {
      toast: 'Choose',
      alarm: true,
      buttons: [[{ label: '💤 1 h', press: 's' }]],
      answer: { ...ANSWER, picture: { spec: {} as never, alt: 'chart' } },
    };
    const { api, ivan, post } = await startReceiver({
      receiver: { onPress: async () => answer, draw: async () => pictureOf() },
    });
    const message = await post();
    expect(await ivan.presses(message, 'Ack')).toMatchObject({ text: 'Choose', showAlert: true });
    const more = await api.waitFor(() => api.messages(1001)[1]);
    expect(more).toMatchObject({ replyTo: message.id, photo: {} });
    await api.waitFor(() => api.message(message)?.keyboard[0]?.[0]?.text === '💤 1 h');
  });

  it('T17 that fail, come from last month or belong to nothing are answered', async () => {
    const { ivan, post, lines, receiver } = await startReceiver({
      receiver: {
        onPress: async ({ data }) => {
          if (data === 'old') return { toast: 'already acked' };
          throw new Error('database away');
        },
      },
    });
    const message = await post();
    expect(await ivan.presses(message, 'Ack')).toMatchObject({
      answered: true,
      text: 'That did not work. Try again.',
    });
    expect(lines.join('')).toContain('database away');
    expect(await ivan.presses(message, { data: 'old' }, { inaccessible: true })).toMatchObject({
      text: 'already acked',
    });
    await receiver.handle({
      update_id: 5,
      callback_query: { id: '77', from: { id: 1, first_name: 'X', is_bot: false }, chat_instance: '1' },
    });
  });

  it('T18 are answered within the time though the work is slow; its result is said in a message', async () => {
    const gate = Promise.withResolvers<PressAnswer>();
    const { api, ivan, post } = await startReceiver({
      receiver: { onPress: () => gate.promise, pressGuardMs: 20 },
    });
    const message = await post();
    expect(await ivan.presses(message, 'Ack')).toMatchObject({ answered: true, text: 'Минутку…' });
    gate.resolve({ toast: 'Acked by Ivan' });
    const more = await api.waitFor(() => api.messages(1001)[1]);
    expect(more).toMatchObject({ text: 'Acked by Ivan', replyTo: message.id });
  });

  it('T18 never wait behind slow commands or slow presses of others', async () => {
    const gate = Promise.withResolvers<void>();
    const { ivan, ann, post } = await startReceiver({
      receiver: {
        onCommand: () => gate.promise,
        onPress: async ({ fromId }) => {
          if (fromId === 1002) await gate.promise;
          return { toast: 'quick' };
        },
      },
    });
    const message = await post('-1001');
    ivan.sends(-1001, '/cockpit');
    const slow = ann.presses(message, 'Ack');
    const pressed = await ivan.presses(message, 'Ack');
    expect(pressed).toMatchObject({ answered: true, text: 'quick' });
    gate.resolve();
    expect(await slow).toMatchObject({ text: 'quick' });
  });

  it('beyond what a person can mean are answered too', async () => {
    const gate = Promise.withResolvers<PressAnswer>();
    const { ivan, post } = await startReceiver({ receiver: { onPress: () => gate.promise } });
    const message = await post();
    const presses = Array.from({ length: 55 }, () => ivan.presses(message, 'Ack'));
    expect(await presses[54]).toMatchObject({ text: 'That did not work. Try again.' });
    gate.resolve({ toast: 'done' });
    expect(await presses[0]).toMatchObject({ text: 'done' });
    await Promise.all(presses);
  });

  it('T17 stay with Telegram while they are handled, for the process that comes after a crash', async () => {
    const handling = Promise.withResolvers<PressAnswer>();
    const begun = Promise.withResolvers<void>();
    const { api, ivan, post } = await startReceiver({
      receiver: {
        pressSettleMs: 60_000,
        onPress: () => {
          begun.resolve();
          return handling.promise;
        },
      },
    });
    const message = await post();
    const pressed = ivan.presses(message, 'Ack');
    await begun.promise;
    for (let roundTrip = 0; roundTrip < 5; roundTrip += 1) await fetch(`${api.root}/bot${api.token}/getMe`);
    expect(api.pendingUpdates()).toBe(1);
    handling.resolve({ toast: 'done' });
    expect(await pressed).toMatchObject({ text: 'done' });
    await until(() => api.pendingUpdates() === 0);
  });
});

describe('web hook mode', () => {
  const mode = { kind: 'webhook' as const, secret: 's3cret', publicUrl: 'https://shop.test/' };

  it('tells Telegram the address and the secret', async () => {
    const { api, receiver } = await startReceiver({ receiver: { mode } });
    expect(receiver.state()).toEqual({ ok: true, reason: 'web hook set' });
    expect(api.calls.find(({ method }) => method === 'setWebhook')?.params).toMatchObject({
      url: 'https://shop.test/telegram',
      secret_token: 's3cret',
      allowed_updates: expect.arrayContaining(['callback_query']),
    });
    expect(api.calls.some(({ method }) => method === 'getUpdates')).toBe(false);
  });

  it('tries until Telegram takes it', async () => {
    const { api, receiver } = await startReceiver({
      receiver: { mode: { ...mode, publicUrl: 'http://shop.test' } },
    });
    await until(() => receiver.state().reason.includes('An HTTPS URL must be provided'));
    expect(api.calls.filter(({ method }) => method === 'setWebhook').length).toBeGreaterThan(0);
  });

  it('compares the secret whole', async () => {
    const { receiver } = await startReceiver({ receiver: { mode } });
    expect(['s3cret', 's3cre', 's3cret ', '', undefined].map((header) => receiver.isSecret(header))).toEqual([
      true,
      false,
      false,
      false,
      false,
    ]);
    const polling = await startReceiver();
    expect(polling.receiver.isSecret('s3cret')).toBe(false);
  });

  it('handles what is posted, and waits for the work before it says so', async () => {
    const { receiver, heard } = await startReceiver({ receiver: { mode } });
    const from = { id: 1001, first_name: 'Ivan', is_bot: false };
    await receiver.handle({
      update_id: 7,
      message: { message_id: 1, date: 1, chat: { id: 1001, type: 'private' }, from, text: '/help' },
    });
    expect(heard.commands).toMatchObject([{ updateId: 7, text: '/help' }]);
  });

  it('survives whatever is posted', async () => {
    const { receiver, heard, lines } = await startReceiver({ receiver: { mode } });
    const junk: unknown[] = [null, 5, 'x', [], {}, { update_id: 'x' }, { update_id: 1.5 }];
    const odd = [
      { callback_query: 5 },
      { callback_query: { id: 1, data: 'x', message: {} } },
      { message: { text: 5 } },
      { message: { chat: null } },
      { my_chat_member: {} },
    ];
    for (const update of junk) await receiver.handle(update);
    for (const [index, update] of odd.entries()) await receiver.handle({ update_id: 100 + index, ...update });
    expect(heard).toEqual({ commands: [], replies: [], presses: [], blocked: [] });
    expect(lines.filter((line) => line.includes('unknown form')).length).toBeGreaterThan(2);
  });
});
