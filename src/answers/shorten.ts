const ELLIPSIS = '…';
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Control characters, and the invisible marks that would turn the rest of a line around. */
// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u001F\u007F-\u009F\u2028\u2029\u202A-\u202E\u2066-\u2069\uE000-\uF8FF]+/gu;

/** Gives a text without control, direction-override and private-use characters; its spaces stay as they are. */
export function printable(text: string): string {
  return text.toWellFormed().replace(UNPRINTABLE, ' ');
}

/** Gives a text on one line: without control, direction-override and private-use characters, spaces single. */
export function oneLine(text: string): string {
  return printable(text)
    .replace(/\s{2,}/gu, ' ')
    .trim();
}

/**
 * Cuts a text to at most `max` UTF-16 units (what Telegram counts), never inside a grapheme, with an ellipsis where
 * something was left out.
 */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  if (max < ELLIPSIS.length) return '';
  const room = max - ELLIPSIS.length;
  // a grapheme can be thousands of units long; the part behind the cut need not be read
  const end = graphemes.segment(text.slice(0, max + 1)).containing(room)?.index ?? 0;
  return text.slice(0, end).trimEnd() + ELLIPSIS;
}
