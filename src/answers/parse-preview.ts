import type { Trial } from '../alerts/index.ts';
import { InputError } from '../errors.ts';

/** What somebody wants to try, as typed: `cr 4.0 3.4 2 2`, `cr alert=3.2 enter=2 days=30`. */
export type PreviewText = {
  /** the metric's name */
  query: string;
  trial: Trial;
  days?: number;
  /** the name together with the numbers behind it: some names end in one */
  whole: string;
  /** what was given by name, without those numbers */
  named: Trial;
};

const NAMES: Readonly<Record<string, keyof Trial | 'days'>> = {
  norm: 'norm',
  alert: 'alert',
  enter: 'enter',
  leave: 'leave',
  band_norm: 'bandNorm',
  band_alert: 'bandAlert',
  days: 'days',
};
const ORDER = ['norm', 'alert', 'enter', 'leave'] as const;
const NONE = new Set(['none', 'null', 'нет']);
const WHOLE: ReadonlySet<string> = new Set(['enter', 'leave', 'days']);

/**
 * Reads a metric's name and what to try: by name, or as numbers behind it in the order norm, alert, enter, leave. Throws
 * InputError `preview_argument`, `preview_number`.
 */
export function parsePreview(text: string): PreviewText {
  const words = text.split(/\s+/u).filter((word) => word !== '');
  const named = words.filter((word) => word.includes('='));
  const plain = words.filter((word) => !word.includes('='));
  const firstNumber = plain.length - countNumbers(plain);
  const numbers = plain.slice(firstNumber);
  if (numbers.length > ORDER.length) throw unknownArgument(numbers[ORDER.length] ?? '');
  const inOrder = numbers.map((value, index): [string, string] => [ORDER[index] ?? '', value]);
  const byName = named.map((word): [string, string] => {
    const at = word.indexOf('=');
    return [word.slice(0, at).toLowerCase(), word.slice(at + 1)];
  });
  const { days, ...trial } = readPairs(byName);
  return {
    query: plain.slice(0, firstNumber).join(' '),
    whole: plain.join(' '),
    trial: { ...readPairs(inOrder), ...trial },
    named: trial,
    ...(days !== undefined && { days }),
  };
}

function countNumbers(words: readonly string[]): number {
  const last = words.findLastIndex((word) => readNumber(word) === undefined);
  return words.length - last - 1;
}

function readPairs(pairs: readonly [string, string][]): Trial & { days?: number } {
  const read: Record<string, number | null> = {};
  for (const [name, text] of pairs) {
    const key = Object.hasOwn(NAMES, name) ? NAMES[name] : undefined;
    if (key === undefined) throw unknownArgument(`${name}=${text}`);
    const value = readNumber(text);
    if (value === undefined || (value === null && WHOLE.has(key))) throw badNumber(name, text);
    read[key] = value;
  }
  return read;
}

/** Gives a number, null for `none`, undefined for anything else. `1,234` may be meant either way and is none of them. */
function readNumber(text: string): number | null | undefined {
  if (NONE.has(text.toLowerCase())) return null;
  if (!/^[-−+]?\d+(?:\.\d+|,\d{1,2}|,\d{4,})?%?$/u.test(text)) return undefined;
  const value = Number(text.replace('−', '-').replace(',', '.').replace('%', ''));
  return Number.isFinite(value) ? value : undefined;
}

function badNumber(name: string, text: string): InputError {
  return new InputError('preview_number', `${name} is a number or "none", not "${text}".`, {
    details: { name, text },
  });
}

function unknownArgument(text: string): InputError {
  return new InputError(
    'preview_argument',
    `"${text}" is nothing to try. Give norm, alert, enter and leave in this order, or by name: norm=4 alert=3.4 enter=2 leave=2 band_norm=4.2 band_alert=3.6 days=30.`,
    { details: { text } },
  );
}
