import { describe, expect, it } from 'vitest';
import { makeJpeg, makePng } from './png.ts';
import { call, startWorld, upload } from './world.ts';

const IVAN = 1001;

describe('what Telegram refuses, in its words', () => {
  it.each([
    ['sendMessage', {}, 'chat_id is empty'],
    ['sendMessage', { chat_id: 5, text: 'a' }, 'chat not found'],
    ['sendMessage', { chat_id: '@nobody', text: 'a' }, 'chat not found'],
    ['sendMessage', { chat_id: IVAN }, 'message text is empty'],
    ['sendMessage', { chat_id: IVAN, text: ' \u202e\n ' }, 'text must be non-empty'],
    ['sendMessage', { chat_id: IVAN, text: 'a'.repeat(4097) }, 'message is too long'],
    ['sendMessage', { chat_id: IVAN, text: 'я'.repeat(16_385) }, 'text is too long'],
    ['sendMessage', { chat_id: IVAN, text: '\ud800' }, 'strings must be encoded in UTF-8'],
    [
      'sendMessage',
      { chat_id: IVAN, text: '<b>a', parse_mode: 'HTML' },
      "can't parse entities: Can't find end tag",
    ],
    [
      'sendMessage',
      { chat_id: IVAN, text: '&#xd800;', parse_mode: 'HTML' },
      "can't parse entities: Text contains invalid",
    ],
    ['sendMessage', { chat_id: IVAN, text: '*a*', parse_mode: 'Markdown2' }, 'unsupported parse_mode'],
    ['sendMessage', { chat_id: IVAN, text: 'a', entities: [{ type: 'bold' }] }, "can't parse MessageEntity"],
    ['sendMessage', { chat_id: IVAN, text: 'a', entities: '[' }, "can't parse entities JSON object"],
    [
      'sendMessage',
      { chat_id: IVAN, text: 'a', reply_parameters: { message_id: 1 } },
      'message to be replied not found',
    ],
    ['sendMessage', { chat_id: IVAN, text: 'a', reply_to_message_id: 1 }, 'message to be replied not found'],
    [
      'sendMessage',
      { chat_id: IVAN, text: 'a', reply_parameters: '5' },
      'object expected as reply parameters',
    ],
    ['sendMessage', { chat_id: -100200, text: 'a', message_thread_id: 8 }, 'message thread not found'],
    ['sendMessage', { chat_id: -100200, text: 'a', message_thread_id: 1 }, 'message thread not found'],
    ['sendPhoto', { chat_id: IVAN }, 'there is no photo in the request'],
    ['sendPhoto', { chat_id: IVAN, photo: 'x' }, 'wrong file identifier/HTTP URL specified'],
    ['sendPhoto', { chat_id: IVAN, photo: 'x', caption: 'a'.repeat(1025) }, 'message caption is too long'],
    ['editMessageText', { chat_id: IVAN, text: 'a' }, 'message identifier is not specified'],
    ['editMessageText', { chat_id: IVAN, message_id: 1, text: 'a' }, 'message to edit not found'],
    ['editMessageMedia', { chat_id: IVAN, message_id: 1, media: '5' }, 'message to edit not found'],
    ['deleteMessage', { chat_id: IVAN, message_id: 1 }, 'message to delete not found'],
    ['pinChatMessage', { chat_id: IVAN, message_id: 1 }, 'message to pin not found'],
    ['setMessageReaction', { chat_id: IVAN, message_id: 1 }, 'message to react not found'],
    ['sendChatAction', { chat_id: IVAN, action: 'dance' }, 'wrong parameter action in request'],
    [
      'answerCallbackQuery',
      { callback_query_id: '1' },
      'query is too old and response timeout expired or query ID is invalid',
    ],
    ['answerCallbackQuery', { callback_query_id: '1', text: 'a'.repeat(201) }, 'MESSAGE_TOO_LONG'],
    ['getFile', {}, 'file_id not specified'],
    ['getFile', { file_id: 'x' }, 'invalid file_id'],
    ['setMyCommands', { commands: 5 }, 'expected an Array of BotCommand'],
    ['setMyCommands', { commands: [{}] }, "can't parse BotCommand"],
    ['setMyCommands', { commands: [{ command: 'Ack', description: 'x' }] }, 'BOT_COMMAND_INVALID'],
    ['setMyCommands', { commands: [{ command: 'ack', description: '' }] }, 'BOT_COMMAND_DESCRIPTION_INVALID'],
    [
      'setMyCommands',
      { commands: [], scope: { type: 'x' } },
      "can't parse BotCommandScope: Unsupported type specified",
    ],
    [
      'setMyCommands',
      { commands: [], scope: '5' },
      "can't parse BotCommandScope: BotCommandScope must be an Object",
    ],
    ['setMyCommands', { commands: [], scope: { type: 'chat', chat_id: 5 } }, 'chat not found'],
    ['setMyCommands', { commands: [], language_code: 'english' }, 'invalid language code specified'],
    ['setWebhook', { url: 'http://shop.test/telegram' }, 'bad webhook: An HTTPS URL must be provided'],
    [
      'setWebhook',
      { url: 'https://shop.test/', secret_token: 'a b' },
      'secret token contains unallowed characters',
    ],
  ])('%s %o', async (method, params, sentence) => {
    const { api } = await startWorld();
    const answer = await call(api, method, params);
    expect(answer).toMatchObject({ ok: false, error_code: 400 });
    expect(answer.description).toContain(`Bad Request: ${sentence}`);
  });

  it.each([
    ['no object', '5', 'object expected as reply markup'],
    ['no JSON', '{', "can't parse reply keyboard markup JSON object"],
    [
      'no rows',
      { inline_keyboard: [{}] },
      'field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays',
    ],
    [
      'no button',
      { inline_keyboard: [['x']] },
      "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
    ],
    [
      'no label',
      { inline_keyboard: [[{}]] },
      'can\'t parse inline keyboard button: Can\'t find field "text"',
    ],
    [
      'an empty label',
      { inline_keyboard: [[{ text: ' ', callback_data: 'x' }]] },
      'inline keyboard button text must be non-empty',
    ],
    [
      'a broken label',
      { inline_keyboard: [[{ text: '\udc00', callback_data: 'x' }]] },
      'inline keyboard button text must be encoded in UTF-8',
    ],
    [
      'no data',
      { inline_keyboard: [[{ text: 'x', callback_data: '' }]] },
      "can't parse inline keyboard button: Text buttons are unallowed",
    ],
    [
      '65 bytes of data',
      { inline_keyboard: [[{ text: 'x', callback_data: `${'я'.repeat(32)}a` }]] },
      'BUTTON_DATA_INVALID',
    ],
    [
      '101 buttons',
      { inline_keyboard: Array.from({ length: 101 }, () => [{ text: 'x', callback_data: 'x' }]) },
      'reply markup is too long',
    ],
    [
      '9 buttons in a row',
      { inline_keyboard: [Array.from({ length: 9 }, () => ({ text: 'x', callback_data: 'x' }))] },
      'reply markup is too long',
    ],
    [
      'T18a a host without a dot',
      { inline_keyboard: [[{ text: 'x', url: 'http://localhost:8080/docs' }]] },
      "inline keyboard button URL 'http://localhost:8080/docs' is invalid: Wrong HTTP URL",
    ],
    [
      'another protocol',
      { inline_keyboard: [[{ text: 'x', url: 'ftp://a.b' }]] },
      "inline keyboard button URL 'ftp://a.b' is invalid: Unsupported URL protocol",
    ],
    [
      'no host',
      { inline_keyboard: [[{ text: 'x', url: 'http://' }]] },
      "inline keyboard button URL 'http://' is invalid: URL host is empty",
    ],
  ])('a keyboard with %s', async (_, markup, sentence) => {
    const { api } = await startWorld();
    const answer = await call(api, 'sendMessage', { chat_id: IVAN, text: 'a', reply_markup: markup });
    expect(answer.description).toContain(`Bad Request: ${sentence}`);
  });

  it('takes what is at the limit', async () => {
    const { api } = await startWorld();
    const row = Array.from({ length: 8 }, () => ({ text: 'x', callback_data: 'я'.repeat(32) }));
    const sent = await call(api, 'sendMessage', {
      chat_id: IVAN,
      text: `<b>${'&lt;'.repeat(4094)}</b>😀`,
      parse_mode: 'HTML',
      reply_markup: {
        inline_keyboard: [
          row,
          [
            { text: 'x', url: 'https://a.b/c' },
            { text: 'y', url: 'tg://user?id=1' },
          ],
        ],
      },
    });
    expect(sent).toMatchObject({ ok: true });
  });

  it('refuses photos that are none', async () => {
    const { api } = await startWorld();
    const png = makePng();
    const damaged = Buffer.from(png);
    damaged[20] = 99;
    const send = async (photo: Buffer) =>
      (await upload(api, 'sendPhoto', { chat_id: '1001' }, { photo })).description;
    expect(await send(damaged)).toBe('Bad Request: IMAGE_PROCESS_FAILED');
    expect(await send(png.subarray(0, -12))).toBe('Bad Request: IMAGE_PROCESS_FAILED');
    expect(await send(Buffer.from('GIF89a'))).toBe('Bad Request: IMAGE_PROCESS_FAILED');
    expect(await send(makeJpeg(0, 0).subarray(0, 8))).toBe('Bad Request: IMAGE_PROCESS_FAILED');
    expect(await send(Buffer.alloc(0))).toBe('Bad Request: file must be non-empty');
    expect(await send(makePng(9_000, 1_001))).toBe('Bad Request: PHOTO_INVALID_DIMENSIONS');
    expect(await send(makePng(21, 1))).toBe('Bad Request: PHOTO_INVALID_DIMENSIONS');
    expect(await send(Buffer.alloc(10 * 1024 * 1024 + 1))).toContain('is too big for a photo');
    expect(await send(makeJpeg(20, 10))).toBeUndefined();
    expect(await send(png)).toBeUndefined();
  });

  it('tells edits of the wrong kind, of others and without change', async () => {
    const { api, ivan } = await startWorld();
    const keyboard = { inline_keyboard: [[{ text: 'Ack', callback_data: 'a' }]] };
    await call(api, 'sendMessage', { chat_id: IVAN, text: 'a', reply_markup: keyboard });
    await upload(api, 'sendPhoto', { chat_id: '1001', caption: 'a' }, { photo: makePng() });
    const his = ivan.sends(IVAN, 'hello');
    const [text, photo] = api.messages(IVAN);
    const edit = async (method: string, id: number | undefined, rest: object = { text: 'b', caption: 'b' }) =>
      (await call(api, method, { chat_id: IVAN, message_id: id, ...rest })).description;
    expect(await edit('editMessageText', his.id)).toBe("Bad Request: message can't be edited");
    expect(await edit('editMessageText', photo?.id)).toBe(
      'Bad Request: there is no text in the message to edit',
    );
    expect(await edit('editMessageCaption', text?.id)).toBe(
      'Bad Request: there is no caption in the message to edit',
    );
    expect(await edit('editMessageCaption', photo?.id, { caption: 'a' })).toContain(
      'Bad Request: message is not modified',
    );
    expect(await edit('editMessageText', text?.id, { text: 'a', reply_markup: keyboard })).toContain(
      'message is not modified',
    );
    expect(await edit('editMessageReplyMarkup', text?.id, { reply_markup: keyboard })).toContain(
      'message is not modified',
    );
    expect(await edit('editMessageMedia', photo?.id, { media: { type: 'video' } })).toContain(
      "can't parse InputMedia",
    );
    expect(await edit('editMessageMedia', photo?.id, { media: '5' })).toContain("can't parse InputMedia");
  });

  it('tells blocked, removed and moved chats', async () => {
    const { api, ivan } = await startWorld();
    ivan.blocks();
    api.removeBot(-1001);
    api.migrate(-100200, -100300);
    expect(await call(api, 'sendMessage', { chat_id: IVAN, text: 'a' })).toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was blocked by the user',
    });
    expect(await call(api, 'sendMessage', { chat_id: -1001, text: 'a' })).toMatchObject({
      error_code: 403,
      description: 'Forbidden: bot was kicked from the supergroup chat',
    });
    expect(await call(api, 'sendMessage', { chat_id: -100200, text: 'a' })).toMatchObject({
      error_code: 400,
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: -100300 },
    });
    ivan.unblocks();
    expect(await call(api, 'sendMessage', { chat_id: IVAN, text: 'a' })).toMatchObject({ ok: true });
  });

  it('checks the token and the method', async () => {
    const { api } = await startWorld();
    expect(await call(api, 'getMe', {}, '1:wrong')).toEqual({
      ok: false,
      error_code: 401,
      description: 'Unauthorized',
    });
    expect(await call(api, 'sendDice')).toEqual({
      ok: false,
      error_code: 404,
      description: 'Not Found: method not found',
    });
    const elsewhere = await fetch(`${api.root}/nothing`);
    expect(elsewhere.status).toBe(404);
    const noJson = await fetch(`${api.root}/bot${api.token}/getMe`, {
      method: 'POST',
      body: '{',
      headers: { 'content-type': 'application/json' },
    });
    expect(await noJson.json()).toMatchObject({
      description: "Bad Request: can't parse request JSON object",
    });
    const noForm = await fetch(`${api.root}/bot${api.token}/getMe`, {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });
    expect(await noForm.json()).toMatchObject({
      description: "Bad Request: can't parse multipart form data",
    });
  });
});
