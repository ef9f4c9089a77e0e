import { describe, expect, it } from 'vitest';
import { makePng } from './png.ts';
import { call, startWorld, upload } from './world.ts';

const IVAN = 1001;

type Sent = { message_id: number; photo: { file_id: string; width: number }[]; reply_markup?: object };
const sentOf = (answer: { result?: unknown }) => answer.result as Sent;

describe('the methods of the stand-in', () => {
  it('says who the bot is', async () => {
    const { api } = await startWorld({
      bots: [{ token: '42:abc', username: 'hb_bot', name: 'HB' }, { token: '43:abc' }],
    });
    expect(await call(api, 'getMe')).toMatchObject({
      ok: true,
      result: { id: 42, is_bot: true, username: 'hb_bot', first_name: 'HB' },
    });
    expect(await call(api, 'GETME', {}, '43:abc')).toMatchObject({
      result: { id: 43, username: 'bot_43_bot' },
    });
  });

  it('takes parameters from JSON, a form and the address alike', async () => {
    const { api } = await startWorld();
    await call(api, 'sendMessage', { chat_id: IVAN, text: 'json', disable_notification: true });
    await fetch(`${api.root}/bot${api.token}/sendMessage`, {
      method: 'POST',
      body: new URLSearchParams({ chat_id: '1001', text: 'form' }),
    });
    await fetch(`${api.root}/bot${api.token}/sendMessage?chat_id=1001&text=address`);
    await upload(api, 'sendMessage', { chat_id: '1001', text: 'multipart' }, {});
    expect(api.messages(IVAN).map(({ text, silent }) => [text, silent])).toEqual([
      ['json', true],
      ['form', false],
      ['address', false],
      ['multipart', false],
    ]);
  });

  it('keeps what a message said through all its edits', async () => {
    const { api } = await startWorld();
    const keyboard = { inline_keyboard: [[{ text: 'Ack', callback_data: 'a' }]] };
    const { message_id } = sentOf(
      await call(api, 'sendMessage', {
        chat_id: IVAN,
        text: '<b>one</b>',
        parse_mode: 'HTML',
        reply_markup: keyboard,
      }),
    );
    const png = makePng();
    const ref = { chat_id: IVAN, message_id };
    await call(api, 'editMessageText', { ...ref, text: 'two' });
    const media = JSON.stringify({ type: 'photo', media: 'attach://p', caption: 'three' });
    const edited = sentOf(
      await upload(
        api,
        'editMessageMedia',
        { chat_id: '1001', message_id: String(message_id), media },
        { p: png },
      ),
    );
    await call(api, 'editMessageCaption', { ...ref, caption: 'four' });
    await call(api, 'editMessageReplyMarkup', { ...ref, reply_markup: keyboard });
    const [message] = api.messages(IVAN);
    expect(message).toMatchObject({ text: 'four', keyboard: [[{ text: 'Ack' }]] });
    expect(message?.photo?.bytes).toEqual(png);
    expect(
      message?.edits.map(({ text, photo, keyboard: rows }) => [text, photo !== null, rows.length]),
    ).toEqual([
      ['one', false, 1],
      ['two', false, 0],
      ['three', true, 0],
      ['four', true, 0],
    ]);
    expect(message?.edits[0]?.entities).toEqual([{ type: 'bold', offset: 0, length: 3 }]);
    expect(edited.photo.at(-1)?.width).toBe(4);
  });

  it('reuses a photo by its id, serves it, and forgets it when told', async () => {
    const { api } = await startWorld({ bots: [{ token: '42:abc' }, { token: '43:abc' }] });
    const png = makePng(2600, 1300, 5);
    const sent = sentOf(await upload(api, 'sendPhoto', { chat_id: '1001', caption: 'x' }, { photo: png }));
    const fileId = sent.photo.at(-1)?.file_id ?? '';
    expect(sent.photo.map(({ width }) => width)).toEqual([90, 1280]);
    expect(await call(api, 'sendPhoto', { chat_id: IVAN, photo: fileId })).toMatchObject({ ok: true });
    expect(await call(api, 'sendPhoto', { chat_id: IVAN, photo: fileId }, '43:abc')).toMatchObject({
      ok: false,
    });
    const file = (await call(api, 'getFile', { file_id: fileId })).result as {
      file_path: string;
      file_size: number;
    };
    expect(file.file_size).toBe(png.length);
    const served = await fetch(`${api.root}/file/bot${api.token}/${file.file_path}`);
    expect(Buffer.from(await served.arrayBuffer())).toEqual(png);
    expect((await fetch(`${api.root}/file/bot${api.token}/photos/none.png`)).status).toBe(404);
    expect((await fetch(`${api.root}/file/bot1:x/${file.file_path}`)).status).toBe(401);
    api.forgetFiles();
    expect(await call(api, 'sendPhoto', { chat_id: IVAN, photo: fileId })).toMatchObject({
      description: expect.stringContaining('wrong file identifier'),
    });
    expect(api.messages(IVAN)[0]?.photo?.bytes).toBeNull();
  });

  it('deletes, pins, reacts, acts', async () => {
    const { api, ivan } = await startWorld();
    const { message_id } = sentOf(await call(api, 'sendMessage', { chat_id: IVAN, text: 'a' }));
    const ref = { chat_id: IVAN, message_id };
    await call(api, 'pinChatMessage', ref);
    await call(api, 'setMessageReaction', { ...ref, reaction: [{ type: 'emoji', emoji: '👍' }] });
    expect(api.messages(IVAN)[0]).toMatchObject({ isPinned: true, reactions: ['👍'] });
    expect(await call(api, 'setMessageReaction', { ...ref, reaction: [{}] })).toMatchObject({ ok: false });
    expect(await call(api, 'setMessageReaction', { ...ref, reaction: '5' })).toMatchObject({ ok: false });
    await call(api, 'setMessageReaction', ref);
    expect(api.messages(IVAN)[0]?.reactions).toEqual([]);
    expect(await call(api, 'sendChatAction', { chat_id: IVAN, action: 'typing' })).toEqual({
      ok: true,
      result: true,
    });
    expect(await call(api, 'deleteMessage', ref)).toEqual({ ok: true, result: true });
    expect(api.messages(IVAN)).toEqual([]);
    expect(api.message({ chat: IVAN, id: message_id })).toMatchObject({ isDeleted: true });
    expect(api.message({ chat: IVAN, id: 5 })).toBeUndefined();
    const his = ivan.sends(-1001, '/help');
    expect(await call(api, 'deleteMessage', { chat_id: -1001, message_id: his.id })).toMatchObject({
      description: "Bad Request: message can't be deleted",
    });
  });

  it('answers in topics and to messages', async () => {
    const { api } = await startWorld();
    const inTopic = await call(api, 'sendMessage', { chat_id: -100200, text: 'a', message_thread_id: 7 });
    expect(inTopic).toMatchObject({
      result: { message_thread_id: 7, is_topic_message: true, chat: { is_forum: true, type: 'supergroup' } },
    });
    expect(await call(api, 'sendMessage', { chat_id: -1001, text: 'a', message_thread_id: 7 })).toMatchObject(
      { ok: true },
    );
    const first = sentOf(inTopic).message_id;
    const reply = await call(api, 'sendMessage', {
      chat_id: -100200,
      text: 'b',
      reply_parameters: { message_id: first },
    });
    expect(reply).toMatchObject({ result: { reply_to_message: { message_id: first } } });
    const lone = await call(api, 'sendMessage', {
      chat_id: -100200,
      text: 'c',
      reply_parameters: { message_id: 1, allow_sending_without_reply: true },
    });
    expect(lone.result).not.toHaveProperty('reply_to_message');
    api.deleteTopic(-100200, 7);
    expect(
      await call(api, 'sendMessage', { chat_id: -100200, text: 'a', message_thread_id: 7 }),
    ).toMatchObject({
      description: 'Bad Request: message thread not found',
    });
  });

  it('keeps menus by scope and language', async () => {
    const { api } = await startWorld();
    const commands = [{ command: '/help', description: 'Help' }];
    await call(api, 'setMyCommands', { commands, language_code: 'en' });
    await call(api, 'setMyCommands', { commands, scope: { type: 'chat', chat_id: IVAN } });
    expect(api.menu({ type: 'default' }, 'en')).toEqual([{ command: 'help', description: 'Help' }]);
    expect(api.menu()).toEqual([]);
    expect(await call(api, 'getMyCommands', { scope: { type: 'chat', chat_id: IVAN } })).toMatchObject({
      result: [{ command: 'help' }],
    });
    await call(api, 'deleteMyCommands', { language_code: 'en' });
    expect(api.menu({ type: 'default' }, 'en')).toEqual([]);
    expect(await call(api, 'setMyCommands', { commands: Array(101).fill(commands[0]) })).toMatchObject({
      description: 'Bad Request: BOT_COMMANDS_TOO_MUCH',
    });
  });

  it('describes chats', async () => {
    const { api, ann } = await startWorld();
    api.privateChat(ann);
    expect(await call(api, 'getChat', { chat_id: 1002 })).toMatchObject({
      result: { id: 1002, type: 'private', first_name: 'Ann', last_name: 'Lee' },
    });
    expect(await call(api, 'getChat', { chat_id: -100200 })).toMatchObject({
      result: { type: 'supergroup', title: 'Growth' },
    });
    expect(api.group({ id: -5, title: 'Small', members: [] })).toEqual({
      id: -5,
      type: 'group',
      title: 'Small',
    });
  });

  it('keeps entities given beside the text, inside it, and trims spaces around', async () => {
    const { api } = await startWorld();
    await call(api, 'sendMessage', {
      chat_id: IVAN,
      text: ' \nab  ',
      entities: [
        { type: 'bold', offset: 2, length: 3 },
        { type: 'italic', offset: 9, length: 3 },
      ],
    });
    expect(api.messages(IVAN)[0]).toMatchObject({
      text: 'ab',
      entities: [{ type: 'bold', offset: 0, length: 2 }],
    });
  });

  it('keeps memory bounded', async () => {
    const { api } = await startWorld({
      keep: { messagesPerChat: 3, editsPerMessage: 2, calls: 4, fileBytes: 150 },
    });
    for (let index = 0; index < 5; index += 1)
      await call(api, 'sendMessage', { chat_id: IVAN, text: `m${index}` });
    expect(api.messages(IVAN).map(({ text }) => text)).toEqual(['m2', 'm3', 'm4']);
    const message_id = api.messages(IVAN)[0]?.id;
    for (const text of ['a', 'b', 'c'])
      await call(api, 'editMessageText', { chat_id: IVAN, message_id, text });
    expect(api.messages(IVAN)[0]?.edits.map(({ text }) => text)).toEqual(['a', 'b']);
    expect(api.calls.length).toBeLessThan(8);
    for (const seed of [1, 2])
      await upload(api, 'sendPhoto', { chat_id: '1001' }, { photo: makePng(4, 3, seed) });
    expect(
      api
        .messages(IVAN)
        .slice(-2)
        .map(({ photo }) => photo?.bytes !== null),
    ).toEqual([false, true]);
  });
});
