import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { answerInlineQuery, renderResults } from '../../../src/channels/telegram/inline.ts';
import { toInbound } from '../../../src/channels/telegram/inbound.ts';
import { createTelegramReceiver, type ReceiverMode } from '../../../src/channels/telegram/receiver.ts';
import type { InlineCard } from '../../../src/commands/index.ts';
import { MINUTE } from '../../../src/lib/time.ts';
import type { BotApiOptions, InlineAnswer } from '../../../src/playground/bot-api/index.ts';
import { createCommandWorld } from '../../commands/world.ts';
import { withEmbeddedDatabase } from '../../support/database.ts';
import { aMetric, aRegistry } from '../../support/deps.ts';
import { pictureOf, requestOf, startTelegram, words } from './telegram.ts';

const database = withEmbeddedDatabase();
const STRANGER = { id: 6666, first_name: 'Mallory', language_code: 'ru' };
let round = 0;

type Options = {
  world?: BotApiOptions;
  isOn?: boolean;
  metrics?: number;
  findFileId?: () => Promise<string | undefined>;
};

/** Starts a receiver that answers inline queries about as many metrics as said, over the strict Bot API. */
async function startInline({ world: api = {}, isOn = true, metrics = 1, findFileId }: Options = {}) {
  await database.clear();
  const telegram = await startTelegram({ world: api });
  const { workspace } = aRegistry([]);
  const policies = { ...workspace.policies, inline: isOn };
  const world = await createCommandWorld(database.db, {
    workspace: { ...workspace, policies },
    metrics: aRegistry(
      Array.from({ length: metrics }, (_, n) =>
        aMetric({ id: `visits_${n}`, name: `Visits ${n}`, synonyms: [] }),
      ),
    ).metrics,
  });
  // sixty queries a minute are counted over the whole file
  round += 1;
  world.clock.add(round * 2 * MINUTE);
  const channel = { ...telegram.channel, ...(findFileId && { findFileId }) };
  const door = { deps: { ...world.deps, log: telegram.log }, channel, username: () => 'heartbeat_bot' };
  const receiver = startReceiver(telegram, {
    hasInline: () => true,
    onInline: (query) => answerInlineQuery(door, query),
  });
  return { ...telegram, ...world, receiver, stranger: telegram.api.user(STRANGER) };
}

type Telegram = Awaited<ReturnType<typeof startTelegram>>;
type Changes = Partial<Parameters<typeof createTelegramReceiver>[0]>;

function startReceiver(telegram: Telegram, changes: Changes) {
  const receiver = createTelegramReceiver({
    token: telegram.api.token,
    apiRoot: telegram.api.root,
    mode: { kind: 'polling' },
    direct: telegram.direct,
    words,
    log: telegram.log,
    backoff: { firstMs: 5, ceilingMs: 20 },
    onCommand: async () => {},
    onReply: async () => {},
    onPress: async () => ({ toast: '' }),
    onBlocked: async () => {},
    ...changes,
  });
  receiver.start();
  onTestFinished(() => receiver.stop());
  return receiver;
}

async function answered(asked: Promise<InlineAnswer | { answered: false }>): Promise<InlineAnswer> {
  const answer = await asked;
  if (!answer.answered) throw new Error('nobody answered');
  return answer;
}

const WAIT = { timeout: 10_000, interval: 5 };
const isAnswered = ({ method }: { method: string }): boolean => method === 'answerInlineQuery';

describe('answers to inline queries', () => {
  it('are text where Telegram has no picture, for one person and a moment, ten at most, and upload nothing', async () => {
    const { api, ivan } = await startInline({ metrics: 12 });
    const answer = await answered(ivan.asksInline('visits'));
    expect(answer.results).toHaveLength(10);
    expect(answer).toMatchObject({ isPersonal: true, cacheSeconds: 5, nextOffset: '', button: null });
    expect(answer.results[0]).toMatchObject({
      type: 'article',
      title: '⚪ Visits 0',
      content: { keyboard: [] },
    });
    const params = JSON.stringify(api.calls.find(isAnswered)?.params);
    expect(params).toContain('"link_preview_options":{"is_disabled":true}');
    expect(api.calls.filter(({ method }) => method === 'sendPhoto')).toEqual([]);
  });

  it('show the picture by its id where Telegram has it', async () => {
    const ids: string[] = [];
    const { channel, ivan, fileIds } = await startInline({ findFileId: async () => ids[0] });
    await channel.send(requestOf({ picture: pictureOf() }));
    ids.push(...fileIds.values());
    const { results } = await answered(ivan.asksInline('visits'));
    expect(results).toMatchObject([
      { type: 'photo', title: '⚪ Visits 0', content: { photo: { fileId: ids[0] } } },
    ]);
  });

  it('go as plain text when Telegram no longer takes a picture', async () => {
    const { api, ivan, lines } = await startInline({ findFileId: async () => 'forgotten' });
    const { results } = await answered(ivan.asksInline('visits'));
    expect(results).toMatchObject([{ type: 'article', content: { entities: [] } }]);
    expect(api.calls.filter(isAnswered).map(({ error }) => error)).toEqual([
      expect.stringContaining('wrong file identifier'),
      null,
    ]);
    expect(lines.join('')).not.toContain('was not answered');
  });

  it('do not wait for pictures that are slow to find, nor fall with one that cannot be', async () => {
    const slow = await startInline({ findFileId: () => new Promise(() => {}) });
    const late = await answered(slow.ivan.asksInline('visits'));
    expect(late.results).toMatchObject([{ type: 'article' }]);
    expect(late.afterMs).toBeLessThan(1_000);
    const broken = await startInline({ findFileId: () => Promise.reject(new Error('broken lookup')) });
    expect((await answered(broken.ivan.asksInline('visits'))).results).toMatchObject([{ type: 'article' }]);
    expect(broken.lines.join('')).toContain('broken lookup');
  });

  it('give a stranger a button in the language of the phone, and no result', async () => {
    const { stranger } = await startInline();
    expect(await answered(stranger.asksInline('visits'))).toMatchObject({
      results: [],
      isPersonal: true,
      cacheSeconds: 0,
      button: { text: 'Я вас пока не знаю. Попросить доступ', startParameter: 'inline' },
    });
  });

  it('are not given while the workspace does not want them', async () => {
    const { api, ivan } = await startInline({ isOn: false });
    expect(await ivan.asksInline('visits', { timeoutMs: 200 })).toEqual({ answered: false });
    expect(api.calls.filter(isAnswered)).toEqual([]);
  });

  it('are the same once more after trouble on the way', async () => {
    const { api, ivan } = await startInline();
    for (const [query, trouble] of [
      ['visits', { status: 502, body: '<html>' }],
      ['visits 0', { status: 500, description: 'Internal Server Error' }],
      ['visit', 'cut_before'],
    ] as const) {
      api.fail({ method: 'answerInlineQuery', with: trouble });
      const { results } = await answered(ivan.asksInline(query));
      expect(results).toMatchObject([{ content: { entities: [{ type: 'bold' }] } }]);
    }
    expect(api.calls.filter(isAnswered)).toHaveLength(6);
  });

  it.each([
    { status: 400, description: 'Bad Request: query is too old and response timeout expired' },
    { status: 400, description: 'Bad Request: QUERY_ID_INVALID' },
    { status: 429, description: 'Too Many Requests: retry after 5', parameters: { retry_after: 5 } },
  ])('are given up at once where no other helps: $description', async (trouble) => {
    const { api, ivan, lines } = await startInline();
    api.fail({ method: 'answerInlineQuery', times: 2, with: trouble });
    expect(await ivan.asksInline('visits', { timeoutMs: 500 })).toEqual({ answered: false });
    await vi.waitFor(() => expect(lines.join('')).toContain('an inline query was not answered'), WAIT);
    expect(api.calls.filter(isAnswered)).toHaveLength(1);
  });

  it('are empty beyond sixty queries a minute', async () => {
    const { ivan, lines } = await startInline();
    const answers = await Promise.all(
      Array.from({ length: 61 }, (_, n) => answered(ivan.asksInline(`visits${' '.repeat(n)}`))),
    );
    expect(answers.filter(({ results }) => results.length === 0)).toHaveLength(1);
    expect(lines.join('')).toContain('an inline query is answered with nothing');
  });
});

describe('results', () => {
  const card: InlineCard = {
    metricId: 'visits',
    title: '🟢 Visits 5',
    description: 'within norm',
    answer: { lines: [[{ kind: 'bold', text: 'Visits' }], ['long '.repeat(1_000)]] },
    findPictureHash: async () => 'hash',
  };

  it('T14 keep a caption within 1024 and a text within 4096 characters, under an id of their content', async () => {
    const { channel } = await startTelegram();
    const photo = { ...card, fileId: 'f' };
    const text = { ...card, metricId: 'orders', fileId: undefined };
    const [shown, said] = renderResults([photo, text], channel, 'marked');
    if (shown?.type !== 'photo' || !('photo_file_id' in shown) || said?.type !== 'article')
      throw new Error('other types');
    expect(shown.caption?.replaceAll(/<[^>]+>/g, '')).toHaveLength(1024);
    expect(JSON.stringify(said.input_message_content)).toContain('<b>Visits</b>');
    const again = renderResults([photo, text], channel, 'marked');
    expect(again.map(({ id }) => id)).toEqual([shown.id, said.id]);
    const other = renderResults([{ ...photo, fileId: 'g' }, text], channel, 'marked');
    expect(other[0]?.id).not.toBe(shown.id);
    for (const { id } of again) expect(id).toMatch(/^[\w-]{22}$/);
    const plain = renderResults([photo], channel, 'plain');
    expect(JSON.stringify(plain)).not.toMatch(/parse_mode|<b>|photo_file_id/);
  });
});

describe('what Telegram is asked to send', () => {
  const allowedBy = (telegram: Telegram, method: string): unknown =>
    telegram.api.calls.findLast((one) => one.method === method)?.params['allowed_updates'];

  it('has inline queries while they are wanted, by polling', async () => {
    const telegram = await startTelegram();
    let isWanted = false;
    startReceiver(telegram, { hasInline: () => isWanted });
    await telegram.api.waitFor(() => allowedBy(telegram, 'getUpdates'));
    expect(allowedBy(telegram, 'getUpdates')).not.toContain('inline_query');
    isWanted = true;
    telegram.ivan.sends(1001, 'hello');
    await telegram.api.waitFor(() =>
      (allowedBy(telegram, 'getUpdates') as string[]).includes('inline_query'),
    );
    expect(allowedBy(telegram, 'getUpdates')).toContain('message');
  });

  it('is told to a web hook anew when that changed, and only then', async () => {
    const telegram = await startTelegram();
    const mode: ReceiverMode = { kind: 'webhook', secret: 's', publicUrl: 'https://127.0.0.1:1' };
    let isWanted = false;
    const receiver = startReceiver(telegram, { mode, hasInline: () => isWanted });
    await vi.waitFor(() => expect(receiver.state().ok).toBe(true), WAIT);
    const told = (): unknown[] =>
      telegram.api.calls
        .filter(({ method }) => method === 'setWebhook')
        .map(({ params }) => (params['allowed_updates'] as string[]).includes('inline_query'));
    receiver.renew();
    await new Promise((resolve) => setImmediate(resolve));
    isWanted = true;
    receiver.renew();
    receiver.renew();
    await vi.waitFor(() => expect(told().at(-1)).toBe(true), WAIT);
    isWanted = false;
    receiver.renew();
    await vi.waitFor(() => expect(told().at(-1)).toBe(false), WAIT);
    await receiver.stop();
    receiver.renew();
    expect(told()).toEqual([false, true, false]);
  });

  it('is missing at @BotFather: the log says so', async () => {
    const telegram = await startTelegram({ world: { bots: [{ token: '7:a', inline: false }] } });
    const receiver = startReceiver(telegram, { hasInline: () => true });
    await vi.waitFor(() => expect(receiver.state().ok).toBe(true), WAIT);
    expect(telegram.lines.join('')).toContain('Write /setinline to @BotFather');
    receiver.renew();
  });
});

describe('a card that somebody posted', () => {
  const from = { id: 1001, is_bot: false, first_name: 'Ivan' };
  const chat = { id: 1001, type: 'private' as const, first_name: 'Ivan' };
  const via = (username: string) => ({ id: 7, is_bot: true, first_name: 'Bot', username });
  const posted = (username: string) => ({
    update_id: 1,
    message: { message_id: 1, date: 0, chat, from, text: 'Visits 5', via_bot: via(username) },
  });

  it('is no word to the bot it came from; one of another bot is', () => {
    expect(toInbound(posted('Heartbeat_Bot'), 'heartbeat_bot').kind).toBe('other');
    expect(toInbound(posted('other_bot'), 'heartbeat_bot').kind).toBe('command');
  });
});
