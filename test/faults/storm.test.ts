/** 300 metrics of one room fall at once, and one of another room: Telegram's limits hold, all are named, nobody else waits. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerText } from '../../src/answers/index.ts';
import { showStorm } from '../../src/commands/storms.ts';
import type { CommandContext } from '../../src/commands/types.ts';
import { MINUTE } from '../../src/lib/time.ts';
import type { CallView, MessageView } from '../../src/playground/bot-api/index.ts';
import { VALUES } from './shop.ts';
import { until } from './until.ts';
import { API_TOKEN, openShopFor, type InProcess, type ShopTest } from './with-shop.ts';

const TEST_MS = 90_000;
const STORM = 300;
const OTHER = 'm301';
const STORMY_ROOM = -100_301;
const OTHER_ROOM = -100_302;
const ON_TIME_MS = 2_000;
const GROUP_CALLS_A_MINUTE = 20;
const PAGES = Math.ceil(STORM / 7);

const WORKSPACE = `name: Corner Shop
timezone: Europe/Madrid
locale: en
rooms:
  - {telegram: ${STORMY_ROOM}, teams: [stormy]}
  - {telegram: ${OTHER_ROOM}, teams: [calm]}
policies:
  storm: {within: 3s}
`;

const closers: (() => Promise<void>)[] = [];
let shop: ShopTest;
let running: InProcess;

/** One person owns all that fall together, so that the bot's own limit is not what the other room waits for. */
beforeAll(async () => {
  shop = await openShopFor(
    { onTestFinished: (close) => void closers.push(close) },
    {
      metrics: STORM + 1,
      limits: true,
      file: (metric) => ({
        period: '2s',
        teams: metric === OTHER ? '[calm]' : '[stormy]',
        owner: metric === OTHER ? 'p2@shop.test' : 'p1@shop.test',
      }),
      files: { 'workspace.yaml': WORKSPACE },
    },
  );
  const members = shop.people.slice(0, 2);
  shop.api.group({ id: STORMY_ROOM, title: 'Stormy', members });
  shop.api.group({ id: OTHER_ROOM, title: 'Calm', members });
  running = await shop.start();
  await until('readings', async () => (await countReadings()) > STORM);
  await shop.marts(`update marts.signal set value = '${VALUES.red}'`);
}, 90_000);
afterAll(async () => {
  for (const close of closers.toReversed()) await close();
});

async function countReadings(): Promise<number> {
  const [row] = await shop.ask<{ count: number }>(
    'select count(*)::int as count from heartbeat.metric_state where value is not null',
  );
  return row?.count ?? 0;
}

const saidIn = (chat: number): MessageView[] => shop.api.messages(chat).filter(({ from }) => from.isBot);
const firstLine = ({ text }: MessageView): string => text.split('\n')[0] ?? '';
const findStormMessage = (): MessageView | undefined =>
  saidIn(STORMY_ROOM).find(
    ({ text, replyTo }) => replyTo === null && /alerts/.test(text.split('\n')[0] ?? ''),
  );
const stormMessage = (pattern: RegExp): Promise<MessageView> =>
  until(`a storm message that says ${pattern}`, () => {
    const found = findStormMessage();
    return found && pattern.test(found.text) ? found : undefined;
  });

type ApiAlert = { metric: string; state: string; opened_at: string };

async function listAlerts(query: string): Promise<ApiAlert[]> {
  const alerts: ApiAlert[] = [];
  let cursor: string | null = null;
  do {
    const more = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const answer = await fetch(`${running.url}/api/alerts?limit=100${query}${more}`, {
      headers: { authorization: `Bearer ${API_TOKEN}` },
    });
    const page = (await answer.json()) as { items: ApiAlert[]; next: string | null };
    alerts.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return alerts;
}

describe('a storm of 300 alerts', { timeout: TEST_MS }, () => {
  it('T08 delays no other room', async () => {
    const heard = await until('the other room', () => saidIn(OTHER_ROOM)[0]);
    const alert = (await listAlerts(`&metric=${OTHER}`))[0];
    const waitedMs = heard.at - Date.parse(alert?.opened_at ?? '');
    console.log(`in a storm of ${STORM} alerts another room heard of its own after ${waitedMs} ms`);
    expect(waitedMs).toBeLessThan(ON_TIME_MS);
  });

  it('is one message that counts them and names the worst ten', async () => {
    const message = await stormMessage(/300 alerts/);
    expect(firstLine(message)).toMatch(/300 alerts · 300 red/);
    expect(message.text.match(/Signal m\d+/g)).toHaveLength(10);
    expect(message.text).toMatch(/300 of them read marts\.signal/);
    const alone = saidIn(STORMY_ROOM).filter(({ id }) => id !== message.id);
    expect(alone.length).toBeLessThanOrEqual(5);
  });

  it('T08 is listed whole: by the pages of "Show all", by /alerts and by the API', async () => {
    const { deps } = running;
    const words = deps.wordsFor('en', 'Europe/Madrid');
    const [row] = await shop.ask<{ number: number }>('select number from heartbeat.storm where place = $1', [
      `telegram:${STORMY_ROOM}`,
    ]);
    const named = new Set<string>();
    for (let page = 0; page < PAGES; page += 1) {
      const answer = await showStorm({ deps, words } as CommandContext, { storm: row?.number ?? 0, page });
      for (const name of answerText(answer).match(/Signal m\d+/g) ?? []) named.add(name);
    }
    const all = shop.metrics.filter((metric) => metric !== OTHER);
    expect([...named].toSorted()).toEqual(all.map((metric) => `Signal ${metric}`).toSorted());
    expect((await listAlerts('')).map(({ metric }) => metric).toSorted()).toEqual(
      [...shop.metrics].toSorted(),
    );
    const [person] = shop.people;
    person?.sends(person.id, '/alerts');
    await until('the list', () =>
      saidIn(person?.id ?? 0).some(({ text }) => /301 open alerts · page 1 of 43/i.test(text)),
    );
  });

  it('is acked whole by one press, and each page is a press away', async () => {
    const [person] = shop.people;
    const message = await stormMessage(/300 alerts/);
    const toast = await person?.presses(message, /Ack all/);
    expect(toast).toMatchObject({ answered: true, text: expect.stringContaining('300') });
    expect(await listAlerts('&state=acked')).toHaveLength(STORM);
    await stormMessage(/300 acked/);
    await person?.presses(message, /Show all/);
    const page = await until('a page', () =>
      saidIn(STORMY_ROOM).find(({ text }) => /page 1 of 43/i.test(text)),
    );
    await person?.presses(page, /2 →/);
    await until('the next page', () => saidIn(STORMY_ROOM).some(({ text }) => /page 2 of 43/i.test(text)));
  });

  it('T09 shows what recovers in place, and says its end once', async () => {
    await shop.marts(`update marts.signal set value = '${VALUES.green}'`);
    const message = await stormMessage(/All 300 alerts recovered/);
    // pages that people asked for answer the message too
    const replies = (): string[] =>
      saidIn(STORMY_ROOM).flatMap(({ replyTo, text }) =>
        replyTo === message.id && !/page \d+ of/.test(text) ? [text] : [],
      );
    const ends = (): string[] => replies().filter((text) => /All 300 alerts recovered/.test(text));
    await until('the end', () => ends().length > 0);
    await until('an idle outbox', async () => {
      const waiting = await shop.ask(
        "select 1 from heartbeat.delivery where status in ('pending', 'sending') and place = $1",
        [`telegram:${STORMY_ROOM}`],
      );
      return waiting.length === 0;
    });
    expect(ends()).toHaveLength(1);
    expect(replies().length).toBeLessThanOrEqual(2);
    expect(await listAlerts('')).toEqual([]);
  });

  it('never spends more than Telegram gives a group, also when people ask on', async () => {
    const [person] = shop.people;
    for (let asked = 0; asked < GROUP_CALLS_A_MINUTE; asked += 1) person?.sends(STORMY_ROOM, '/alerts');
    const calls = (): CallView[] =>
      shop.api.calls.filter(
        ({ chat, method }) => chat === String(STORMY_ROOM) && /^(send|edit)/.test(method),
      );
    await until('a full group', () => calls().length >= GROUP_CALLS_A_MINUTE);
    // the next call would come now if nothing held it
    await sleep(3_000);
    const times = calls().map(({ at }) => at);
    const busiest = times.map((from) => times.filter((at) => at >= from && at < from + MINUTE).length);
    console.log(`calls to the stormy group in its busiest minute: ${Math.max(...busiest)}`);
    expect(Math.max(...busiest)).toBeLessThanOrEqual(GROUP_CALLS_A_MINUTE);
    expect(shop.api.calls.filter(({ error }) => error?.startsWith('Too Many Requests'))).toEqual([]);
  });
});
