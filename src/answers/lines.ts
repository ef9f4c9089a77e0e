import type { Line, Span } from './types.ts';
import type { Words } from './words-types.ts';

/** Values of a message: text, numbers, or whole spans such as a link or an instant. */
export type LineArgs = Record<string, Span | number>;

/** Between facts on one line. */
const SEPARATOR = ' · ';

// Private-use characters stand for a span while Fluent builds the sentence; names are free of them (oneLine).
const MARK = /\uE000(\d+)\uE001/u;

/** Gives a message as a line whose arguments may be spans: a language decides where in the sentence they stand. */
export function sayLine(words: Words, key: string, args: LineArgs = {}): Line {
  const spans: Span[] = [];
  const texts = Object.entries(args).map(([name, value]): [string, string | number] => {
    if (typeof value !== 'object') return [name, value];
    spans.push(value);
    return [name, `\uE000${spans.length - 1}\uE001`];
  });
  return restoreSpans(words.t(key, Object.fromEntries(texts)), spans);
}

function restoreSpans(text: string, spans: readonly Span[]): Line {
  // split on a pattern with a group gives text, index, text, index, … text
  const pieces = text.split(MARK);
  return pieces
    .map((piece, index): Span => (index % 2 === 0 ? piece : (spans[Number(piece)] ?? '')))
    .filter((span) => span !== '');
}

/** Joins facts on one line with ` · `; null, undefined and empty ones are left out. */
export function joinFacts(facts: readonly (Line | string | null | undefined)[]): Line {
  const present = facts.filter(
    (fact): fact is Line | string => fact !== null && fact !== undefined && fact.length > 0,
  );
  return present.flatMap((fact, index) => {
    const spans: Line = typeof fact === 'string' ? [fact] : fact;
    return index === 0 ? spans : [SEPARATOR, ...spans];
  });
}

/** Gives the text of a line without its marks. */
export function lineText(line: Line): string {
  return line.map((span) => (typeof span === 'string' ? span : span.text)).join('');
}

/** Gives `Title: ` in bold before a line. */
export function titled(title: string, line: Line): Line {
  return [{ kind: 'bold', text: title }, ': ', ...line];
}

/** Gives an instant that a platform may show in the reader's own zone. */
export function instant(at: Date, now: Date, words: Words): Span {
  return { kind: 'at', at, text: words.time(at, now) };
}

/** Starts a text with a capital letter. */
export function capitalise(text: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase() + text.slice(first.length);
}
