import { describe, expect, it, vi } from 'vitest';
import { createEventStream } from '../../src/playground/event-stream.ts';
import { ANN, IVAN, person, PIXEL, readEvents, registry, ROOM, startStage } from './stage.ts';

/** In which Telegram's budget of calls fills up. */
const A_MINUTE = 60_000;

describe('events', () => {
  it('begin with everything: people, chats, messages, menus, status', async () => {
    const stage = await startStage();
    await stage.call('setMyCommands', { commands: [{ command: 'help', description: 'what you may do' }] });
    await stage.call('sendMessage', { chat_id: ROOM, text: '<b>Red</b>', parse_mode: 'HTML' });
    const response = await stage.get('/play/events');
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/);
    expect(response.headers.get('cache-control')).toBe('no-store');
    const page = readEvents(response);
    const snapshot = await page.snapshot();
    expect(page.raw()).toMatch(/^retry: \d+\nid: \d+\ndata: /);
    expect(snapshot.people.map(({ id }) => id)).toEqual([IVAN, ANN]);
    expect(snapshot.workspace).toEqual({ name: 'Corner Shop', timezone: 'Europe/Madrid' });
    expect(snapshot.menus[String(ROOM)]).toEqual([{ command: 'help', description: 'what you may do' }]);
    expect(snapshot.messages).toMatchObject([
      {
        chat: ROOM,
        text: 'Red',
        entities: [{ type: 'bold', offset: 0, length: 3 }],
        from: { name: 'Heartbeat', isBot: true },
        edited: false,
        photo: null,
      },
    ]);
  });

  it('tell of messages, edits, deletions, typing and menus as they come, to every page', async () => {
    const stage = await startStage();
    const pages = [await stage.listen(), await stage.listen()];
    for (const page of pages) await page.snapshot();
    const { message_id: id } = await stage.call('sendMessage', { chat_id: ROOM, text: 'one' });
    await stage.call('editMessageText', { chat_id: ROOM, message_id: id, text: 'two' });
    await stage.call('sendChatAction', { chat_id: ROOM, action: 'typing' });
    await stage.call('deleteMessage', { chat_id: ROOM, message_id: id });
    await stage.call('setMyCommands', { commands: [{ command: 'why', description: 'why it alerts' }] });
    for (const page of pages) {
      expect(await page.next()).toMatchObject({ kind: 'message', isNew: true, message: { id, text: 'one' } });
      expect(await page.next()).toMatchObject({ isNew: false, message: { id, text: 'two', edited: true } });
      expect(await page.next()).toEqual({ kind: 'typing', chat: ROOM });
      expect(await page.next()).toEqual({ kind: 'gone', chat: ROOM, id });
      expect(await page.next()).toMatchObject({ kind: 'menus' });
    }
  });

  it('mark as edited what says something else, not new buttons and not a picture that came later', async () => {
    const stage = await startStage();
    const page = await stage.listen();
    const keyboard = { inline_keyboard: [[{ text: 'Ack', callback_data: 'a' }]] };
    const { message_id: id } = await stage.call('sendMessage', { chat_id: ROOM, text: 'Red' });
    await stage.call('editMessageReplyMarkup', { chat_id: ROOM, message_id: id, reply_markup: keyboard });
    const media = { type: 'photo', media: 'attach://photo', caption: 'Red' };
    await stage.call('editMessageMedia', { chat_id: ROOM, message_id: id, media }, PIXEL);
    stage.clock.skip(A_MINUTE);
    await stage.call('editMessageCaption', { chat_id: ROOM, message_id: id, caption: 'Acked' });
    const marks = [];
    for (let count = 0; count < 4; count += 1) marks.push((await page.message()).edited);
    expect(marks).toEqual([false, false, false, true]);
  });

  it('carry markup of people as text', async () => {
    const stage = await startStage();
    const page = await stage.listen();
    const text = '<img src=x onerror=alert(1)></script>';
    await stage.post('/play/send', { person: IVAN, chat: ROOM, text });
    expect(await page.message()).toMatchObject({ text, entities: [] });
  });

  it('begin anew with people whom the files have gained', async () => {
    const stage = await startStage();
    stage.setRegistry(registry({ people: [...registry().people, person('Vera', 1003)] }));
    const { people } = await (await stage.listen()).snapshot();
    expect(people.map(({ name }) => name)).toEqual(['Ivan', 'Ann', 'Vera']);
    await stage.post('/play/send', { person: 1003, chat: ROOM, text: '/help' });
    const [update] = await stage.updates();
    expect(update?.['message']).toMatchObject({ from: { id: 1003 } });
  });

  it('offer a person’s own menu before those of private chats, and the person’s language first', async () => {
    const stage = await startStage();
    const set = (description: string, more: object) =>
      stage.call('setMyCommands', { commands: [{ command: 'help', description }], ...more });
    await set('for all', {});
    await set('для всех', { language_code: 'ru' });
    await set('in groups', { scope: { type: 'all_group_chats' } });
    await set('for Ivan', { scope: { type: 'chat', chat_id: IVAN } });
    const { menus } = await (await stage.listen()).snapshot();
    const shown = [IVAN, ANN, ROOM].map((chat) => menus[String(chat)]?.[0]?.description);
    expect(shown).toEqual(['for Ivan', 'для всех', 'in groups']);
  });

  it('end when the playground closes', async () => {
    const stage = await startStage();
    const page = await stage.listen();
    await page.snapshot();
    await stage.close();
    expect(await page.ended()).toBe(true);
  });
});

describe('the stream of events', () => {
  const typing = { kind: 'typing', chat: 1 } as const;

  it('says from time to time that it is there', async () => {
    vi.useFakeTimers();
    const stream = createEventStream();
    const page = readEvents(stream.open(() => typing));
    await page.next();
    vi.advanceTimersByTime(15_000);
    stream.send(typing);
    await page.next();
    expect(page.raw()).toContain(': still here');
    stream.close();
    vi.useRealTimers();
  });

  it('cuts a page off that does not read, and forgets one that left', async () => {
    const stream = createEventStream();
    const slow = stream.open(() => typing);
    for (let count = 0; count < 1_000; count += 1) stream.send(typing);
    expect(stream.count).toBe(0);
    await slow.body?.cancel();
    const page = readEvents(stream.open(() => typing));
    await page.next();
    expect(stream.count).toBe(1);
    await page.leave();
    expect(stream.count).toBe(0);
    stream.close();
  });
});
