import { isMap, isScalar, parseDocument, type Document, type Pair, type YAMLMap } from 'yaml';
import { InputError } from '../errors.ts';

/** New values of a metric's lines and ticks; what is left out stays. Null: no such line. */
export type MetricEdit = {
  norm?: number | null;
  alert?: number | null;
  bandNorm?: number | null;
  bandAlert?: number | null;
  enter?: number;
  leave?: number;
};

type Place = { path: readonly [string] | readonly [string, string]; after: readonly string[] };

/** Where each value stands in the file, and behind which key a new one is written. */
const PLACES: Record<keyof MetricEdit, Place> = {
  norm: { path: ['norm_value'], after: ['direction'] },
  alert: { path: ['alert_value'], after: ['norm_value', 'direction'] },
  enter: { path: ['hysteresis', 'enter'], after: ['alert_value', 'norm_value', 'direction'] },
  leave: { path: ['hysteresis', 'leave'], after: ['alert_value', 'norm_value', 'direction'] },
  bandNorm: { path: ['band', 'norm'], after: ['hysteresis', 'alert_value', 'norm_value', 'direction'] },
  bandAlert: { path: ['band', 'alert'], after: ['hysteresis', 'alert_value', 'norm_value', 'direction'] },
};

/**
 * Gives a metric's file with other lines and ticks. Only their own characters change: comments, quotes and layout stay as
 * somebody wrote them. Throws InputError `metric_not_editable` for a text that has no such keys to follow.
 */
export function editMetric(text: string, edit: MetricEdit): string {
  let edited = text;
  for (const [key, place] of Object.entries(PLACES) as [keyof MetricEdit, Place][]) {
    const value = edit[key];
    if (value !== undefined) edited = setValue(edited, place, value);
  }
  return edited;
}

function setValue(text: string, { path, after }: Place, value: number | null): string {
  const document = parseDocument(text, { keepSourceTokens: true });
  const [key, inner] = path;
  const root = document.contents;
  if (document.errors.length > 0 || !isMap(root)) throw notEditable();
  const pair = findPair(root, key);
  const written = String(value);
  const isThere = inner === undefined ? pair : isMap(pair?.value) && findPair(pair.value, inner);
  if (value === null && !isThere) return text;
  if (inner === undefined) {
    return pair
      ? replaceValue(text, pair, written)
      : insertLine(text, root, { after, line: `${key}: ${written}` });
  }
  const map = pair?.value;
  if (!pair || !isMap(map)) {
    const line = `${key}: {${inner}: ${written}}`;
    return pair
      ? replaceValue(text, pair, `{${inner}: ${written}}`)
      : insertLine(text, root, { after, line });
  }
  const innerPair = findPair(map, inner);
  return innerPair ? replaceValue(text, innerPair, written) : addInner(text, map, `${inner}: ${written}`);
}

function findPair(map: YAMLMap, key: string): Pair | undefined {
  return map.items.find((pair) => isScalar(pair.key) && pair.key.value === key);
}

/** A range is where a node begins, where its value ends, and where what follows it (a comment) ends. */
function rangeOf(node: unknown): readonly [number, number] | undefined {
  const range = (node as Document['contents'])?.range;
  return range ? [range[0], range[1]] : undefined;
}

/** A number that is there already keeps its digits: 4.0 stays 4.0. */
function replaceValue(text: string, pair: Pair, written: string): string {
  if (isScalar(pair.value) && pair.value.source !== '' && String(pair.value.value) === written) return text;
  const value = rangeOf(pair.value);
  if (value && value[1] > value[0]) return text.slice(0, value[0]) + written + text.slice(value[1]);
  // `norm_value:` with nothing behind it
  const key = rangeOf(pair.key);
  if (!key) throw notEditable();
  const colon = text.indexOf(':', key[1]) + 1;
  return `${text.slice(0, colon)} ${written}${text.slice(colon)}`;
}

/** Writes a line behind the first key that is there, in the file's own kind of line ends. */
function insertLine(
  text: string,
  root: YAMLMap,
  { after, line }: { after: readonly string[]; line: string },
): string {
  const pair = after.map((key) => findPair(root, key)).find((found) => found !== undefined);
  const value = rangeOf(pair?.value);
  if (!value) throw notEditable();
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  // a block ends where the next line begins: behind its last character is the end of its last line
  const lastAt = value[0] + text.slice(value[0], value[1]).trimEnd().length;
  const end = text.indexOf('\n', lastAt);
  if (end === -1) return `${text}${newline}${line}${newline}`;
  return `${text.slice(0, end + 1)}${line}${newline}${text.slice(end + 1)}`;
}

function addInner(text: string, map: YAMLMap, written: string): string {
  const last = map.items.at(-1);
  const end = rangeOf(last?.value)?.[1];
  const start = rangeOf(last?.key)?.[0];
  if (end === undefined || start === undefined) throw notEditable();
  if (map.flow === true) return `${text.slice(0, end)}, ${written}${text.slice(end)}`;
  const lineStart = text.lastIndexOf('\n', start) + 1;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const eol = text.indexOf('\n', end);
  const line = text.slice(lineStart, start) + written;
  if (eol === -1) return `${text}${newline}${line}${newline}`;
  return `${text.slice(0, eol + 1)}${line}${newline}${text.slice(eol + 1)}`;
}

function notEditable(): InputError {
  return new InputError(
    'metric_not_editable',
    'This file cannot be changed by itself: it has no direction to write the lines behind. Change it by hand.',
  );
}
