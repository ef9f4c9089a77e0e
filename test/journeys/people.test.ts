import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MessageView } from '../../src/playground/bot-api/index.ts';
import { API_TOKEN, startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import { startMailServer, type MailServer } from '../support/mail-server.ts';
import { ANN, IVAN, metricFile, OPS, ROOM, STRANGER } from '../support/workspace.ts';

const PEOPLE = `- {email: ivan@shop.test, name: Ivan, role: admin, teams: [growth], telegram_id: ${IVAN}}
- {email: ann@shop.test, name: Ann, role: operator, teams: [growth], telegram_id: ${ANN}, locale: ru}
`;
const OLGA = '- {email: Olga@Shop.test, name: Olga, role: operator, teams: [support]}\n';

const fileOfOlga = (signal: string, name: string): string =>
  metricFile({
    name,
    teams: '[support]',
    owner: 'olga@shop.test',
    synonyms: `[${signal}]`,
    sql: `select value::numeric as value from marts.signal where name = '${signal}'`,
  });

let server: MailServer;
let bot: TestHeartbeat;

beforeAll(async () => {
  server = await startMailServer();
  bot = await startTestHeartbeat({
    files: {
      'owners.yaml': PEOPLE + OLGA,
      'metrics/tickets.yaml': fileOfOlga('tickets', 'Open tickets'),
      'metrics/refunds.yaml': fileOfOlga('refunds', 'Open refunds'),
    },
    environment: { SMTP_URL: server.url, MAIL_FROM: 'Heartbeat <hb@shop.test>' },
  });
  await bot.signal(4.5, 'tickets');
  await bot.signal(4.5, 'refunds');
}, 60_000);
afterAll(async () => {
  await bot.stop();
  await server.close();
});

const until = <T>(find: () => T | undefined | null | false): Promise<T> => bot.api.waitFor(find, 15_000);

function saying(chat: number, pattern: RegExp): MessageView | undefined {
  return bot.messages(chat).findLast((message) => message.from.isBot && pattern.test(message.text));
}

/** What the bot answers to words in a private chat, after them. */
async function answerTo(chat: number, text: string): Promise<MessageView> {
  const person = { [STRANGER]: bot.stranger, [IVAN]: bot.ivan, [ANN]: bot.ann }[chat];
  const before = bot.messages(chat).length;
  person?.sends(chat, text);
  return until(() =>
    bot
      .messages(chat)
      .slice(before)
      .find((message) => message.from.isBot),
  );
}

/** The file is in force: what it says of people counts. */
async function peopleAre(count: number): Promise<void> {
  await expect.poll(() => bot.running.deps.registry.current().people.length, { timeout: 10_000 }).toBe(count);
}

const codes = (): string[] =>
  server.mails
    .filter(({ to }) => to === 'olga@shop.test')
    .map(({ parsed }) => /^\d{4} \d{4}$/m.exec(parsed.text ?? '')?.[0] ?? '');

async function newCode(): Promise<string> {
  const known = codes().length;
  await answerTo(STRANGER, '/link olga@shop.test');
  await expect.poll(() => codes().slice(known).find(Boolean), { timeout: 15_000 }).toBeDefined();
  return codes().slice(known).find(Boolean) ?? '';
}

/** The alert recovers at the ops inbox; chat and mailbox of who is not told of it any more stay as they were. */
async function recoverUnheard(signal: string, mails = () => 0): Promise<void> {
  const shown = (): string[] => bot.messages(STRANGER).map(({ id, text }) => `${id} ${text}`);
  const before = { shown: shown(), mails: mails() };
  const count = bot.messages(OPS).length;
  await bot.signal(4.5, signal);
  await until(() =>
    bot
      .messages(OPS)
      .slice(count)
      .find(({ replyTo, text }) => replyTo && /Recovered/.test(text)),
  );
  expect({ shown: shown(), mails: mails() }).toEqual(before);
}

const mailsAbout = (alert: string): number =>
  server.mails.filter(({ parsed }) => parsed.subject?.includes(alert)).length;

describe('a person whom the file knows by mail alone', () => {
  it('T16 is a stranger in chat at first, and learns nothing but how to get in', async () => {
    const start = await answerTo(STRANGER, '/start');
    expect(start.text).toMatch(/^You do not have access here yet\.\nYour Telegram id: 6666\n/);
    expect(start.text).not.toMatch(/Corner Shop|Ivan|Olga|conversion/i);
    expect(start.keyboard.flat().map(({ text }) => text)).toEqual(['Ask for access']);
    expect((await answerTo(STRANGER, '/cockpit')).text).toMatch(/^You do not have access here yet/);
  });

  it('is asked for their address in private, not where others read it', async () => {
    bot.stranger.sends(ROOM, '/link@heartbeat_bot olga@shop.test');
    await until(() => saying(ROOM, /Write that to me in a private chat/));
    expect((await answerTo(STRANGER, '/link')).text).toMatch(/Such as: \/link ann@example\.com/);
    expect((await answerTo(STRANGER, '/link olga')).text).toMatch(/no e-mail address/);
    expect(server.mails).toEqual([]);
  });

  it('T16 hears the same of an address that is not here; no mail goes', async () => {
    const unknown = await answerTo(STRANGER, '/link somebody@else.test');
    expect((await answerTo(STRANGER, '/cancel')).text).toBe('Dropped.');
    const code = await newCode();
    const asked = saying(STRANGER, /If this address belongs here/);
    expect(asked?.text).toBe(unknown.text);
    expect(server.mails.map(({ to }) => to)).toEqual(['olga@shop.test']);
    expect(server.mails[0]?.parsed.subject).toBe('[Heartbeat] Your code for Heartbeat');
    expect(code).toMatch(/^\d{4} \d{4}$/);
    expect(server.complaints).toEqual([]);
  });

  it('is linked by the code, also after a restart and a wrong one, in the words of the question', async () => {
    await bot.restart();
    expect((await answerTo(STRANGER, '00000000')).text).toMatch(/not the code\. 4 tries are left/);
    const linked = await answerTo(STRANGER, codes().at(-1) ?? '');
    expect(linked.text).toMatch(/^✅ Linked\. Hello Olga!\noperator · olga@shop\.test · Corner Shop\n/);
    expect((await answerTo(STRANGER, '/whoami')).text).toMatch(/Telegram 6666 \(linked \d+ \w+ 2\d+\)/);
  });

  it('leaves the code in no log, and in nothing that the API tells', async () => {
    const code = codes().at(-1) ?? '';
    const headers = { authorization: `Bearer ${API_TOKEN}` };
    const answer = await fetch(`${bot.running.url}/api/deliveries`, { headers });
    const told = await answer.text();
    expect(told).toContain('link_code');
    for (const form of [code, code.replace(' ', '')]) {
      expect(told).not.toContain(form);
      expect(bot.logged()).not.toContain(form);
    }
    const log = await answerTo(IVAN, '/log');
    expect(log.text).toMatch(/link code → olga@shop\.test/);
    expect(log.text).not.toContain(code);
  });

  it('gets the alerts of their metric from then on, and acks them', async () => {
    await bot.signal(3.1, 'tickets');
    const alert = await until(() => saying(STRANGER, /🔴 Open tickets/));
    expect(await bot.stranger.presses(alert, /Ack/)).toMatchObject({ answered: true });
    await until(() => saying(STRANGER, /acked by Olga/));
    await bot.signal(4.5, 'tickets');
    // the reply comes after the edit of the alert's own message
    await until(() => bot.messages(STRANGER).find(({ replyTo, text }) => replyTo && /Recovered/.test(text)));
    expect(bot.messages(OPS).some(({ text }) => /Open tickets/.test(text))).toBe(false);
  });

  it('loses everything with the entry in the file: what is open goes to the ops inbox at once', async () => {
    await answerTo(STRANGER, '/star tickets');
    expect((await answerTo(STRANGER, '/watchlist create mine tickets')).text).toMatch(/mine/);
    await bot.signal(3.1, 'tickets');
    await until(() => saying(STRANGER, /🔴 Open tickets/));
    await expect.poll(() => mailsAbout('A-1002'), { timeout: 15_000 }).toBe(1);
    await bot.workspace.write('owners.yaml', PEOPLE);
    await peopleAre(2);
    const told = await until(() => saying(OPS, /🔴 Open tickets/));
    expect(told.text).toMatch(/unowned/i);
    expect((await answerTo(STRANGER, '/whoami')).text).toMatch(/^You do not have access here yet/);
    await recoverUnheard('tickets', () => mailsAbout('A-1002'));
  });

  it('begins anew when the entry comes back', async () => {
    await bot.workspace.write('owners.yaml', PEOPLE + OLGA);
    await peopleAre(3);
    expect((await answerTo(STRANGER, '/whoami')).text, 'the link ended').toMatch(/^You do not have access/);
    const code = await newCode();
    expect((await answerTo(STRANGER, code)).text).toMatch(/^✅ Linked\. Hello Olga!/);
    expect((await answerTo(STRANGER, '/watchlist')).text).not.toMatch(/mine/);
  });

  it('loses a chat by /unlink: what is open goes to the ops inbox at once, and the chat hears no more', async () => {
    await bot.signal(3.1, 'refunds');
    await until(() => saying(STRANGER, /🔴 Open refunds/));
    expect((await answerTo(STRANGER, '/unlink')).text).toMatch(/linked to nobody any more/);
    await until(() => saying(OPS, /🔴 Open refunds/));
    await recoverUnheard('refunds');
  });
});

describe('asking for access', () => {
  it('shows the admin a wish, and who asked the answer; the file decides', async () => {
    const start = await answerTo(STRANGER, '/start');
    const asked = await bot.stranger.presses(start, /Ask for access/);
    expect(asked).toMatchObject({
      answered: true,
      text: 'You have asked for access. The answer comes here.',
    });
    const again = await bot.stranger.presses(start, { data: '1:xa' });
    expect(again.answered && again.text).toMatch(/asked already/);
    const wish = await until(() => saying(IVAN, /🙋 Mallory asks for access/));
    expect(bot.messages(ANN).some(({ text }) => /Mallory/.test(text))).toBe(false);
    expect(await bot.ivan.presses(wish, /Viewer/)).toMatchObject({ answered: true });
    const entry = await until(() => saying(IVAN, /telegram_id: 6666/));
    expect(entry.text).toMatch(/name: "Mallory"\n {2}role: viewer\n/);
    await until(() => saying(STRANGER, /^You are being let in/));
    expect((await answerTo(STRANGER, '/cockpit')).text).toMatch(/^You do not have access here yet/);
    const late = await bot.ivan.presses(wish, { data: '1:xd:1:n' });
    expect(late.answered && late.text).toMatch(/Ivan has decided that already/);
  });

  it('T16 lets a stranger press nothing else', async () => {
    const start = await answerTo(STRANGER, '/start');
    for (const data of ['1:xd:1:o', '1:k', '1:a:1001:1']) {
      const pressed = await bot.stranger.presses(start, { data });
      expect(pressed.answered && pressed.text).toMatch(/not in this workspace|no access|access/i);
    }
  });
});

describe('settings by chat', () => {
  it('change the language of answers, alerts and menus, and go back to the file', async () => {
    const english = await answerTo(ANN, '/lang en');
    expect(english.text).toBe('✅ Your language: English (said by you).');
    const menus = () =>
      bot.api.calls.findLast(
        ({ method, params }) =>
          method === 'setMyCommands' && JSON.stringify(params).includes(`\\"chat_id\\":\\"${ANN}\\"`),
      ) ??
      bot.api.calls.findLast(
        ({ method, params }) => method === 'setMyCommands' && JSON.stringify(params).includes(String(ANN)),
      );
    await until(() => JSON.stringify(menus()?.params).includes('open alerts'));
    expect((await answerTo(ANN, '/lang file')).text).toBe('✅ Ваш язык: Русский (owners.yaml).');
    expect((await answerTo(ANN, '/lang klingon')).text).toMatch(/Говорю на en и ru, а «klingon» не знаю/);
  });

  it('change zone and quiet hours, and /whoami tells where each comes from', async () => {
    expect((await answerTo(ANN, '/tz belgrade')).text).toBe(
      '✅ Ваш часовой пояс: Europe/Belgrade (сказали вы).',
    );
    expect((await answerTo(ANN, '/quiet 22-7')).text).toBe('✅ Ваши тихие часы: 22:00–07:00 (сказали вы).');
    expect((await answerTo(ANN, '/whoami')).text).toMatch(
      /Русский \(owners\.yaml\) · Europe\/Belgrade \(сказали вы\)\nТихие часы: 22:00–07:00 \(сказали вы\)/,
    );
    expect((await answerTo(ANN, '/quiet later')).text).toMatch(/Не понимаю часы «later»/);
    expect((await answerTo(ANN, '/tz Atlantis')).text).toMatch(/Не знаю часового пояса «Atlantis»/);
    expect((await answerTo(ANN, '/quiet')).text).toMatch(/22:00–07:00 \(сказали вы\)\.\nСменить: /);
  });
});
