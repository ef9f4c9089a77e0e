import { describe, expect, it } from 'vitest';
import type { SendOutcome } from '../../../src/delivery/index.ts';
import { ANSWER, FORUM, GROUP, IVAN, pictureOf, requestOf, startTelegram } from './telegram.ts';

const idOf = (outcome: SendOutcome): string =>
  outcome.kind === 'sent' ? outcome.messageId : `not sent: ${outcome.kind}`;

describe('what the channel says of itself', () => {
  it('knows its limits and its groups', async () => {
    const { channel } = await startTelegram();
    expect(channel.name).toBe('telegram');
    expect(channel.limits).toEqual({
      perPlaceGapMs: 1_050,
      perGroup: { count: 20, windowMs: 61_000 },
      perBotPerSecond: 30,
    });
    expect(channel.isGroup({ channel: 'telegram', chat: GROUP, topic: null })).toBe(true);
    expect(channel.isGroup({ channel: 'telegram', chat: IVAN, topic: null })).toBe(false);
    expect(channel.isGroup({ channel: 'mail', address: 'a@b.test' })).toBe(false);
    expect(channel.render(ANSWER, { maxLength: 4096 }).plain).toBe(
      '🔴 Checkout conversion 3.1 %\nbelow alert 3.4 %',
    );
  });
});

describe('a new message', () => {
  it('goes out as text with buttons, without link previews', async () => {
    const { api, channel } = await startTelegram();
    const outcome = await channel.send(requestOf());
    const [message] = api.messages(1001);
    expect(outcome).toEqual({ kind: 'sent', messageId: String(message?.id), hasPicture: false });
    expect(message).toMatchObject({
      text: '🔴 Checkout conversion 3.1 %\nbelow alert 3.4 %',
      silent: false,
      topic: null,
      keyboard: [[{ text: '✅ Ack', callback_data: '1:a:1042:3' }]],
    });
    expect(api.calls[0]?.params).toMatchObject({
      chat_id: 1001,
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    });
    expect(api.calls[0]?.params).not.toHaveProperty('message_thread_id');
    expect(api.calls[0]?.params).not.toHaveProperty('disable_notification');
  });

  it('can be silent, in a topic, and an answer', async () => {
    const { api, channel } = await startTelegram();
    const first = idOf(await channel.send(requestOf({ chat: FORUM, topic: 7, silent: true })));
    await channel.send(requestOf({ chat: FORUM, topic: 7, operation: 'reply', messageId: first }));
    await channel.send(requestOf({ chat: FORUM, operation: 'reply', messageId: '5' }));
    expect(api.messages(-100200)).toMatchObject([
      { topic: 7, silent: true, replyTo: null },
      { topic: 7, silent: false, replyTo: Number(first) },
      { topic: null, replyTo: null },
    ]);
  });

  it('omits the thread of General', async () => {
    const { api, channel } = await startTelegram();
    expect(await channel.send(requestOf({ chat: FORUM, topic: 1 }))).toMatchObject({ kind: 'sent' });
    expect(api.calls[0]?.params).not.toHaveProperty('message_thread_id');
  });

  it('carries a mark when a crash may have sent it already; an edit needs none', async () => {
    const { api, channel } = await startTelegram();
    const id = idOf(await channel.send(requestOf({ maybeSent: true })));
    expect(api.messages(1001)[0]?.text).toMatch(/\n↻ This may be a repeat$/);
    await channel.send(requestOf({ operation: 'edit', messageId: id, maybeSent: true }));
    expect(api.messages(1001)[0]?.text).not.toContain('↻');
  });

  it('T18a reaches the chat though a button leads to localhost', async () => {
    const { api, channel } = await startTelegram();
    const answer = {
      lines: [['Alert']],
      buttons: [[{ label: '📖 How to read', url: 'http://localhost:8080/docs' }]],
    };
    expect(await channel.send(requestOf({ answer }))).toMatchObject({ kind: 'sent' });
    expect(api.messages(1001)[0]).toMatchObject({
      text: 'Alert\n📖 How to read: http://localhost:8080/docs',
      keyboard: [],
    });
  });
});

describe('a picture', () => {
  it('is uploaded once, then sent by its id', async () => {
    const { api, channel, fileIds } = await startTelegram();
    expect(await channel.send(requestOf({ picture: pictureOf() }))).toMatchObject({
      kind: 'sent',
      hasPicture: true,
    });
    expect(fileIds.get('hash-1')).toBeTypeOf('string');
    await channel.send(requestOf({ chat: GROUP, picture: pictureOf() }));
    expect(api.calls.map(({ method, params }) => [method, params['photo']])).toEqual([
      ['sendPhoto', expect.stringMatching(/^attach:/)],
      ['sendPhoto', fileIds.get('hash-1')],
    ]);
    expect(api.messages(-1001)[0]).toMatchObject({
      text: expect.stringContaining('Checkout conversion'),
      photo: { width: 40 },
    });
  });

  it('is uploaded again when Telegram no longer takes its id', async () => {
    const { api, channel, lines } = await startTelegram();
    await channel.send(requestOf({ picture: pictureOf() }));
    api.forgetFiles();
    expect(await channel.send(requestOf({ picture: pictureOf() }))).toMatchObject({
      kind: 'sent',
      hasPicture: true,
    });
    expect(api.messages(1001).at(-1)?.photo?.bytes).not.toBeNull();
    expect(lines.join('')).toContain('wrong file identifier');
  });

  it('that Telegram refuses does not hold the text back', async () => {
    const { api, channel } = await startTelegram();
    const picture = { ...pictureOf(), png: Buffer.from('no picture') };
    expect(await channel.send(requestOf({ picture }))).toMatchObject({ kind: 'sent', hasPicture: false });
    api.fail({ with: { status: 413, body: 'Request Entity Too Large' } });
    expect(await channel.send(requestOf({ picture: pictureOf() }))).toMatchObject({
      kind: 'sent',
      hasPicture: false,
    });
    expect(api.messages(1001)).toMatchObject([{ photo: null }, { photo: null }]);
  });

  it('is sent also when its id can be neither found nor kept', async () => {
    const broken = {
      find: () => Promise.reject(new Error('down')),
      remember: () => Promise.reject(new Error('down')),
    };
    const { channel, lines } = await startTelegram({ channel: { files: broken } });
    expect(await channel.send(requestOf({ picture: pictureOf() }))).toMatchObject({
      kind: 'sent',
      hasPicture: true,
    });
    expect(lines).toHaveLength(2);
  });

  it('shortens the text to a caption', async () => {
    const { api, channel } = await startTelegram();
    const answer = { lines: [['First'], ['x'.repeat(2_000)]] };
    await channel.send(requestOf({ answer, picture: pictureOf() }));
    expect(api.messages(1001)[0]?.text).toHaveLength(1024);
  });
});

describe('an edit', () => {
  it('changes text; adds, keeps and replaces a picture', async () => {
    const { api, channel } = await startTelegram();
    const messageId = idOf(await channel.send(requestOf()));
    const edit = (changes: Parameters<typeof requestOf>[0]) =>
      channel.send(requestOf({ operation: 'edit', messageId, ...changes }));
    const answer = (text: string) => ({ lines: [[text]] });
    expect(await edit({ answer: answer('text') })).toEqual({ kind: 'sent', messageId, hasPicture: false });
    expect(await edit({ answer: answer('with picture'), picture: pictureOf(1) })).toEqual({
      kind: 'sent',
      messageId,
      hasPicture: true,
    });
    expect(await edit({ answer: answer('caption'), hasPicture: true })).toEqual({
      kind: 'sent',
      messageId,
      hasPicture: true,
    });
    expect(await edit({ answer: answer('other'), hasPicture: true, picture: pictureOf(2) })).toEqual({
      kind: 'sent',
      messageId,
      hasPicture: true,
    });
    expect(api.calls.map(({ method }) => method)).toEqual([
      'sendMessage',
      'editMessageText',
      'editMessageMedia',
      'editMessageCaption',
      'editMessageMedia',
    ]);
    const [message] = api.messages(1001);
    expect(message).toMatchObject({ text: 'other', keyboard: [] });
    expect(message?.edits).toHaveLength(4);
  });

  it('without a change counts as sent', async () => {
    const { channel } = await startTelegram();
    const messageId = idOf(await channel.send(requestOf()));
    expect(await channel.send(requestOf({ operation: 'edit', messageId }))).toEqual({
      kind: 'sent',
      messageId,
      hasPicture: false,
    });
  });

  it('finds out whether the message shows a picture when memory is wrong', async () => {
    const { api, channel } = await startTelegram();
    const text = idOf(await channel.send(requestOf()));
    const photo = idOf(await channel.send(requestOf({ picture: pictureOf() })));
    const answer = { lines: [['new']] };
    expect(
      await channel.send(requestOf({ operation: 'edit', messageId: text, hasPicture: true, answer })),
    ).toMatchObject({ hasPicture: false });
    expect(
      await channel.send(requestOf({ operation: 'edit', messageId: photo, hasPicture: false, answer })),
    ).toMatchObject({ hasPicture: true });
    expect(api.messages(1001).map((message) => message.text)).toEqual(['new', 'new']);
  });

  it('of a message that is not there, not ours or not known is lost', async () => {
    const { channel, ivan } = await startTelegram();
    const his = ivan.sends(1001, 'hello');
    for (const messageId of ['5', String(his.id), null])
      expect(await channel.send(requestOf({ operation: 'edit', messageId }))).toMatchObject({ kind: 'lost' });
  });
});

describe('plain text instead of markup Telegram cannot read', () => {
  it('is sent once, and logged as an error', async () => {
    const { api, channel, lines } = await startTelegram();
    api.fail({
      with: {
        status: 400,
        description: 'Bad Request: can\'t parse entities: Unsupported start tag "tg-time" at byte offset 9',
      },
    });
    expect(await channel.send(requestOf())).toMatchObject({ kind: 'sent' });
    expect(api.calls.map(({ params }) => params['parse_mode'])).toEqual(['HTML', undefined]);
    expect(api.messages(1001)[0]?.text).toBe('🔴 Checkout conversion 3.1 %\nbelow alert 3.4 %');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { level: 50, refused: expect.stringContaining('tg-time') },
    ]);
  });

  it('that is refused too is our fault', async () => {
    const { api, channel } = await startTelegram();
    api.fail({ times: 3, with: { status: 400, description: "Bad Request: can't parse entities: x" } });
    expect(await channel.send(requestOf({ picture: pictureOf() }))).toMatchObject({
      kind: 'bad',
      statusCode: 400,
    });
    expect(api.calls.map(({ method }) => method)).toEqual(['sendPhoto', 'sendPhoto', 'sendMessage']);
  });

  it('is what is left of a message refused for a reason that nobody knows', async () => {
    const { api, channel } = await startTelegram();
    api.fail({ times: 2, with: { status: 400, description: 'Bad Request: SOMETHING_NEW' } });
    expect(await channel.send(requestOf({ picture: pictureOf() }))).toMatchObject({
      kind: 'sent',
      hasPicture: false,
    });
    expect(api.calls.map(({ params }) => params['parse_mode'])).toEqual(['HTML', undefined, undefined]);
    expect(api.messages(1001)[0]?.text).toBe('🔴 Checkout conversion 3.1 %\nbelow alert 3.4 %');
  });

  it('needs no server that takes pictures', async () => {
    const { api, channel } = await startTelegram();
    api.fail({ method: 'sendPhoto', with: { status: 404, description: 'Not Found' } });
    expect(await channel.send(requestOf({ picture: pictureOf() }))).toMatchObject({
      kind: 'sent',
      hasPicture: false,
    });
  });
});

describe('buttons Telegram would refuse', () => {
  it('are left out and logged in production', async () => {
    const { api, channel, lines } = await startTelegram({ channel: { strict: false } });
    const answer = {
      lines: [['a']],
      buttons: [
        [
          { label: 'long', press: 'x'.repeat(65) },
          { label: 'ok', press: 'x' },
        ],
      ],
    };
    expect(await channel.send(requestOf({ answer }))).toMatchObject({ kind: 'sent' });
    expect(api.messages(1001)[0]?.keyboard).toEqual([[{ text: 'ok', callback_data: 'x' }]]);
    expect(lines.join('')).toContain('button_invalid');
  });
});
