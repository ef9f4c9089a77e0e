/** The parts of the page that need no browser. */
import { describe, expect, it } from 'vitest';
import type {
  PageEntity,
  PageEvent,
  PageMessage,
  PageSnapshot,
  SlackMessage,
} from '../../src/playground/page-types.ts';
import { slackMessage } from './slack-message.ts';

type Segment = string | { entity: PageEntity; children: Segment[] };
type Changed = { kind: string; chats?: number[] };
type State = { clockOffset: number; messages: Map<number, Map<number, PageMessage>> };
type Choice = { label: string; data: string };
type Phone = { app: 'telegram' | 'slack'; person: number; isInView: boolean };
type Modules = {
  toSegments: (text: string, entities: readonly PageEntity[]) => Segment[];
  textOf: (segments: readonly Segment[]) => string;
  safeUrl: (address: string | undefined) => string | null;
  createState: () => State;
  applyEvent: (state: State, event: PageEvent, nowMs: number) => Changed;
  listMessages: (state: State, chat: number) => PageMessage[];
  countUnread: (state: State, reader: { chat: number; person: number; seen: number }) => number;
  alertOf: (data: string) => string;
  listKeys: (message: PageMessage) => Choice[];
  listSlackKeys: (message: SlackMessage) => Choice[];
  isRedAlert: (text: string, choices: readonly Choice[]) => boolean;
  listDone: (facts: {
    wasAlertSeen: boolean;
    acked: { phone: number; alert: string; shownOn: readonly number[] } | null;
    phones: readonly { isInView: boolean; ackable: readonly string[] }[];
  }) => ReadonlySet<string>;
  createMinute: (state: State) => {
    take: (press: { phone: number; label: string; data: string }, phones: readonly Phone[]) => void;
    done: (phones: readonly Phone[]) => ReadonlySet<string>;
  };
  createTranslate: (words: Record<string, string>) => (key: string, values?: object) => string;
};

const load = async (name: string): Promise<Modules> =>
  (await import(new URL(`../../src/playground/page/${name}`, import.meta.url).href)) as Modules;
const { toSegments, textOf, safeUrl } = await load('segments.js');
const { createState, applyEvent, listMessages, countUnread } = await load('store.js');
const { alertOf, isRedAlert, listDone, listKeys, listSlackKeys } = await load('steps.js');
const { createMinute } = await load('minute.js');
const { createTranslate } = await load('words.js');

const entity = (type: string, offset: number, length: number): PageEntity => ({ type, offset, length });

/** `[bold:text]` for what is marked. */
function write(segments: readonly Segment[]): string {
  return segments
    .map((each) => (typeof each === 'string' ? each : `[${each.entity.type}:${write(each.children)}]`))
    .join('');
}

describe('the text of a message', () => {
  it('is cut into what is marked, nested as the entities are', () => {
    const entities = [entity('bold', 0, 9), entity('italic', 4, 5), entity('code', 10, 3)];
    expect(write(toSegments('Red and b 3.1 is', entities))).toBe('[bold:Red [italic:and b]] [code:3.1] is');
  });

  it('counts in UTF-16 units, as Telegram does', () => {
    expect(write(toSegments('🔴 Red', [entity('bold', 3, 3)]))).toBe('🔴 [bold:Red]');
  });

  it('marks commands and addresses by itself, but not in code and links', () => {
    const text = 'Try /cockpit or /why_x, see http://localhost:8080/docs#a_b. a/b and /// stay';
    expect(write(toSegments(text, []))).toBe(
      'Try [bot_command:/cockpit] or [bot_command:/why_x], see [url:http://localhost:8080/docs#a_b]. a/b and /// stay',
    );
    expect(write(toSegments('run /help', [entity('code', 0, 9)]))).toBe('[code:run /help]');
  });

  it('keeps every character, whatever the entities say', () => {
    const wild = [
      entity('bold', -3, 5),
      entity('bold', 2, 900),
      entity('italic', 0, 4),
      entity('code', 3, 0),
    ];
    const text = '</b><script>alert(1)</script>';
    expect(textOf(toSegments(text, wild))).toBe(text);
  });

  it.each([
    ['https://example.com/a', true],
    ['tg://user?id=1', true],
    ['javascript:alert(1)', false],
    ['data:text/html,x', false],
    ['not an address', false],
    [undefined, false],
  ])('opens only harmless addresses: %s', (address, isSafe) => {
    expect(safeUrl(address) !== null).toBe(isSafe);
  });
});

const message = (id: number, more: Partial<PageMessage> = {}): PageMessage => ({
  id,
  chat: 1,
  topic: null,
  from: { id: 99, name: 'Heartbeat', isBot: true },
  at: 0,
  text: `message ${id}`,
  entities: [],
  photo: null,
  keyboard: [],
  replyTo: null,
  silent: false,
  edited: false,
  pinned: false,
  reactions: [],
  ...more,
});

const snapshot = (messages: PageMessage[], more: Partial<PageSnapshot> = {}): PageEvent => ({
  kind: 'snapshot',
  snapshot: {
    people: [{ id: 7, name: 'Ivan', locale: 'en', timezone: 'UTC', slack: null }],
    chats: [{ id: 1, kind: 'group', title: 'Shop', topics: [] }],
    workspace: { name: 'Shop', timezone: 'UTC' },
    menus: {},
    status: { now: 5_000, canSkip: true, demo: null },
    slack: { chats: [], messages: [], views: [], commands: [] },
    messages,
    ...more,
  },
});

describe('what the page knows', () => {
  it('is made of a snapshot and kept up by events, in the order of ids', () => {
    const state = createState();
    expect(applyEvent(state, snapshot([message(3)]), 1_000)).toEqual({ kind: 'scene' });
    expect(state.clockOffset).toBe(4_000);
    applyEvent(state, { kind: 'message', message: message(2), isNew: true }, 0);
    applyEvent(state, { kind: 'message', message: message(3, { text: 'new' }), isNew: false }, 0);
    expect(listMessages(state, 1).map(({ text }) => text)).toEqual(['message 2', 'new']);
    applyEvent(state, { kind: 'gone', chat: 1, id: 2 }, 0);
    expect(listMessages(state, 1).map(({ id }) => id)).toEqual([3]);
  });

  it('draws nothing anew but the messages when a cut connection comes back', () => {
    const state = createState();
    applyEvent(state, snapshot([message(1)]), 0);
    expect(applyEvent(state, snapshot([message(5)]), 0)).toEqual({ kind: 'chats', chats: [1] });
    expect(listMessages(state, 1).map(({ id }) => id)).toEqual([5]);
    expect(applyEvent(state, snapshot([], { people: [] }), 0)).toEqual({ kind: 'scene' });
  });

  it('passes over chats and events it does not know', () => {
    const state = createState();
    applyEvent(state, snapshot([]), 0);
    const elsewhere = message(1, { chat: 44 });
    expect(applyEvent(state, { kind: 'message', message: elsewhere, isNew: true }, 0).kind).toBe('nothing');
    expect(applyEvent(state, { kind: 'later' } as unknown as PageEvent, 0).kind).toBe('nothing');
  });

  it('keeps the newest messages of a chat', () => {
    const state = createState();
    applyEvent(state, snapshot([]), 0);
    for (let id = 1; id <= 350; id += 1)
      applyEvent(state, { kind: 'message', message: message(id), isNew: true }, 0);
    expect(listMessages(state, 1)).toHaveLength(300);
    expect(listMessages(state, 1)[0]?.id).toBe(51);
  });

  it('counts as unread what others wrote after the last one seen', () => {
    const state = createState();
    const own = message(4, { from: { id: 7, name: 'Ivan', isBot: false } });
    applyEvent(state, snapshot([message(1), message(2), message(3), own]), 0);
    expect(countUnread(state, { chat: 1, person: 7, seen: 1 })).toBe(2);
  });
});

const slackButton = (text: string, value: string): SlackMessage['blocks'][number] => ({
  type: 'actions',
  elements: [{ type: 'button', action_id: 'b', text: { type: 'plain_text', text }, value }],
});

describe('the first minute', () => {
  const keyboard = [[{ text: '✅ Ack', callback_data: '1:a:7:1' }]];
  const alert = message(1, { text: '🔴 Checkout 3 %', keyboard });
  const taken = message(1, {
    text: '🟠 Acked',
    keyboard: [[{ text: '↩️ Un-ack', callback_data: '1:u:7:2' }]],
  });
  const inSlack = slackMessage('1.1', {
    text: '🔴 Checkout 3 %',
    blocks: [slackButton('✅ Ack', '1:a:7:2')],
  });

  it('knows an alert by its button, whatever version it was drawn with, in both chats', () => {
    const [key] = listKeys(alert);
    const [slackKey] = listSlackKeys(inSlack);
    expect(alertOf(key?.data ?? '')).toBe('1:a:7');
    expect(alertOf(slackKey?.data ?? '')).toBe('1:a:7');
    expect(alertOf('1:a:71:1')).not.toBe('1:a:7');
  });

  it('begins with a red alert that nobody has', () => {
    expect(isRedAlert(alert.text, listKeys(alert))).toBe(true);
    expect(isRedAlert(inSlack.text, listSlackKeys(inSlack))).toBe(true);
    expect(isRedAlert(taken.text, listKeys(taken))).toBe(false);
    expect(isRedAlert('🟡 Visits', listKeys(alert))).toBe(false);
    const nothing = { wasAlertSeen: false, acked: null, phones: [] };
    expect([...listDone(nothing)]).toEqual([]);
    expect([...listDone({ ...nothing, wasAlertSeen: true })]).toEqual(['watch']);
  });

  it('ends when another phone in view, which had asked, asks no more', () => {
    const acked = { phone: 0, alert: '1:a:7', shownOn: [0, 1] };
    const [asks, silent] = [
      { isInView: true, ackable: ['1:a:7'] },
      { isInView: true, ackable: ['1:a:8'] },
    ];
    const done = (other: typeof asks, more: object = {}): string[] => [
      ...listDone({ wasAlertSeen: true, acked: { ...acked, ...more }, phones: [silent, other] }),
    ];
    expect(done(asks)).toEqual(['watch', 'ack']);
    expect(done({ ...silent, isInView: false })).toEqual(['watch', 'ack']);
    expect(done(silent, { shownOn: [0] })).toEqual(['watch', 'ack']);
    expect(done(silent)).toEqual(['watch', 'ack', 'see']);
  });

  it('is followed from one chat to the other', () => {
    const state = createState();
    const people: PageSnapshot['people'] = [
      { id: 7, name: 'Ivan', locale: 'en', timezone: 'UTC', slack: null },
      { id: 8, name: 'Ann', locale: 'ru', timezone: 'UTC', slack: 'U0ANN' },
    ];
    const chats = [{ id: 'C0SHOP', kind: 'channel' as const, title: 'shop' }];
    const slack = { chats, messages: [inSlack], views: [], commands: [] };
    applyEvent(state, snapshot([alert], { people, slack }), 0);
    const phones: Phone[] = [
      { app: 'telegram', person: 7, isInView: true },
      { app: 'slack', person: 8, isInView: true },
    ];
    const minute = createMinute(state);
    expect([...minute.done(phones)]).toEqual(['watch']);
    minute.take({ phone: 1, label: '💤 Snooze 1 h', data: '1:s:7:2:60' }, phones);
    expect([...minute.done(phones)]).toEqual(['watch']);
    minute.take({ phone: 1, label: '✅ Ack', data: '1:a:7:2' }, phones);
    expect([...minute.done(phones)]).toEqual(['watch', 'ack']);
    applyEvent(state, { kind: 'message', message: taken, isNew: false }, 0);
    expect([...minute.done(phones)]).toEqual(['watch', 'ack', 'see']);
  });
});

describe('words', () => {
  it('take values, and a word that is missing is an error', () => {
    const t = createTranslate({ phone: '{name}’s phone' });
    expect(t('phone', { name: '{x}$&' })).toBe('{x}$&’s phone');
    expect(t('phone')).toBe('{name}’s phone');
    expect(() => t('nothing')).toThrow('nothing');
  });
});
