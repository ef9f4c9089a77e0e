import type { StoredContent } from './chats.ts';
import { badRequest } from './failure.ts';
import type { Files } from './files.ts';
import { readKeyboard } from './keyboard.ts';
import { createParams, type Params } from './params.ts';
import { readFormatted } from './text.ts';
import type { InlineButtonAbove, InlineResult } from './types.ts';

const RESULTS_MAX = 50;
const ID_MAX_BYTES = 64;
const START_PARAMETER = /^[A-Za-z0-9_-]+$/;
const START_PARAMETER_MAX = 64;

/** Other types exist; a bot that sends one here learns that nobody has tried it. */
const TYPES = ['article', 'photo'] as const;

type Fields = Readonly<Record<string, unknown>>;
type Reading = { files: Files; bot: string };

/** Reads the results of answerInlineQuery as Telegram checks them, each with the message that it becomes. */
export function readInlineResults(params: Params, reading: Reading): InlineResult[] {
  const given = params.json('results', "can't parse inline query results JSON object");
  if (!Array.isArray(given)) throw badRequest('expected an Array of inline query results');
  if (given.length > RESULTS_MAX) throw badRequest('RESULTS_TOO_MUCH');
  const results = given.map((one: unknown) => readResult(one, reading));
  if (new Set(results.map(({ id }) => id)).size < results.length) throw badRequest('RESULT_ID_DUPLICATE');
  return results;
}

/** Reads the button above the results; null when there is none. */
export function readButtonAbove(params: Params): InlineButtonAbove | null {
  if (!params.has('button')) return null;
  const given = params.json('button', "can't parse inline query results button JSON object");
  if (!isFields(given)) throw badRequest('object expected as inline query results button');
  const { text, start_parameter: parameter } = given;
  if (typeof text !== 'string' || text.trim() === '') throw badRequest('SWITCH_PM_TEXT_EMPTY');
  if (typeof parameter !== 'string' || parameter === '') throw badRequest('START_PARAM_EMPTY');
  if (parameter.length > START_PARAMETER_MAX) throw badRequest('START_PARAM_TOO_LONG');
  if (!START_PARAMETER.test(parameter)) throw badRequest('START_PARAM_INVALID');
  return { text, startParameter: parameter };
}

function readResult(given: unknown, reading: Reading): InlineResult {
  if (!isFields(given)) throw unreadable('InlineQueryResult must be an Object');
  const type = TYPES.find((known) => known === given['type']);
  if (type === undefined) throw unreadable('invalid inline query result type specified');
  const id = textOf(given, 'id');
  if (id === '') throw badRequest('RESULT_ID_EMPTY');
  if (Buffer.byteLength(id) > ID_MAX_BYTES) throw badRequest('RESULT_ID_INVALID');
  const title = textOf(given, 'title');
  if (type === 'article' && title.trim() === '') throw badRequest('ARTICLE_TITLE_EMPTY');
  const content = type === 'article' ? readArticle(given) : readCachedPhoto(given, reading);
  return { type, id, title, description: textOf(given, 'description'), content };
}

function readArticle(given: Fields): StoredContent {
  const said = given['input_message_content'];
  if (!isFields(said)) throw unreadable('input message content is not specified');
  const { message_text: text, ...rest } = said;
  const params = paramsOf({ ...rest, text });
  return { ...readFormatted(params, 'text'), photo: null, keyboard: readKeyboard(paramsOf(given)) };
}

/** Only by id: a picture by address is fetched by Telegram itself, which cannot reach this machine. */
function readCachedPhoto(given: Fields, { files, bot }: Reading): StoredContent {
  const fileId = textOf(given, 'photo_file_id');
  const params = paramsOf(given);
  const photo = files.take(bot, paramsOf({}), fileId);
  return { ...readFormatted(params, 'caption'), photo, keyboard: readKeyboard(params) };
}

function paramsOf(values: Fields): Params {
  return createParams({ values: { ...values }, files: new Map() });
}

function textOf(given: Fields, name: string): string {
  const value = given[name];
  if (value === undefined) return '';
  if (typeof value !== 'string') throw unreadable(`field "${name}" must be of type String`);
  if (!value.isWellFormed()) throw badRequest('strings must be encoded in UTF-8');
  return value;
}

function isFields(given: unknown): given is Fields {
  return typeof given === 'object' && given !== null && !Array.isArray(given);
}

function unreadable(problem: string) {
  return badRequest(`can't parse inline query result: ${problem}`);
}
