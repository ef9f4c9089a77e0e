import { describe, expect, it } from 'vitest';
import { createCommandMenu } from '../../../src/channels/telegram/command-menu.ts';
import type { TelegramPlace } from '../../../src/channels/telegram/outcome.ts';
import type { FaultKind } from '../../../src/playground/bot-api/index.ts';
import { ANSWER, pictureOf, startTelegram } from './telegram.ts';

const ivan: TelegramPlace = { channel: 'telegram', chat: '1001', topic: null };
const group: TelegramPlace = { channel: 'telegram', chat: '-1001', topic: null };
const tooMany = (seconds: number): FaultKind => ({
  status: 429,
  description: 'Too Many Requests',
  parameters: { retry_after: seconds },
});

/** Wakes after the reply gave up waiting for its picture. */
const later = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(resolve, 400, value));

describe('a reply', () => {
  it('answers a message, with the picture at hand', async () => {
    const { api, direct, ivan: person } = await startTelegram();
    const asked = person.sends(1001, '/metric cr');
    const outcome = await direct.reply({
      place: ivan,
      answer: ANSWER,
      replyTo: String(asked.id),
      picture: Promise.resolve(pictureOf()),
    });
    expect(outcome).toMatchObject({ kind: 'sent', hasPicture: true });
    expect(api.messages(1001).at(-1)).toMatchObject({ replyTo: asked.id, silent: false, photo: {} });
    expect(api.calls.map(({ method }) => method)).toEqual(['sendPhoto']);
  });

  it('says the text first when the picture takes longer', async () => {
    const { api, direct } = await startTelegram();
    const picture = later(pictureOf());
    const replied = direct.reply({ place: ivan, answer: ANSWER, picture, silent: true });
    const shown = await api.waitFor(() => api.messages(1001)[0]);
    expect(shown).toMatchObject({ photo: null, silent: true });
    expect(await replied).toEqual({ kind: 'sent', messageId: String(shown.id), hasPicture: true });
    expect(api.calls.map(({ method }) => method)).toEqual(['sendMessage', 'editMessageMedia']);
  });

  it('stands without a picture that cannot be drawn, soon or late', async () => {
    const { api, direct, lines } = await startTelegram();
    const soon = Promise.reject(new Error('no fonts'));
    expect(await direct.reply({ place: ivan, answer: ANSWER, picture: soon })).toMatchObject({
      kind: 'sent',
      hasPicture: false,
    });
    const late = later(0).then(() => Promise.reject(new Error('no fonts')));
    expect(await direct.reply({ place: ivan, answer: ANSWER, picture: late })).toMatchObject({
      kind: 'sent',
      hasPicture: false,
    });
    expect(await direct.reply({ place: ivan, answer: ANSWER, picture: Promise.resolve(null) })).toMatchObject(
      { kind: 'sent' },
    );
    expect(api.calls.map(({ method }) => method)).toEqual(['sendMessage', 'sendMessage', 'sendMessage']);
    expect(lines.filter((line) => line.includes('could not be drawn'))).toHaveLength(2);
  });

  it('T17 keeps the buttons that a press gave the message before its picture came', async () => {
    const { api, direct } = await startTelegram();
    const replied = direct.reply({ place: ivan, answer: ANSWER, picture: later(pictureOf()) });
    const shown = await api.waitFor(() => api.messages(1001)[0]);
    const buttons = [[{ label: '★ Starred', press: 'su.cr' }]];
    await direct.setButtons({ place: ivan, messageId: String(shown.id), buttons });
    await replied;
    const now = api.message({ chat: 1001, id: shown.id });
    expect(now?.photo).not.toBeNull();
    expect(now?.keyboard.flat().map(({ text }) => text)).toEqual(['★ Starred']);
  });

  it('keeps the text when adding the picture fails', async () => {
    const { api, direct } = await startTelegram();
    api.fail({ method: 'editMessageMedia', with: { status: 403, description: 'Forbidden: x' } });
    const outcome = await direct.reply({ place: ivan, answer: ANSWER, picture: later(pictureOf()) });
    expect(outcome).toMatchObject({ kind: 'sent', hasPicture: false });
  });

  it('redraws an earlier message', async () => {
    const { api, direct } = await startTelegram();
    const first = await direct.reply({ place: ivan, answer: ANSWER });
    if (first.kind !== 'sent') throw new Error(first.reason);
    const answer = { lines: [['done']] };
    expect(
      await direct.edit({ place: ivan, answer, ...first, picture: Promise.resolve(pictureOf()) }),
    ).toMatchObject({ kind: 'sent', hasPicture: true });
    expect(api.messages(1001)).toMatchObject([{ text: 'done', photo: {} }]);
  });

  it('T13 follows a moved group and leaves a deleted topic', async () => {
    const { api, direct } = await startTelegram();
    api.migrate(-1001, -100999);
    api.deleteTopic(-100200, 7);
    expect(await direct.reply({ place: group, answer: ANSWER })).toMatchObject({ kind: 'sent' });
    expect(api.messages(-100999)).toHaveLength(1);
    expect(
      await direct.reply({ place: { ...group, chat: '-100200', topic: 7 }, answer: ANSWER }),
    ).toMatchObject({ kind: 'sent' });
    expect(api.messages(-100200)).toMatchObject([{ topic: null }]);
  });

  it('T12 waits out a short limit, not a long one', async () => {
    const { api, direct } = await startTelegram();
    api.fail({ with: tooMany(1) });
    expect(await direct.reply({ place: ivan, answer: ANSWER })).toMatchObject({ kind: 'sent' });
    api.fail({ with: tooMany(3600) });
    expect(await direct.reply({ place: ivan, answer: ANSWER })).toMatchObject({
      kind: 'wait',
      afterMs: 3_600_000,
    });
  });

  it('is repeated with a mark when the first may have come, and gives up in the end', async () => {
    const { api, direct, lines } = await startTelegram();
    api.fail({ with: 'cut_after_accept' });
    expect(await direct.reply({ place: ivan, answer: ANSWER })).toMatchObject({ kind: 'sent' });
    expect(api.messages(1001).map(({ text }) => text.includes('↻'))).toEqual([false, true]);
    api.fail({ times: 3, with: { status: 500 } });
    expect(await direct.reply({ place: ivan, answer: ANSWER })).toMatchObject({ kind: 'retry' });
    expect(lines.join('')).toContain('an answer was not sent');
    api.fail({ with: { status: 403, description: 'Forbidden: x' } });
    expect(await direct.reply({ place: ivan, answer: ANSWER })).toMatchObject({ kind: 'gone' });
  });

  it('waits for its turn before each call', async () => {
    const turns: string[] = [];
    const reserve = async ({ chat }: TelegramPlace) => void turns.push(chat);
    const { api, direct } = await startTelegram({ direct: { reserve } });
    api.migrate(-1001, -100999);
    const sent = await direct.reply({ place: group, answer: ANSWER });
    const messageId = sent.kind === 'sent' ? sent.messageId : '';
    await direct.setButtons({ place: { ...group, chat: '-100999' }, messageId, buttons: [] });
    expect(turns).toEqual(['-1001', '-100999', '-100999']);
  });

  it('gives up its waits when it closes', async () => {
    const { api, direct } = await startTelegram();
    api.fail({ with: tooMany(20) });
    const replied = direct.reply({ place: ivan, answer: ANSWER });
    await api.waitFor(() => api.calls[0]?.ok === false);
    direct.close();
    expect(await replied).toMatchObject({ kind: 'wait' });
    expect(api.calls).toHaveLength(1);
  });
});

describe('a question', () => {
  it('opens a field to answer in, for those it names, with a hint that fits', async () => {
    const { api, direct } = await startTelegram();
    const answer = { lines: [['Until when?']], asks: { hint: `tomorrow 8:30 ${'🕗'.repeat(60)}` } };
    expect(await direct.reply({ place: group, answer })).toMatchObject({ kind: 'sent' });
    const markup = api.calls[0]?.params['reply_markup'];
    expect(markup).toMatchObject({ force_reply: true, selective: true });
    expect(JSON.stringify(markup)).toMatch(/"tomorrow 8:30 [^"]{30,49}…"/);
  });
});

describe('small calls', () => {
  it('mark a note on the message of who wrote it; false where reactions are off', async () => {
    const { api, direct, ivan: person } = await startTelegram();
    const said = person.sends(1001, 'a release');
    expect(await direct.markNoted(ivan, String(said.id))).toBe(true);
    expect(api.message(said)?.reactions).toEqual(['✍']);
    const off = { status: 400, description: 'Bad Request: REACTION_INVALID' };
    api.fail({ method: 'setMessageReaction', with: off });
    expect(await direct.markNoted(ivan, String(said.id))).toBe(false);
  });

  it('replace buttons, also with the same ones', async () => {
    const { api, direct, lines } = await startTelegram();
    const sent = await direct.reply({ place: ivan, answer: ANSWER });
    const messageId = sent.kind === 'sent' ? sent.messageId : '';
    const buttons = [
      [
        { label: 'Un-ack', press: 'u' },
        { label: 'Local', url: 'http://localhost' },
        { label: 'bad', press: '' },
      ],
    ];
    expect(await direct.setButtons({ place: ivan, messageId, buttons })).toBe(true);
    expect(await direct.setButtons({ place: ivan, messageId, buttons })).toBe(true);
    expect(api.messages(1001)[0]?.keyboard).toEqual([[{ text: 'Un-ack', callback_data: 'u' }]]);
    expect(await direct.setButtons({ place: ivan, messageId: '5', buttons })).toBe(false);
    expect(lines.join('')).toContain('changing buttons failed');
  });

  it('answer a press, again when the way failed, and cut a long toast', async () => {
    const { api, direct, ivan: person } = await startTelegram();
    const sent = await direct.reply({ place: ivan, answer: ANSWER });
    const pressed = person.presses(
      { chat: 1001, id: Number(sent.kind === 'sent' ? sent.messageId : 0) },
      'Ack',
    );
    const updates = (await channelUpdates(api.root, api.token)) as { callback_query: { id: string } }[];
    api.fail({ method: 'answerCallbackQuery', with: 'cut_before' });
    const id = updates[0]?.callback_query.id ?? '';
    expect(await direct.answerPress(id, { toast: 'x'.repeat(300), alarm: true })).toBe(true);
    expect(await pressed).toMatchObject({ answered: true, text: `${'x'.repeat(199)}…`, showAlert: true });
    expect(await direct.answerPress(id, { toast: 'again' })).toBe(false);
  });

  it('show that an answer is made, in the topic', async () => {
    const { api, direct } = await startTelegram();
    await direct.showTyping({ channel: 'telegram', chat: '-100200', topic: 7 });
    expect(api.calls[0]).toMatchObject({
      method: 'sendChatAction',
      ok: true,
      params: { action: 'typing', message_thread_id: 7 },
    });
  });
});

async function channelUpdates(root: string, token: string): Promise<unknown[]> {
  const response = await fetch(`${root}/bot${token}/getUpdates`);
  return ((await response.json()) as { result: unknown[] }).result;
}

describe('the menu of commands', () => {
  it('is set by scope and language, once', async () => {
    const { api, channel, log } = await startTelegram();
    const setMenu = createCommandMenu({ api: channel.api, log });
    const commands = [{ command: 'help', description: 'x'.repeat(300) }];
    const lists = [
      { scope: { type: 'default' as const }, commands },
      { scope: { type: 'default' as const }, languageCode: 'ru', commands },
      { scope: { type: 'chat' as const, chat: '1001' }, commands },
    ];
    await setMenu(lists);
    await setMenu(lists);
    expect(api.calls).toHaveLength(3);
    expect(api.menu({ type: 'default' }, 'ru')).toEqual([{ command: 'help', description: 'x'.repeat(256) }]);
    expect(api.menu({ type: 'chat', chat_id: '1001' })).toHaveLength(1);
  });

  it('T16 is a stranger’s again for somebody who is no longer listed', async () => {
    const { api, channel, log } = await startTelegram();
    const setMenu = createCommandMenu({ api: channel.api, log });
    const commands = [{ command: 'help', description: 'Help' }];
    const everybody = { scope: { type: 'default' as const }, commands };
    await setMenu([everybody, { scope: { type: 'chat' as const, chat: '1001' }, commands }]);
    await setMenu([everybody]);
    await setMenu([everybody]);
    expect(api.calls.map(({ method }) => method)).toEqual([
      'setMyCommands',
      'setMyCommands',
      'deleteMyCommands',
    ]);
    expect(api.menu({ type: 'chat', chat_id: '1001' })).toEqual([]);
    expect(api.menu({ type: 'default' })).toHaveLength(1);
  });

  it('that Telegram refuses is logged, the others are set, and it is tried again', async () => {
    const { api, channel, log, lines } = await startTelegram();
    const setMenu = createCommandMenu({ api: channel.api, log });
    const commands = [{ command: 'help', description: 'Help' }];
    const lists = [
      { scope: { type: 'chat' as const, chat: '77' }, commands },
      { scope: { type: 'all_group_chats' as const }, commands },
    ];
    await setMenu(lists);
    expect(lines.join('')).toContain('chat not found');
    expect(api.menu({ type: 'all_group_chats' })).toHaveLength(1);
    await setMenu(lists);
    expect(api.calls).toHaveLength(3);
  });
});
