import { describe, expect, it } from 'vitest';
import { call, startWorld } from './world.ts';

const IVAN = 1001;
const KEYBOARD = {
  inline_keyboard: [
    [
      { text: '✅ Ack', callback_data: 'ack:1' },
      { text: 'Docs', url: 'https://a.b/docs' },
    ],
  ],
};

async function startWithMessage(chat = IVAN, options = {}) {
  const world = await startWorld(options);
  await call(world.api, 'sendMessage', { chat_id: chat, text: 'alert', reply_markup: KEYBOARD });
  const [message] = world.api.messages(chat);
  if (!message) throw new Error('no message');
  return { ...world, message };
}

type Update = Record<string, { id: string; data: string } & Record<string, unknown>>;
const nextUpdates = async (api: Parameters<typeof call>[0]) =>
  (await call(api, 'getUpdates')).result as Update[];

describe('people of the stand-in', () => {
  it('press buttons and get the toast', async () => {
    const { api, ivan, message } = await startWithMessage();
    const pressed = ivan.presses(message, 'Ack');
    const [update] = await nextUpdates(api);
    expect(update).toMatchObject({
      callback_query: { data: 'ack:1', from: { id: IVAN }, message: { message_id: message.id } },
    });
    const id = update?.['callback_query']?.id;
    expect(
      await call(api, 'answerCallbackQuery', { callback_query_id: id, text: 'done', show_alert: true }),
    ).toEqual({ ok: true, result: true });
    expect(await pressed).toMatchObject({ answered: true, text: 'done', showAlert: true });
    expect(await call(api, 'answerCallbackQuery', { callback_query_id: id })).toMatchObject({ ok: false });
  });

  it('find a button by pattern, test or the data it once had; an address is only given', async () => {
    const { api, ivan, message } = await startWithMessage();
    expect(await ivan.presses(message, 'Docs')).toEqual({ answered: false, url: 'https://a.b/docs' });
    void ivan.presses(message, /^✅/);
    void ivan.presses(message, ({ callback_data }) => callback_data === 'ack:1', { inaccessible: true });
    void ivan.presses(message, { data: 'old:7' });
    const updates = await nextUpdates(api);
    expect(updates.map((update) => update['callback_query']?.data)).toEqual(['ack:1', 'ack:1', 'old:7']);
    expect(updates[1]).toMatchObject({ callback_query: { message: { date: 0 } } });
    await expect(ivan.presses(message, 'Snooze')).rejects.toThrow('Its buttons: "✅ Ack", "Docs".');
  });

  it('are told when nobody answers, and an answer that comes too late is refused', async () => {
    let now = Date.now();
    const { api, ivan, message } = await startWithMessage(IVAN, { now: () => now });
    expect(await ivan.presses(message, 'Ack', { timeoutMs: 1 })).toEqual({ answered: false, url: null });
    const open = ivan.presses(message, 'Ack');
    const updates = await nextUpdates(api);
    now += 15_001;
    expect(
      await call(api, 'answerCallbackQuery', { callback_query_id: updates[1]?.['callback_query']?.id }),
    ).toMatchObject({
      description: expect.stringContaining('query is too old'),
    });
    await api.close();
    expect(await open).toEqual({ answered: false, url: null });
  });

  it('act only where they are', async () => {
    const { api, ann, message } = await startWithMessage();
    expect(() => ann.sends(IVAN, 'hi')).toThrow('Ann is not in chat 1001');
    await expect(ann.presses(message, 'Ack')).rejects.toThrow('Ann is not in chat 1001');
    expect(() => ann.sends(77, 'hi')).toThrow('There is no chat 77');
    expect(() => ann.replies({ chat: -1001, id: 1 }, 'hi')).toThrow('There is no message 1 in chat -1001');
    const hers = ann.sends(-1001, 'hello');
    await expect(ann.presses(hers, { data: 'x' })).rejects.toThrow('No bot sent message');
    expect(() => ann.edits(message, 'x')).toThrow('Ann did not write message');
    expect(api.pendingUpdates()).toBe(0);
  });

  it('are heard in a group only when they mean the bot', async () => {
    const { api, ivan, message } = await startWithMessage(-100200);
    ivan.sends(-100200, 'just talking');
    ivan.sends(-100200, '/help now', { topic: 7 });
    ivan.sends(-100200, 'hey @Heartbeat_Bot');
    ivan.replies(message, 'why?');
    const said = ivan.sends(-100200, '/metric', { replyTo: message.id });
    ivan.edits(said, '/metric cr');
    expect(await nextUpdates(api)).toMatchObject([
      {
        message: {
          text: '/help now',
          is_topic_message: true,
          entities: [{ type: 'bot_command', offset: 0, length: 5 }],
        },
      },
      { message: { text: 'hey @Heartbeat_Bot' } },
      { message: { text: 'why?', reply_to_message: { message_id: message.id } } },
      { message: { text: '/metric' } },
      { edited_message: { text: '/metric cr', edit_date: expect.any(Number) } },
    ]);
    expect(api.messages(-100200).at(-1)?.edits).toHaveLength(1);
  });

  it('block, unblock, move and remove the bot', async () => {
    const { api, ivan } = await startWorld();
    ivan.blocks();
    ivan.sends(IVAN, 'unheard');
    ivan.unblocks();
    api.removeBot(-1001);
    api.migrate(-100200, -100300);
    expect(await nextUpdates(api)).toMatchObject([
      { my_chat_member: { new_chat_member: { status: 'kicked' }, old_chat_member: { status: 'member' } } },
      { my_chat_member: { new_chat_member: { status: 'member' }, old_chat_member: { status: 'kicked' } } },
      { my_chat_member: { chat: { id: -1001 }, new_chat_member: { status: 'kicked' } } },
      { message: { chat: { id: -100200 }, migrate_to_chat_id: -100300 } },
    ]);
    expect(api.user({ id: IVAN, first_name: 'Other' }).user.first_name).toBe('Ivan');
  });
});

describe('who follows the stand-in', () => {
  it('hears of every change, by callback and by iteration', async () => {
    const { api, ivan } = await startWorld();
    const kinds: string[] = [];
    const off = api.onChange(({ kind }) => kinds.push(kind));
    const changes = api.changes();
    const first = changes.next();
    await call(api, 'sendMessage', { chat_id: IVAN, text: 'a', reply_markup: KEYBOARD });
    const [message] = api.messages(IVAN);
    if (!message) throw new Error('no message');
    const pressed = ivan.presses(message, 'Ack');
    const [update] = await nextUpdates(api);
    await call(api, 'answerCallbackQuery', { callback_query_id: update?.['callback_query']?.id });
    await pressed;
    await call(api, 'editMessageText', { chat_id: IVAN, message_id: message.id, text: 'b' });
    await call(api, 'sendChatAction', { chat_id: IVAN, action: 'typing' });
    await call(api, 'setMyCommands', { commands: [] });
    off();
    await call(api, 'deleteMessage', { chat_id: IVAN, message_id: message.id });
    expect(kinds.filter((kind) => kind !== 'call')).toEqual([
      'message',
      'press_answered',
      'edit',
      'action',
      'menu',
    ]);
    expect((await first).value).toMatchObject({ kind: 'call', call: { method: 'sendMessage' } });
    expect((await changes.next()).value).toMatchObject({ kind: 'message', message: { text: 'a' } });
    const rest: string[] = [];
    const reading = (async () => {
      for await (const change of changes) rest.push(change.kind);
    })();
    await new Promise((resolve) => setImmediate(resolve));
    await api.close();
    await reading;
    expect(rest).toContain('delete');
  });

  it('waits for something, and says what happened instead', async () => {
    const { api, ivan } = await startWorld();
    const waiting = api.waitFor(() => api.messages(IVAN).find(({ text }) => text === 'hi'));
    ivan.sends(IVAN, 'hi');
    expect(await waiting).toMatchObject({ text: 'hi' });
    await call(api, 'sendMessage', { chat_id: 5, text: 'x' });
    await expect(api.waitFor(() => false, 5)).rejects.toThrow('sendMessage 5 Bad Request: chat not found');
    await expect(
      api.waitFor(() => {
        throw new Error('mistaken');
      }),
    ).rejects.toThrow('mistaken');
    const open = api.waitFor(() => false);
    setImmediate(() => void api.close());
    await expect(open).rejects.toThrow('did not happen');
  });
});
