import { isJson, type Json } from './json.ts';

/** What is wrong with a message's blocks, each with its place, in Slack's words. */
export type Problems = {
  /** Notes a problem at a place such as `/blocks/0/text`. */
  add(place: string, what: string): void;
  /** Notes a second use of an id. */
  once(kind: 'block_id' | 'action_id', id: string, place: string): void;
  readonly list: readonly string[];
};

export function createProblems(): Problems {
  const list: string[] = [];
  const seen = new Set<string>();
  const add = (place: string, what: string): void => {
    list.push(`[ERROR] ${what} [json-pointer:${place}]`);
  };
  return {
    list,
    add,
    once(kind, id, place) {
      const key = `${kind} ${id}`;
      if (seen.has(key)) add(place, `${kind} \`${id}\` already exists`);
      seen.add(key);
    },
  };
}

export type At = { problems: Problems; place: string };

/** Gives the place of a part. */
export function inside({ problems, place }: At, part: string | number): At {
  return { problems, place: `${place}/${part}` };
}

/** Checks a text field's presence and length. */
export function checkText(value: unknown, at: At, max: number): void {
  const { problems, place } = at;
  if (typeof value !== 'string') problems.add(place, 'missing required field');
  else if (value.length === 0) problems.add(place, 'must be more than 0 characters');
  else if (value.length > max) problems.add(place, `must be less than ${max + 1} characters`);
}

/** Checks a text field that may be missing. */
export function checkOptional(value: unknown, at: At, max: number): void {
  if (value !== undefined) checkText(value, at, max);
}

type TextRules = { max: number; only?: 'plain_text' };

/** Checks a text object; `only` names the one type that the place takes. */
export function checkTextObject(value: unknown, at: At, { max, only }: TextRules): void {
  if (!isJson(value)) {
    at.problems.add(at.place, 'missing required field');
    return;
  }
  const { type } = value;
  const allowed: readonly unknown[] = only ? [only] : ['plain_text', 'mrkdwn'];
  if (!allowed.includes(type)) at.problems.add(`${at.place}/type`, `must be ${allowed.join(' or ')}`);
  if (type === 'plain_text' && value['verbatim'] !== undefined)
    at.problems.add(`${at.place}/verbatim`, 'unsupported property');
  checkText(value['text'], inside(at, 'text'), max);
}

/** Checks the number of things in a list, and each of them. */
export function checkList(
  value: unknown,
  at: At,
  rules: { min?: number; max: number; each(item: Json, at: At): void },
): void {
  if (!Array.isArray(value)) {
    at.problems.add(at.place, 'missing required field');
    return;
  }
  if (value.length < (rules.min ?? 1))
    at.problems.add(at.place, `no less than ${rules.min ?? 1} items allowed`);
  if (value.length > rules.max) at.problems.add(at.place, `no more than ${rules.max} items allowed`);
  for (const [index, item] of value.entries()) {
    if (isJson(item)) rules.each(item, inside(at, index));
    else at.problems.add(`${at.place}/${index}`, 'must be an object');
  }
}
