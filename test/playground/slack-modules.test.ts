/** The parts of the page's Slack that need no browser. */
import { describe, expect, it } from 'vitest';
import { escapeMrkdwn } from '../../src/channels/slack/mrkdwn.ts';
import type { SlackDelta, SlackMessage, SlackState, SlackView } from '../../src/playground/page-types.ts';
import { slackMessage as message } from './slack-message.ts';

type Segment =
  | string
  | { entity: { type: string; url?: string; unix_time?: number; format?: string }; children: Segment[] };
type Store = { messages: Map<string, Map<string, SlackMessage>> };
type Modules = {
  parseMrkdwn: (text: string) => Segment[];
  textOf: (segments: readonly Segment[]) => string;
  toFieldTime: (at: number, timezone: string) => string;
  toInstant: (field: string, timezone: string) => number;
  readSlackSnapshot: (snapshot: SlackState) => Store;
  applySlackDelta: (store: Store, delta: SlackDelta) => { chats: string[]; views: boolean };
  slackChatsOf: (store: Store, person: string) => { id: string }[];
  listSlackMessages: (store: Store, reader: { chat: string; person: string }) => SlackMessage[];
  listThreads: (
    messages: readonly SlackMessage[],
  ) => { message: SlackMessage; replies: SlackMessage[]; isOfThread: boolean }[];
  countSlackUnread: (messages: readonly SlackMessage[], reader: { person: string; seen: number }) => number;
  findView: (store: Store, of: { person: string; kind: 'modal' | 'home' }) => SlackView | undefined;
};

const load = async (name: string): Promise<Modules> =>
  (await import(new URL(`../../src/playground/page/${name}`, import.meta.url).href)) as Modules;
const { parseMrkdwn } = await load('mrkdwn.js');
const { textOf } = await load('segments.js');
const { toFieldTime, toInstant } = await load('zone-time.js');
const slack = await load('slack-store.js');

/** `[bold:text]` for what is marked. */
function write(segments: readonly Segment[]): string {
  return segments
    .map((each) => (typeof each === 'string' ? each : `[${each.entity.type}:${write(each.children)}]`))
    .join('');
}

describe('a text of Slack', () => {
  it.each([
    [
      '*Checkout* 3.1 %, _now_, ~not~ `a*b*c`',
      '[bold:Checkout] 3.1 %, [italic:now], [strikethrough:not] [code:a*b*c]',
    ],
    ['*Acked by <https://a.test|Ivan>*', '[bold:Acked by [text_link:Ivan]]'],
    ['a*b*c and snake_case_name and 2 * 3 * 4', 'a*b*c and snake_case_name and 2 * 3 * 4'],
    ['```\n*a*\n&lt;b&gt;\n``` then', '[pre:*a*\n<b>] then'],
    ['&gt; said\nand done', '[blockquote:said]\nand done'],
    ['a &lt;b&gt; &amp;amp; c', 'a <b> &amp; c'],
    ['see <https://a.test/?a=1&amp;b=2>', 'see [text_link:https://a.test/?a=1&b=2]'],
  ])('is read as Slack reads it: %s', (text, tree) => {
    expect(write(parseMrkdwn(text))).toBe(tree);
  });

  it('tells the address of a link, and of an instant how it is shown', () => {
    const [link, , instant] = parseMrkdwn('<https://a.test/?a=1&amp;b=2|a> <!date^1763629200^{time}|09:00>');
    expect(link).toMatchObject({ entity: { url: 'https://a.test/?a=1&b=2' } });
    expect(instant).toMatchObject({
      entity: { unix_time: 1_763_629_200, format: '{time}' },
      children: ['09:00'],
    });
  });

  it.each(['*a* _b_ `c` ~d~', '> a & <b>', '**', '<https://a.test|x>', '```x```'])(
    'marks nothing of what the bot wrote as it is: %s',
    (text) => {
      const tree = parseMrkdwn(escapeMrkdwn(text));
      expect(tree.every((each) => typeof each === 'string')).toBe(true);
      expect(textOf(tree).replaceAll('\u200b', '')).toBe(text);
    },
  );
});

describe('a field for date and time', () => {
  it.each([
    ['2026-11-20T08:00:00Z', 'Europe/Madrid', '2026-11-20T09:00'],
    ['2026-03-29T01:00:00Z', 'Europe/Madrid', '2026-03-29T03:00'],
    ['2026-10-25T01:30:00Z', 'Europe/Madrid', '2026-10-25T02:30'],
    ['2026-11-19T22:30:00Z', 'Asia/Kolkata', '2026-11-20T04:00'],
  ])('shows %s in %s as %s, and reads it back', (instant, zone, field) => {
    expect(toFieldTime(Date.parse(instant), zone)).toBe(field);
    expect(new Date(toInstant(field, zone)).toISOString()).toBe(new Date(instant).toISOString());
  });

  it('reads nothing from an empty one', () => {
    expect(toInstant('', 'Europe/Madrid')).toBeNaN();
  });
});

const ROOM = 'C0SHOP';
const view = (id: string, kind: 'modal' | 'home', user = 'U0ANN'): SlackView => ({
  id,
  kind,
  user,
  title: '',
  submit: null,
  close: null,
  blocks: [],
});
const start = (messages: SlackMessage[], views: SlackView[] = []): Store =>
  slack.readSlackSnapshot({
    chats: [
      { id: ROOM, kind: 'channel', title: 'shop' },
      { id: 'U0IVAN', kind: 'direct', title: 'Heartbeat' },
      { id: 'U0ANN', kind: 'direct', title: 'Heartbeat' },
    ],
    messages,
    views,
    commands: [],
  });
const nothing: SlackDelta = { messages: [], gone: [], views: [], closed: [] };

describe('what the page knows of Slack', () => {
  it('is kept up by what changed, in the order of time stamps', () => {
    const store = start([message('2.000001')]);
    const messages = [message('1.000001'), message('2.000001', { text: 'new' })];
    expect(slack.applySlackDelta(store, { ...nothing, messages })).toEqual({ chats: [ROOM], views: false });
    const texts = (): string[] =>
      slack.listSlackMessages(store, { chat: ROOM, person: 'U0ANN' }).map(({ text }) => text);
    expect(texts()).toEqual(['message 1.000001', 'new']);
    slack.applySlackDelta(store, { ...nothing, gone: [{ chat: ROOM, id: '1.000001' }] });
    expect(texts()).toEqual(['new']);
  });

  it('keeps the newest messages of a chat, and passes over chats it does not know', () => {
    const ids = Array.from({ length: 350 }, (_, index) => `1.000${100 + index}`);
    const store = start(ids.map((id) => message(id)));
    const kept = slack.listSlackMessages(store, { chat: ROOM, person: 'U0ANN' });
    expect([kept.length, kept[0]?.id]).toEqual([300, '1.000150']);
    slack.applySlackDelta(store, { ...nothing, messages: [message('1.1', { chat: 'C0ELSE' })] });
    expect(slack.listSlackMessages(store, { chat: 'C0ELSE', person: 'U0ANN' })).toEqual([]);
  });

  it('shows everybody the channels and their own direct messages, and what only they see', () => {
    const store = start([message('1.1'), message('1.2', { onlyFor: 'U0ANN' })]);
    expect(slack.slackChatsOf(store, 'U0ANN').map(({ id }) => id)).toEqual([ROOM, 'U0ANN']);
    expect(slack.listSlackMessages(store, { chat: ROOM, person: 'U0ANN' })).toHaveLength(2);
    expect(slack.listSlackMessages(store, { chat: ROOM, person: 'U0IVAN' })).toHaveLength(1);
  });

  it('puts replies under their message, and those sent to the channel too in both places', () => {
    const messages = [
      message('1.1'),
      message('1.2', { thread: '1.1' }),
      message('1.3'),
      message('1.4', { thread: '1.1', isBroadcast: true }),
      message('1.5', { thread: '0.9' }),
    ];
    const threads = slack.listThreads(messages);
    expect(
      threads.map((each) => [each.message.id, each.replies.map(({ id }) => id), each.isOfThread]),
    ).toEqual([
      ['1.1', ['1.2', '1.4'], false],
      ['1.3', [], false],
      ['1.4', [], true],
      ['1.5', [], false],
    ]);
  });

  it('counts as unread what others wrote for all after the last one seen', () => {
    const own = message('1.000004', { from: { id: 'U0ANN', name: 'Ann', isBot: false } });
    const told = message('1.000005', { onlyFor: 'U0ANN' });
    const messages = [message('1.000001'), message('1.000002'), message('1.000003'), own, told];
    expect(slack.countSlackUnread(messages, { person: 'U0ANN', seen: 1.000001 })).toBe(2);
  });

  it('finds the last window of a person, and the Home tab', () => {
    const store = start(
      [],
      [view('V1', 'home'), view('V2', 'modal'), view('V3', 'modal'), view('V4', 'modal', 'U0IVAN')],
    );
    const find = (kind: 'modal' | 'home'): string | undefined =>
      slack.findView(store, { person: 'U0ANN', kind })?.id;
    expect([find('home'), find('modal')]).toEqual(['V1', 'V3']);
    expect(slack.applySlackDelta(store, { ...nothing, closed: ['V3'] })).toEqual({ chats: [], views: true });
    expect(find('modal')).toBe('V2');
  });
});
