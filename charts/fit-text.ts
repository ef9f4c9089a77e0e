const ELLIPSIS = '…';
/** No line of a picture holds more; the rest of a text need not be measured. */
const MAX_LENGTH = 400;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

export type WidthOf = (text: string) => number;

/** Gives a text that is at most `width` pixels wide, cut between graphemes with an ellipsis where need be. */
export function fitText(text: string, width: number, widthOf: WidthOf): string {
  if (text.length <= MAX_LENGTH && widthOf(text) <= width) return text;
  const parts = Array.from(graphemes.segment(text.slice(0, MAX_LENGTH)), ({ segment }) => segment);
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (widthOf(cut(parts, middle)) <= width) low = middle;
    else high = middle - 1;
  }
  return cut(parts, low);
}

function cut(parts: readonly string[], count: number): string {
  return parts.slice(0, count).join('').trimEnd() + ELLIPSIS;
}

/** Breaks a text into at most `maxLines` lines of at most `width` pixels; what does not fit is cut. */
export function wrapText(text: string, box: { width: number; maxLines: number }, widthOf: WidthOf): string[] {
  const words = text
    .slice(0, box.maxLines * MAX_LENGTH)
    .split(/[ \n]+/u)
    .filter((word) => word !== '');
  const lines: string[] = [];
  let line = '';
  for (const [index, word] of words.entries()) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || widthOf(longer) <= box.width) {
      line = longer;
      continue;
    }
    if (lines.length === box.maxLines - 1) {
      line = [line, ...words.slice(index)].join(' ');
      break;
    }
    lines.push(line);
    line = word;
  }
  if (line !== '') lines.push(line);
  return lines.map((text) => fitText(text, box.width, widthOf));
}

/** Joins facts by dots, in at most `maxLines` lines that break only between facts. */
export function wrapFacts(
  facts: readonly string[],
  box: { width: number; maxLines: number },
  widthOf: WidthOf,
): string[] {
  const lines: string[] = [];
  for (const fact of facts) {
    const line = lines.at(-1);
    const longer = line === undefined ? fact : `${line} · ${fact}`;
    if (line === undefined || (widthOf(longer) > box.width && lines.length < box.maxLines)) lines.push(fact);
    else lines[lines.length - 1] = longer;
  }
  return lines.map((line) => fitText(line, box.width, widthOf));
}

/** Gives the first of the texts that fits, else the last one cut. */
export function firstFitting(texts: readonly string[], width: number, widthOf: WidthOf): string {
  const fitting = texts.find((text) => widthOf(text) <= width);
  return fitting ?? fitText(texts.at(-1) ?? '', width, widthOf);
}
