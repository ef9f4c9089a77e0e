import { checkList, checkOptional, checkText, checkTextObject, inside, type At } from './check.ts';
import type { Json } from './json.ts';
import {
  BUTTON_TEXT_MAX,
  BUTTON_VALUE_MAX,
  ID_MAX,
  OPTION_TEXT_MAX,
  OPTION_VALUE_MAX,
  OPTIONS_MAX,
  PLACEHOLDER_MAX,
  URL_MAX,
} from './limits.ts';

const STYLES: ReadonlySet<unknown> = new Set([undefined, 'primary', 'danger']);
const SECONDS_DIGITS = /^\d{10}$/;

/** Checks a button, select, picker or input of a message or view. */
export function checkElement(element: Json, at: At): void {
  const check = ELEMENTS[String(element['type'])];
  if (check === undefined) {
    at.problems.add(`${at.place}/type`, `unsupported element: ${String(element['type'])}`);
    return;
  }
  checkActionId(element, at);
  check(element, at);
}

const ELEMENTS: Record<string, (element: Json, at: At) => void> = {
  button: checkButton,
  static_select: checkSelect,
  datetimepicker: checkDateTimePicker,
  plain_text_input: checkInput,
};

function checkActionId({ action_id: id }: Json, at: At): void {
  checkOptional(id, inside(at, 'action_id'), ID_MAX);
  if (typeof id === 'string') at.problems.once('action_id', id, `${at.place}/action_id`);
}

function checkButton({ text, url, value, style }: Json, at: At): void {
  checkTextObject(text, inside(at, 'text'), { max: BUTTON_TEXT_MAX, only: 'plain_text' });
  checkOptional(value, inside(at, 'value'), BUTTON_VALUE_MAX);
  checkOptional(url, inside(at, 'url'), URL_MAX);
  if (typeof url === 'string' && !isWebAddress(url)) at.problems.add(`${at.place}/url`, 'invalid url');
  if (!STYLES.has(style)) at.problems.add(`${at.place}/style`, 'must be primary or danger');
}

function checkSelect({ placeholder, options, initial_option: initial }: Json, at: At): void {
  if (placeholder !== undefined)
    checkTextObject(placeholder, inside(at, 'placeholder'), { max: PLACEHOLDER_MAX, only: 'plain_text' });
  checkList(options, inside(at, 'options'), { max: OPTIONS_MAX, each: checkOption });
  if (initial !== undefined && !JSON.stringify(options).includes(JSON.stringify(initial)))
    at.problems.add(`${at.place}/initial_option`, 'must be one of the options');
}

function checkOption({ text, value }: Json, at: At): void {
  checkTextObject(text, inside(at, 'text'), { max: OPTION_TEXT_MAX, only: 'plain_text' });
  checkText(value, inside(at, 'value'), OPTION_VALUE_MAX);
}

function checkDateTimePicker({ initial_date_time: initial }: Json, at: At): void {
  if (initial !== undefined && !SECONDS_DIGITS.test(JSON.stringify(initial)))
    at.problems.add(`${at.place}/initial_date_time`, 'must be a 10 digit timestamp');
}

function checkInput({ placeholder }: Json, at: At): void {
  if (placeholder !== undefined)
    checkTextObject(placeholder, inside(at, 'placeholder'), { max: PLACEHOLDER_MAX, only: 'plain_text' });
}

/** Tells whether Slack opens an address. */
export function isWebAddress(address: string): boolean {
  return /^https?:\/\//i.test(address) && !/\s/.test(address) && URL.canParse(address);
}
