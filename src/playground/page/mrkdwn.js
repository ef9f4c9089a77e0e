/** Turns Slack's mrkdwn into the same tree as a text with entities. Pure: the page draws it, tests read it. */

/** @typedef {import('./segments.js').Segment} Segment */

/** A mark with a space of no width behind marks nothing; that is how a text keeps its own stars. */
const mark = (/** @type {string} */ sign, /** @type {string} */ name) =>
  `(?<![\\p{L}\\p{N}])[${sign}](?<${name}>[^\\s${sign}\\u200b](?:[^${sign}\\n]*[^\\s${sign}])?)[${sign}](?![\\p{L}\\p{N}\\u200b])`;
const TOKEN = new RegExp(
  [
    '```\\n?(?<pre>[^]*?)\\n?```',
    '<(?<sequence>[^<>\\n]*)>',
    mark('`', 'code'),
    mark('*', 'bold'),
    mark('_', 'italic'),
    mark('~', 'strikethrough'),
    '(?<=^|\\n)&gt; ?(?<blockquote>[^\\n]*)',
  ].join('|'),
  'gu',
);
const INSTANT = /^!date\^(\d+)\^([^|^]*)[^|]*\|(.*)$/;

/**
 * Gives the tree of a text as Slack writes it.
 * @param {string} text
 * @returns {Segment[]}
 */
export function parseMrkdwn(text) {
  /** @type {Segment[]} */
  const segments = [];
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    if (match.index > at) segments.push(unescapeText(text.slice(at, match.index)));
    segments.push(toSegment(match.groups ?? {}));
    at = match.index + match[0].length;
  }
  if (at < text.length) segments.push(unescapeText(text.slice(at)));
  return segments;
}

/**
 * Gives a text in which nothing is marked.
 * @param {string} text
 */
export function unescapeText(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/**
 * @param {Record<string, string | undefined>} groups
 * @returns {Segment}
 */
function toSegment({ sequence, pre, code, ...marks }) {
  if (sequence !== undefined) return toSequence(sequence);
  if (pre !== undefined) return entity('pre', [unescapeText(pre)]);
  if (code !== undefined) return entity('code', [unescapeText(code)]);
  const [type, inner = ''] = Object.entries(marks).find(([, each]) => each !== undefined) ?? ['bold'];
  return entity(type, parseMrkdwn(inner));
}

/**
 * @param {string} sequence what stands between `<` and `>`
 * @returns {Segment}
 */
function toSequence(sequence) {
  const [, seconds, format, fallback = ''] = INSTANT.exec(sequence) ?? [];
  if (seconds !== undefined)
    return entity('date_time', [unescapeText(fallback)], {
      unix_time: Number(seconds),
      format: format ?? '',
    });
  const [address = '', label] = sequence.split('|', 2);
  const url = unescapeText(address);
  return entity('text_link', [label === undefined ? url : unescapeText(label)], { url });
}

/**
 * @param {string} type
 * @param {Segment[]} children
 * @param {{ url?: string, unix_time?: number, format?: string }} [more]
 * @returns {Segment}
 */
function entity(type, children, more = {}) {
  return { entity: { type, offset: 0, length: 0, ...more }, children };
}
