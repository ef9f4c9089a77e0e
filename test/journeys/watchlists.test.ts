import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageView, Person } from '../../src/playground/bot-api/index.ts';
import { API_TOKEN, startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import { ANN, IVAN, metricFile, ROOM, STRANGER, VERA } from '../support/workspace.ts';

let bot: TestHeartbeat;

const until = <T>(find: () => T | undefined | null | false): Promise<T> => bot.api.waitFor(find, 15_000);

/** Says something and gives the bot's next message there that fits. */
async function ask(person: Person, chat: number, text: string, pattern: RegExp): Promise<MessageView> {
  const before = bot.messages(chat).length;
  person.sends(chat, text);
  return until(() =>
    bot
      .messages(chat)
      .slice(before)
      .find((message) => message.from.isBot && pattern.test(message.text)),
  );
}

async function press(
  person: Person,
  message: MessageView,
  label: RegExp,
  pattern: RegExp,
): Promise<MessageView> {
  const before = bot.messages(message.chat).length;
  expect(await person.presses(message, label)).toMatchObject({ answered: true });
  return until(() =>
    bot
      .messages(message.chat)
      .slice(before)
      .find((one) => one.from.isBot && pattern.test(one.text)),
  );
}

const labelsOf = (message: MessageView): string[] => message.keyboard.flat().map(({ text }) => text);

beforeAll(async () => {
  const many = Object.fromEntries(
    Array.from({ length: 51 }, (_, n): [string, string] => [
      `metrics/many_${n}.yaml`,
      metricFile({
        name: `Many ${n}`,
        teams: '[bulk]',
        domain: 'bulk',
        synonyms: null,
        period: '1h',
        tags: '[bulk]',
      }),
    ]),
  );
  bot = await startTestHeartbeat({
    files: {
      'metrics/kyc_backlog.yaml': metricFile({
        name: 'KYC backlog',
        teams: '[risk]',
        domain: 'risk',
        synonyms: null,
      }),
      ...many,
    },
  });
}, 60_000);
afterAll(() => bot?.stop());

describe('a watchlist that two people use', () => {
  let payload = '';

  it('T16 is made in the group by its asker’s words alone, over a restart', { timeout: 60_000 }, async () => {
    const question = await ask(
      bot.ann,
      ROOM,
      '/watchlist create team growth "week start"',
      /Какие показатели/,
    );
    expect(question.text).toMatch(/Список week start создан/);
    const asked = bot.api.calls.findLast(({ params }) => JSON.stringify(params).includes('force_reply'));
    expect(asked?.params).toMatchObject({ reply_markup: { force_reply: true, selective: true } });
    expect(question.replyTo).not.toBeNull();
    bot.ivan.replies(question, 'cr');
    await ask(bot.ivan, ROOM, '/watchlist week start', /week start.*no metrics yet/);
    await bot.restart();
    bot.ann.replies(question, 'cr, nonsense');
    const again = await until(() =>
      bot.messages(ROOM).find((one) => /Показателя «nonsense» нет/.test(one.text)),
    );
    bot.ann.replies(again, 'kyc');
    await until(() => bot.messages(ROOM).find((one) => /Добавлен 1 показатель в week start/.test(one.text)));
    const drawn = await ask(bot.vera, VERA, '/watchlist week', /week start/);
    expect(drawn.text).toMatch(/2 green/);
    await until(() => bot.messages(VERA).find((one) => one.id === drawn.id)?.photo);
    expect(labelsOf(drawn)).toEqual([]);
  });

  it('refuses a viewer, and the fifty-first metric, with a word', async () => {
    const refused = await ask(bot.vera, VERA, '/watchlist add week cr', /takes the role operator/);
    expect(refused.text).toMatch(/yours is viewer/);
    await ask(bot.ann, ANN, '/watchlist create много', /Какие показатели/);
    await ask(bot.ann, ANN, 'tag:bulk', /В списке не больше 50 показателей: здесь уже 0, и ещё 51/);
    await ask(bot.ann, ANN, '/watchlist add много tag:bulk', /не больше 50/);
  });

  it('is shared by a link that opens it for members, and for nobody else', async () => {
    const shared = await ask(bot.ann, ANN, '/watchlist share week start', /t\.me/);
    [, payload = ''] = /t\.me\/heartbeat_bot\?start=(\S+)/.exec(shared.text) ?? [];
    expect(payload).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
    const refused = await ask(bot.stranger, STRANGER, `/start ${payload}`, /do not have access/);
    expect(refused.text).not.toMatch(/week/);
    const opened = await ask(bot.vera, VERA, `/start ${payload}`, /week start/);
    expect(labelsOf(opened)).toEqual(['📑 Follow a copy']);
    await press(bot.vera, opened, /Follow a copy/, /week start is your own copy now/);
    await press(bot.vera, opened, /Follow a copy/, /You have a copy of it already/);
    const lists = await ask(bot.vera, VERA, '/watchlist', /Watchlists/);
    expect(labelsOf(lists)).toEqual(['📋 week start']);
    const token = payload.slice('wl_'.length);
    const page = `${bot.running.url}/cockpit?watchlist=${token}`;
    expect((await fetch(page)).status).toBe(401);
    const read = await fetch(page, { headers: { authorization: `Bearer ${API_TOKEN}` } });
    expect(await read.text()).toContain('<h1>week start</h1>');
  });

  it('is deleted and brought back by its button; its link opens it again', async () => {
    const deleted = await ask(bot.ivan, IVAN, '/watchlist delete week start', /week start is deleted/);
    await ask(bot.vera, VERA, `/start ${payload}`, /There is no such watchlist/);
    await press(bot.ivan, deleted, /Undo/, /week start is back/);
    await ask(bot.vera, VERA, `/start ${payload}`, /week start/);
    expect(await bot.ivan.presses(deleted, /Undo/)).toMatchObject({
      answered: true,
      text: expect.stringContaining('is not deleted'),
    });
  });
});

describe('stars and scopes', () => {
  it('T17 puts a star by the card’s button, which then takes it away', async () => {
    const card = await ask(bot.vera, VERA, '/metric kyc', /KYC backlog/);
    const now = (): MessageView => bot.messages(VERA).find(({ id }) => id === card.id) ?? card;
    // a picture that comes while somebody presses brings the new buttons too, and the call for them alone changes nothing
    await until(() => now().photo);
    expect(await bot.vera.presses(card, /☆ Star/)).toMatchObject({ answered: true });
    await until(() => labelsOf(now()).includes('★ Starred'));
    const cockpit = await ask(bot.vera, VERA, '/cockpit', /Corner Shop/);
    expect(cockpit.text).toMatch(/🟢 KYC backlog/u);
    expect(await bot.vera.presses(now(), /★ Starred/)).toMatchObject({ answered: true });
    await until(() => labelsOf(now()).includes('☆ Star'));
    await ask(bot.vera, VERA, '/star', /You have not starred anything yet/);
  });

  it('shows a room its own team first, with everything behind a button', async () => {
    const cockpit = await ask(bot.vera, ROOM, '/cockpit', /Corner Shop · growth · 1 green/);
    const all = await press(bot.vera, cockpit, /Everything/, /Corner Shop · .*green/);
    expect(all.text).not.toMatch(/Corner Shop · growth/);
    await ask(bot.vera, VERA, '/team risk', /👥 risk\nPeople: nobody\nRooms: none\nMetrics: 1 green/u);
  });

  it('had no message refused by Telegram', () => {
    const refused = bot.api.calls.filter((call) => call.ok === false && call.method !== 'getUpdates');
    expect(refused.map((call) => `${call.method} ${JSON.stringify(call.params)}: ${call.error}`)).toEqual([]);
  });
});
