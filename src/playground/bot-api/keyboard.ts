import { badRequest } from './failure.ts';
import type { Params } from './params.ts';
import type { InlineButton, InlineKeyboard } from './types.ts';
import { problemOfUrl } from './url.ts';

const CALLBACK_DATA_MAX_BYTES = 64;
const BUTTONS_MAX = 100;
const BUTTONS_PER_ROW_MAX = 8;

/** Reads the inline keyboard of a call as the Bot API checks it; empty when there is none. */
export function readKeyboard(params: Params): InlineKeyboard {
  if (!params.has('reply_markup')) return [];
  const markup = params.json('reply_markup', "can't parse reply keyboard markup JSON object");
  if (typeof markup !== 'object' || markup === null || Array.isArray(markup))
    throw badRequest('object expected as reply markup');
  const rows: unknown = 'inline_keyboard' in markup ? markup.inline_keyboard : [];
  if (!Array.isArray(rows) || !rows.every(Array.isArray))
    throw badRequest('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays');
  const keyboard = (rows as unknown[][]).map((row) => row.map(readButton)).filter((row) => row.length > 0);
  if (keyboard.flat().length > BUTTONS_MAX || keyboard.some((row) => row.length > BUTTONS_PER_ROW_MAX))
    throw badRequest('reply markup is too long');
  return keyboard;
}

function readButton(button: unknown): InlineButton {
  if (typeof button !== 'object' || button === null)
    throw unreadable('InlineKeyboardButton must be an Object');
  const { text, url, callback_data: data } = button as Record<string, unknown>;
  if (typeof text !== 'string') throw unreadable('Can\'t find field "text"');
  if (typeof url === 'string' && url !== '') return { text: nonEmpty(text), url: checkUrl(url) };
  if (typeof data !== 'string' || data === '')
    throw unreadable('Text buttons are unallowed in the inline keyboard');
  const label = nonEmpty(text);
  if (Buffer.byteLength(data) > CALLBACK_DATA_MAX_BYTES) throw badRequest('BUTTON_DATA_INVALID');
  return { text: label, callback_data: data };
}

function unreadable(problem: string) {
  return badRequest(`can't parse inline keyboard button: ${problem}`);
}

function nonEmpty(label: string): string {
  if (!label.isWellFormed()) throw badRequest('inline keyboard button text must be encoded in UTF-8');
  if (label.trim() === '') throw badRequest('inline keyboard button text must be non-empty');
  return label;
}

function checkUrl(url: string): string {
  const problem = problemOfUrl(url);
  if (problem !== null) throw badRequest(`inline keyboard button URL '${url}' is invalid: ${problem}`);
  return url;
}
