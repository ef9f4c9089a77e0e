import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sql } from '../../src/db/index.ts';
import type { MessageView, Person, PressResult } from '../../src/playground/bot-api/index.ts';
import { API_TOKEN, startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import { ANN, IVAN, ROOM } from '../support/workspace.ts';

let bot: TestHeartbeat;

/** A program of its own for each group of tests, with one red alert in Ivan's chat and in the room. */
function withRedAlert(): void {
  beforeAll(async () => {
    bot = await startTestHeartbeat();
    await bot.signal(3.1);
    await until(() => shows(IVAN, /🔴/) && shows(ROOM, /🔴/));
  }, 60_000);
  afterAll(async () => {
    // a press on a menu that was never opened puts back the buttons that are there; one reaction is refused on purpose
    const refused = bot.api.calls.filter(
      (call) =>
        call.ok === false &&
        call.method !== 'getUpdates' &&
        !/not modified|REACTION_INVALID/.test(call.error ?? ''),
    );
    await bot.stop();
    expect(refused.map((call) => `${call.method} ${JSON.stringify(call.params)}: ${call.error}`)).toEqual([]);
  });
}

const until = <T>(find: () => T | undefined | null | false): Promise<T> => bot.api.waitFor(find, 15_000);

function alertIn(chat: number): MessageView {
  const found = bot.messages(chat).find((message) => message.from.isBot && message.replyTo === null);
  if (!found) throw new Error(`There is no alert in ${chat}.`);
  return found;
}

function shows(chat: number, pattern: RegExp): boolean {
  return bot.messages(chat).some((one) => one.from.isBot && one.replyTo === null && pattern.test(one.text));
}

/** The newest message of the bot that says something. */
function saying(chat: number, pattern: RegExp): MessageView | undefined {
  return bot.messages(chat).findLast((message) => message.from.isBot && pattern.test(message.text));
}

/** Presses a button of a menu that an edit may have closed again: a phone shows it as long. */
function pressKind(person: Person, chat: number, code: string): Promise<PressResult> {
  const data = alertIn(chat)
    .keyboard.flat()
    .flatMap((button) => button.callback_data ?? [])
    .find((one) => /^1:(a|u|w):\d+:\d+$/.test(one));
  return person.presses(alertIn(chat), { data: data?.replace(/^1:\w+:/, `1:${code}:`) ?? '' });
}

async function alertOfApi(): Promise<Record<string, unknown>> {
  const headers = { authorization: `Bearer ${API_TOKEN}` };
  const states = 'firing,acked,snoozed,resolved';
  const answer = await fetch(`${bot.running.url}/api/alerts?state=${states}`, { headers });
  const { items } = (await answer.json()) as { items: Record<string, unknown>[] };
  return items[0] ?? {};
}

/** Everything that this person wrote in this chat before has been taken. */
async function afterAllOf(person: Person, chat: number): Promise<void> {
  const before = bot.messages(chat).length;
  person.sends(chat, '/whoami');
  await until(() =>
    bot
      .messages(chat)
      .slice(before)
      .some((message) => /@shop\.test|operator|approver|оператор|согласующий/.test(message.text)),
  );
}

describe('a snooze until a time that somebody says in a group', () => {
  withRedAlert();
  let question: MessageView;

  it('is asked for by name, with a field to answer in', async () => {
    expect(await pressKind(bot.ivan, ROOM, 'sq')).toMatchObject({ answered: true, text: '' });
    question = await until(() => saying(ROOM, /Until when/));
    expect(question.text).toMatch(
      /^Ivan, ❓ Until when shall it be silent\?\nCheckout conversion · A-1001\n/,
    );
    expect(question.replyTo).toBe(alertIn(ROOM).id);
    const asked = bot.api.calls.find(({ params }) => JSON.stringify(params).includes('force_reply'));
    expect(asked?.params).toMatchObject({
      chat_id: ROOM,
      reply_markup: { force_reply: true, selective: true },
    });
  });

  it('T16 is not answered by another member of the group', async () => {
    bot.ann.replies(question, '5h');
    bot.ann.sends(ROOM, '5h');
    await afterAllOf(bot.ann, ROOM);
    expect(await alertOfApi()).toMatchObject({ state: 'firing', snoozed_until: null });
  });

  it('T17 leaves presses and commands to work meanwhile', async () => {
    expect(await bot.ivan.presses(alertIn(ROOM), /Why/)).toMatchObject({ answered: true });
    await until(() => saying(ROOM, /lower is worse/));
    await afterAllOf(bot.ivan, ROOM);
  });

  it('T09 goes on after a restart: asks again for what it cannot read, then says the instant, and every place shows it', async () => {
    await bot.restart();
    bot.ivan.replies(question, 'when I am back');
    const again = await until(() => saying(ROOM, /cannot read “when I am back”/));
    bot.ivan.replies(again, 'tomorrow 8:30');
    const done = await until(() => saying(ROOM, /Silent until/));
    const expected = DateTime.now()
      .setZone('Europe/Madrid')
      .plus({ days: 1 })
      .set({ hour: 8, minute: 30, second: 0, millisecond: 0 });
    expect(done.text).toMatch(/💤 Snoozed · Checkout conversion · A-1001\nSilent until \w{3} 08:30;/);
    expect(await alertOfApi()).toMatchObject({
      state: 'snoozed',
      snoozed_by: 'ivan@shop.test',
      snoozed_until: expected.toUTC().toISO(),
    });
    await until(() => shows(ROOM, /snoozed by Ivan until/) && shows(IVAN, /snoozed by Ivan until/));
  });

  it('is over then: the same words again are nobody’s answer', async () => {
    const before = await alertOfApi();
    bot.ivan.replies(question, '2h');
    await afterAllOf(bot.ivan, ROOM);
    expect(await alertOfApi()).toMatchObject({ version: before['version'] });
  });
});

describe('a question in private', () => {
  withRedAlert();

  it('is left by /cancel, which says so', async () => {
    await pressKind(bot.ivan, IVAN, 'sq');
    await until(() => saying(IVAN, /❓ Until when/));
    bot.ivan.sends(IVAN, '/cancel');
    await until(() => saying(IVAN, /^Dropped\.$/));
    bot.ivan.sends(IVAN, '3h');
    await until(() => saying(IVAN, /No metric is called “3h”/));
    bot.ivan.sends(IVAN, '/cancel');
    await until(() => saying(IVAN, /Nothing to drop/));
    expect(await alertOfApi()).toMatchObject({ state: 'firing' });
  });

  it('is over after ten minutes', async () => {
    await pressKind(bot.ivan, IVAN, 'sq');
    await until(() => bot.messages(IVAN).filter(({ text }) => /❓ Until when/.test(text)).length === 2);
    const { db } = bot.running.deps;
    const changed = await db.prisma.$executeRaw(
      sql`update heartbeat.conversation set expires_at = expires_at - interval '10 minutes'`,
    );
    expect(changed).toBe(1);
    bot.ivan.sends(IVAN, '5h');
    await until(() => saying(IVAN, /No metric is called “5h”/));
  });

  it('T10 tells that somebody took the alert meanwhile, and changes nothing', async () => {
    await pressKind(bot.ivan, IVAN, 'sq');
    await until(() => bot.messages(IVAN).filter(({ text }) => /❓ Until when/.test(text)).length === 3);
    const acked = await bot.ann.presses(alertIn(ROOM), /Ack/);
    expect(acked).toMatchObject({ answered: true });
    bot.ivan.sends(IVAN, 'monday');
    await until(() => saying(IVAN, /Already acked by Ann/));
    expect(await alertOfApi()).toMatchObject({ state: 'acked', acked_by: 'ann@shop.test' });
  });

  it('is not put to who may not snooze, and a stale button says so', async () => {
    const viewer = await pressKind(bot.vera, ROOM, 'sq');
    expect(viewer).toMatchObject({ answered: true, showAlert: true });
    const stale = await bot.ivan.presses(alertIn(IVAN), { data: '1:sq:1001:1' });
    expect(stale.answered && stale.text).toMatch(/has changed since/);
  });
});

describe('choices of the snooze menu and words of commands', () => {
  withRedAlert();

  it('offers spans, the next working day and a question, in the language of who pressed', async () => {
    await bot.ann.presses(alertIn(ROOM), (button) => button.text === '💤 …');
    const labels = await until(() => {
      const texts = alertIn(ROOM)
        .keyboard.flat()
        .map(({ text }) => text);
      return texts.some((text) => text.includes('рабочий день')) && texts;
    });
    expect(labels.map((label) => label.replaceAll('\u202f', ' '))).toEqual([
      '💤 15 мин',
      '💤 1 ч',
      '💤 4 ч',
      '💤 Следующий рабочий день 09:00',
      '💤 до…',
      '← Назад',
    ]);
  });

  it('snoozes until 09:00 of a working day in the zone of who pressed', async () => {
    const pressed = await pressKind(bot.ivan, IVAN, 'sw');
    expect(pressed.answered && pressed.text).toMatch(/Silent until .*09:00/);
    const { snoozed_until: until } = await alertOfApi();
    const at = DateTime.fromISO(String(until), { zone: 'Europe/Madrid' });
    expect(at.toFormat('HH:mm')).toBe('09:00');
    expect(at.weekday).toBeLessThanOrEqual(5);
    expect(at.diffNow('days').days).toBeLessThanOrEqual(3.1);
  });

  it('takes a time in words after an alert, in Russian too, and gives it back by /unack', async () => {
    bot.ann.sends(ANN, '/snooze A-1001 до завтра 8:30');
    await until(() => saying(ANN, /Молчит до .*08:30/));
    bot.ann.sends(ANN, '/ack cr');
    await until(() => saying(ANN, /В работе/));
    bot.ann.sends(ANN, '/unack');
    await until(() => saying(ANN, /Снято с работы/));
    bot.ann.sends(ANN, '/snooze cr until doomsday');
    await until(() => saying(ANN, /Не понимаю время «until doomsday»/));
    expect(await alertOfApi()).toMatchObject({ state: 'firing' });
  });
});

describe('notes and feedback', () => {
  withRedAlert();

  it('takes an answer to the alert as a note, shows it in every place, and marks it', async () => {
    await until(() => alertIn(ROOM).photo && alertIn(IVAN).photo);
    const drawings = () => bot.api.calls.filter(({ method }) => method === 'editMessageMedia').length;
    const before = drawings();
    const said = bot.ann.replies(alertIn(ROOM), 'a release is <being> rolled back');
    await until(
      () => shows(ROOM, /✍️ Ann, [\d:]+: a release is <being> rolled back/) && shows(IVAN, /✍️ Ann/),
    );
    await until(() => bot.api.message({ chat: ROOM, id: said.id })?.reactions.includes('✍'));
    expect(await alertOfApi()).toMatchObject({
      note_count: 1,
      notes: [{ by: 'ann@shop.test', text: 'a release is <being> rolled back' }],
      state: 'firing',
      version: 1,
    });
    expect(drawings(), 'a person waits: the picture is left alone').toBe(before);
    bot.ann.edits(said, 'something else');
    await afterAllOf(bot.ann, ROOM);
    expect(await alertOfApi()).toMatchObject({ note_count: 1 });
  });

  it('takes it by command too, cut with a word, and /why shows it', async () => {
    bot.ivan.sends(IVAN, `/note A-1001 "quoted" ${'x'.repeat(1_200)}`);
    await until(() =>
      saying(IVAN, /✍️ Noted under A-1001, Checkout conversion\.\nIt was longer than 1,?000/),
    );
    const { notes } = (await alertOfApi()) as { notes: { text: string }[] };
    expect(notes[0]?.text).toMatch(/^"quoted" x+…$/);
    expect(notes[0]?.text).toHaveLength(1_000);
    bot.ivan.sends(IVAN, '/why cr');
    await until(() => saying(IVAN, /lower is worse[\s\S]*✍️ Ivan, [\s\S]*✍️ Ann, /));
  });

  it('says so in words where reactions are off', async () => {
    const off = { status: 400, description: 'Bad Request: REACTION_INVALID' };
    bot.api.fail({ method: 'setMessageReaction', with: off });
    const said = bot.ivan.replies(alertIn(IVAN), 'third');
    const noted = await until(() => saying(IVAN, /^✍️ Noted under A-1001, Checkout conversion\.$/));
    expect(noted.replyTo).toBe(said.id);
  });

  it('T16 takes none from a viewer or a stranger, and says why', async () => {
    bot.vera.replies(alertIn(ROOM), 'may I?');
    await until(() => saying(ROOM, /takes the role operator/));
    bot.stranger.replies(alertIn(ROOM), 'hello');
    await until(() => saying(ROOM, /do not have access here/));
    expect(await alertOfApi()).toMatchObject({ note_count: 3 });
  });

  it('asks, when it is over, whether it was worth it: one verdict a person, which may change', async () => {
    await bot.signal(4.5);
    await until(() => shows(ROOM, /Recovered/) && shows(IVAN, /Recovered/));
    await until(() =>
      alertIn(IVAN)
        .keyboard.flat()
        .some(({ text }) => text === '👎 Noise'),
    );
    expect(await bot.ivan.presses(alertIn(IVAN), /Noise/)).toMatchObject({ text: 'Thank you: noise.' });
    expect(await bot.ann.presses(alertIn(ROOM), /Real/)).toMatchObject({ text: 'Спасибо: по делу.' });
    await until(() => shows(IVAN, /\n👍 1 · 👎 1/) && shows(ROOM, /\n👍 1 · 👎 1/));
    expect(await bot.ann.presses(alertIn(ROOM), /Noise/)).toMatchObject({ text: 'Спасибо: шум.' });
    expect(await bot.ann.presses(alertIn(ROOM), /Noise/)).toMatchObject({
      text: expect.stringMatching(/уже отметили/),
    });
    await until(() => shows(IVAN, /\n👎 2/) && shows(ROOM, /\n👎 2/));
    expect(await bot.vera.presses(alertIn(ROOM), /Real/)).toMatchObject({ showAlert: true });
    expect(await alertOfApi()).toMatchObject({ feedback: { real: 0, noise: 2 } });
  });

  it('takes an answer to what the bot said under the alert for a note as well', async () => {
    const reply = await until(() =>
      bot.messages(IVAN).find((one) => one.replyTo === alertIn(IVAN).id && /Recovered/.test(one.text)),
    );
    bot.ivan.replies(reply, 'it was the payment provider');
    await until(() => shows(ROOM, /payment provider/) && shows(IVAN, /payment provider/));
    expect(await alertOfApi()).toMatchObject({ state: 'resolved', note_count: 4 });
  });
});
