import { describe, expect, it } from 'vitest';
import type { BotApi, BotApiOptions, InlineAnswer } from '../../../src/playground/bot-api/index.ts';
import { makePng } from './png.ts';
import { call, startWorld, upload } from './world.ts';

const said = { message_text: '<b>4.5</b> %', parse_mode: 'HTML' };
const article = { type: 'article', id: 'a', title: 'Conversion', input_message_content: said };

/** Starts a world whose bot was told of one query that waits for its answer. */
async function startAsked(options: BotApiOptions = {}) {
  const world = await startWorld(options);
  const asked = world.ivan.asksInline('cr');
  return { ...world, asked, id: await lastQueryId(world.api) };
}

async function lastQueryId(api: BotApi): Promise<string> {
  const { result } = await call(api, 'getUpdates', {});
  const updates = result as { inline_query?: { id: string } }[];
  return updates.findLast((update) => update.inline_query)?.inline_query?.id ?? '';
}

describe('an inline query', () => {
  it('comes as an update where it is allowed, and its answer can be posted', async () => {
    const { api, ann, asked, id } = await startAsked();
    const photo = await upload(api, 'sendPhoto', { chat_id: '1001' }, { photo: makePng(40, 30, 1) });
    const { photo: sizes } = photo.result as { photo: { file_id: string }[] };
    const cached = { type: 'photo', id: 'p', photo_file_id: sizes.at(-1)?.file_id, caption: 'a chart' };
    const params = { inline_query_id: id, results: [article, cached], is_personal: true, cache_time: 5 };
    expect(await call(api, 'answerInlineQuery', params)).toEqual({ ok: true, result: true });
    const answer = await asked;
    expect(answer).toMatchObject({
      answered: true,
      isPersonal: true,
      cacheSeconds: 5,
      nextOffset: '',
      button: null,
    });
    const given = answer as InlineAnswer;
    expect(ann.picks(-1001, given, 'a')).toMatchObject({
      text: '4.5 %',
      via: 'heartbeat_bot',
      from: { id: 1002, isBot: false },
      entities: [{ type: 'bold' }],
    });
    expect(ann.picks(-1001, given, 1)).toMatchObject({ text: 'a chart', photo: { width: 40, height: 30 } });
    expect(() => ann.picks(-1001, given, 'z')).toThrow('There is no result z. There are: a, p.');
    const { result } = await call(api, 'getUpdates', { offset: -1 });
    expect(result).toMatchObject([
      { message: { via_bot: { username: 'heartbeat_bot' }, caption: 'a chart' } },
    ]);
  });

  it('is not told to a bot that did not ask for such updates, and offered by none that is not set to', async () => {
    const { api, ivan } = await startWorld();
    await call(api, 'getUpdates', { allowed_updates: ['message'] });
    expect(await ivan.asksInline('cr', { timeoutMs: 20 })).toEqual({ answered: false });
    expect(api.pendingUpdates()).toBe(0);
    const other = await startWorld({ bots: [{ token: '7:a', inline: false }] });
    await expect(other.ivan.asksInline('cr')).rejects.toThrow('offers nothing inline');
    expect((await call(other.api, 'getMe')).result).toMatchObject({ supports_inline_queries: false });
  });

  it('is answered from what was kept, for the same person or for all, while that is fresh', async () => {
    let now = 1_000_000;
    const { api, ivan, ann, asked, id } = await startAsked({ now: () => now });
    const answerTo = (queryId: string, more: object) =>
      call(api, 'answerInlineQuery', { inline_query_id: queryId, results: [article], ...more });
    await answerTo(id, { is_personal: true, cache_time: 5 });
    await asked;
    now += 4_999;
    expect(await ivan.asksInline('cr')).toMatchObject({ answered: true, afterMs: 0, results: [{ id: 'a' }] });
    expect(await ann.asksInline('cr', { timeoutMs: 20 })).toEqual({ answered: false });
    now += 1;
    const again = ivan.asksInline('cr');
    await answerTo(await lastQueryId(api), {});
    expect(await again).toMatchObject({ isPersonal: false, cacheSeconds: 300 });
    expect(await ann.asksInline('cr')).toMatchObject({ answered: true });
    expect(await ann.asksInline('cr', { offset: '10', timeoutMs: 20 })).toEqual({ answered: false });
  });
});

describe('what Telegram refuses of an inline answer, in its words', () => {
  const many = Array.from({ length: 51 }, (_, n) => ({ ...article, id: String(n) }));
  it.each([
    [{ results: many }, 'RESULTS_TOO_MUCH'],
    [{ results: [article, article] }, 'RESULT_ID_DUPLICATE'],
    [{ results: [{ ...article, id: '' }] }, 'RESULT_ID_EMPTY'],
    [{ results: [{ ...article, id: 'я'.repeat(33) }] }, 'RESULT_ID_INVALID'],
    [{ results: [{ ...article, title: ' ' }] }, 'ARTICLE_TITLE_EMPTY'],
    [{ results: [{ ...article, type: 'chart' }] }, 'invalid inline query result type specified'],
    [{ results: [{ ...article, title: 5 }] }, 'field "title" must be of type String'],
    [{ results: [{ ...article, title: '\ud800' }] }, 'strings must be encoded in UTF-8'],
    [{ results: [5] }, 'InlineQueryResult must be an Object'],
    [{ results: '5' }, 'expected an Array of inline query results'],
    [{ results: '[' }, "can't parse inline query results JSON object"],
    [{ results: [{ type: 'article', id: 'a', title: 'b' }] }, 'input message content is not specified'],
    [{ results: [{ ...article, input_message_content: { message_text: '' } }] }, 'message text is empty'],
    [
      { results: [{ ...article, input_message_content: { ...said, message_text: '<b>' } }] },
      "can't parse entities",
    ],
    [
      { results: [{ ...article, input_message_content: { message_text: 'a'.repeat(4097) } }] },
      'message is too long',
    ],
    [
      { results: [{ ...article, reply_markup: { inline_keyboard: [[{ text: 'a' }]] } }] },
      'Text buttons are unallowed',
    ],
    [{ results: [{ type: 'photo', id: 'p', photo_file_id: 'x' }] }, 'wrong file identifier'],
    [{ results: [], next_offset: 'a'.repeat(65) }, 'NEXT_OFFSET_INVALID'],
    [{ results: [], button: 5 }, 'object expected as inline query results button'],
    [{ results: [], button: { text: ' ', start_parameter: 'a' } }, 'SWITCH_PM_TEXT_EMPTY'],
    [{ results: [], button: { text: 'a' } }, 'START_PARAM_EMPTY'],
    [{ results: [], button: { text: 'a', start_parameter: 'a b' } }, 'START_PARAM_INVALID'],
    [{ results: [], button: { text: 'a', start_parameter: 'a'.repeat(65) } }, 'START_PARAM_TOO_LONG'],
    [{ results: [], inline_query_id: '1' }, 'query is too old and response timeout expired'],
  ])('%j: %s', async (params, sentence) => {
    const { api, id } = await startAsked();
    const refused = await call(api, 'answerInlineQuery', { inline_query_id: id, ...params });
    expect(refused).toMatchObject({ ok: false, error_code: 400 });
    expect(refused.description).toContain(sentence);
    expect(await call(api, 'answerInlineQuery', { inline_query_id: id, results: [] })).toMatchObject({
      ok: true,
    });
  });

  it('an answer after ten seconds, and a second one', async () => {
    let now = 1_000_000;
    const { api, ann, asked, id } = await startAsked({ now: () => now });
    now += 10_000;
    expect(await call(api, 'answerInlineQuery', { inline_query_id: id, results: [] })).toMatchObject({
      ok: true,
    });
    expect(await asked).toMatchObject({ answered: true, afterMs: 10_000 });
    const twice = await call(api, 'answerInlineQuery', { inline_query_id: id, results: [] });
    expect(twice.description).toContain('query is too old');
    const late = ann.asksInline('late', { timeoutMs: 500 });
    const lateId = await lastQueryId(api);
    now += 10_001;
    const refused = await call(api, 'answerInlineQuery', { inline_query_id: lateId, results: [] });
    expect(refused.description).toContain('query is too old');
    expect(await late).toEqual({ answered: false });
  });
});
