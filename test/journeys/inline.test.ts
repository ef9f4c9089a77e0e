import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { InlineAnswer, Person } from '../../src/playground/bot-api/index.ts';
import { startTestHeartbeat, type TestHeartbeat } from '../support/heartbeat.ts';
import { IVAN, metricFile, OPS, ROOM, STRANGER } from '../support/workspace.ts';

const WORKSPACE = `name: Corner Shop
timezone: Europe/Madrid
rooms:
  - {telegram: ${ROOM}, teams: [growth]}
ops_inbox: {telegram: ${OPS}}
`;
const WITH_INLINE = `${WORKSPACE}policies: {inline: true}\n`;

let bot: TestHeartbeat;

const until = <T>(find: () => T | undefined | null | false): Promise<T> => bot.api.waitFor(find, 15_000);

async function offered(person: Person, text: string): Promise<InlineAnswer> {
  const asked = await person.asksInline(text);
  if (!asked.answered) throw new Error(`nobody answered ${text}`);
  return asked;
}

/** Numbers and their units are held together by narrow spaces. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/gu, ' ');
const titlesOf = ({ results }: InlineAnswer): string[] => results.map(({ title }) => plain(title));
const wantsInline = (): boolean =>
  JSON.stringify(
    bot.api.calls.findLast(({ method }) => method === 'getUpdates')?.params['allowed_updates'],
  ).includes('inline_query');

beforeAll(async () => {
  const slow = { period: '1h', synonyms: null };
  bot = await startTestHeartbeat({
    files: {
      'workspace.yaml': WORKSPACE,
      // its reading stays the same all the while, and so does its picture
      'metrics/conversion.yaml': metricFile({ period: '1h' }),
      'metrics/kyc_backlog.yaml': metricFile({ name: 'KYC backlog', ...slow }),
      'metrics/payouts.yaml': metricFile({ name: 'Payouts', ...slow, norm_value: '9', alert_value: '8' }),
    },
  });
  bot.ivan.sends(IVAN, '/metric payouts');
  await until(() => bot.messages(IVAN).find(({ text }) => /🔴 Payouts/u.test(text)));
}, 60_000);
afterAll(() => bot?.stop());

describe('the bot’s name, typed in any chat', () => {
  it('asks Telegram for nothing and offers nothing until the workspace wants that', async () => {
    expect(wantsInline()).toBe(false);
    expect(await bot.ivan.asksInline('cr', { timeoutMs: 300 })).toEqual({ answered: false });
    await bot.workspace.write('workspace.yaml', WITH_INLINE);
    await until(() => bot.logged().includes('the workspace changed'));
    // an update ends the request that Telegram holds open; the next one asks for inline queries
    bot.ivan.sends(IVAN, '/whoami');
    await until(wantsInline);
    const answer = await offered(bot.ivan, 'cr');
    expect(titlesOf(answer)[0]).toBe('🟢 Checkout conversion 4.5 %');
    expect(answer.results[0]?.type).toBe('article');
  });

  it('offers the text, then the picture that Telegram has since, to be sent where the bot is not heard', async () => {
    bot.ivan.sends(IVAN, '/metric cr');
    await until(() =>
      bot.messages(IVAN).find(({ text, photo }) => photo && /Checkout conversion/.test(text)),
    );
    const uploads = bot.api.calls.filter(({ method }) => method === 'sendPhoto').length;
    const answer = await eventually(async () => {
      const given = await offered(bot.ivan, 'checkout');
      return given.results[0]?.type === 'photo' ? given : null;
    });
    expect(answer).toMatchObject({ isPersonal: true, button: null });
    const before = bot.messages(ROOM).length;
    const posted = bot.ivan.picks(ROOM, answer, 0);
    expect(posted).toMatchObject({ via: 'heartbeat_bot', keyboard: [], from: { isBot: false } });
    expect(posted.photo).not.toBeNull();
    expect(plain(posted.text)).toMatch(/^🟢 Checkout conversion 4.5 %\n/u);
    expect(posted.text).not.toContain('Owner');
    // the card comes to the bot too, and is no word to it
    bot.ivan.picks(IVAN, answer, 0);
    bot.vera.sends(ROOM, '/whoami');
    await until(() => bot.messages(ROOM).find(({ text }) => text.includes('Vera')));
    expect(bot.messages(ROOM)).toHaveLength(before + 3);
    expect(bot.messages(IVAN).at(-1)?.via).toBe('heartbeat_bot');
    expect(bot.api.calls.filter(({ method }) => method === 'sendPhoto')).toHaveLength(uploads);
  });

  it('gives each person their own: language, stars, and nothing that Telegram kept for another', async () => {
    bot.ann.sends(bot.ann.id, '/star kyc');
    await until(() => bot.messages(bot.ann.id).find(({ from, text }) => from.isBot && /KYC/.test(text)));
    const [ivans, anns] = await Promise.all([offered(bot.ivan, ''), offered(bot.ann, '')]);
    expect(titlesOf(ivans)).toEqual([
      '🔴 Payouts 4.5 %',
      '🟢 Checkout conversion 4.5 %',
      '🟢 KYC backlog 4.5 %',
    ]);
    expect(titlesOf(anns)).toEqual([
      '🟢 KYC backlog 4,5 %',
      '🔴 Payouts 4,5 %',
      '🟢 Checkout conversion 4,5 %',
    ]);
  });

  it('gives a stranger nothing but a way to /start', async () => {
    const ivans = await offered(bot.ivan, 'payouts');
    expect(titlesOf(ivans)).toEqual(['🔴 Payouts 4.5 %']);
    const answer = await offered(bot.stranger, 'payouts');
    expect(answer).toMatchObject({
      results: [],
      isPersonal: true,
      cacheSeconds: 0,
      button: { text: 'I do not know you yet. Ask for access', startParameter: 'inline' },
    });
    bot.stranger.sends(STRANGER, `/start ${answer.button?.startParameter}`);
    const told = await until(() => bot.messages(STRANGER).find(({ from }) => from.isBot));
    expect(told.text).toContain(String(STRANGER));
    expect(told.text).not.toContain('Payouts');
  });

  it('leaves who left the file with nothing', async () => {
    expect((await offered(bot.vera, 'kyc')).results).toHaveLength(1);
    const owners = `- {email: ivan@shop.test, name: Ivan, role: approver, telegram_id: ${IVAN}}\n`;
    await bot.workspace.write('owners.yaml', owners);
    const gone = await eventually(async () => {
      const given = await offered(bot.vera, 'kyc backlog');
      return given.button ? given : null;
    });
    expect(gone.results).toEqual([]);
  });
});

/** Asks again until it gives something; what Telegram keeps is fresh again after some seconds. */
async function eventually<T>(ask: () => Promise<T | null>): Promise<T> {
  const giveUpAt = Date.now() + 15_000;
  for (;;) {
    const found = await ask();
    if (found !== null) return found;
    if (Date.now() > giveUpAt) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
