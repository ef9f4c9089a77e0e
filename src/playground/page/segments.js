/** Turns a text with entities into a tree. Pure: the page draws it, tests read it. */

/** @typedef {import('../page-types.ts').PageEntity} Entity */
/** @typedef {string | { entity: Entity, children: Segment[] }} Segment */

/** What Telegram marks by itself in a text: commands and addresses. */
const SELF_MARKED =
  /(?<command>(?<![\w/])\/[a-z][a-z0-9_]{0,31}\b)|(?<url>https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]}])/g;
/** Kinds in which nothing is marked by itself. */
const OPAQUE = new Set(['code', 'pre', 'text_link', 'url', 'bot_command']);
const SAFE_SCHEMES = new Set(['http:', 'https:', 'tg:', 'mailto:']);

/**
 * Gives the tree of a text. Entities that overlap or reach beyond the text are cut.
 * @param {string} text
 * @param {readonly Entity[]} entities
 * @returns {Segment[]}
 */
export function toSegments(text, entities) {
  const sorted = entities
    .filter(({ offset, length }) => offset >= 0 && length > 0 && offset < text.length)
    .toSorted((a, b) => a.offset - b.offset || b.length - a.length);
  return build({ text, start: 0, end: text.length }, sorted, true);
}

/**
 * @param {{ text: string, start: number, end: number }} part
 * @param {readonly Entity[]} entities
 * @param {boolean} marksItself
 * @returns {Segment[]}
 */
function build({ text, start, end }, entities, marksItself) {
  /** @type {Segment[]} */
  const segments = [];
  let at = start;
  let rest = entities;
  while (rest.length > 0) {
    const [entity, ...later] = rest;
    if (entity === undefined || entity.offset >= end) break;
    const from = Math.max(entity.offset, at);
    const to = Math.min(entity.offset + entity.length, end);
    const inside = later.filter(({ offset }) => offset < to);
    rest = later.filter(({ offset }) => offset >= to);
    if (to <= from) continue;
    segments.push(...plain(text.slice(at, from), marksItself));
    const children = build({ text, start: from, end: to }, inside, marksItself && !OPAQUE.has(entity.type));
    segments.push({ entity, children });
    at = to;
  }
  segments.push(...plain(text.slice(at, end), marksItself));
  return segments;
}

/**
 * @param {string} text
 * @param {boolean} marksItself
 * @returns {Segment[]}
 */
function plain(text, marksItself) {
  if (!marksItself) return text === '' ? [] : [text];
  /** @type {Segment[]} */
  const segments = [];
  let at = 0;
  for (const match of text.matchAll(SELF_MARKED)) {
    const type = match.groups?.['command'] ? 'bot_command' : 'url';
    const [found] = match;
    if (match.index > at) segments.push(text.slice(at, match.index));
    segments.push({ entity: { type, offset: match.index, length: found.length }, children: [found] });
    at = match.index + found.length;
  }
  if (at < text.length) segments.push(text.slice(at));
  return segments;
}

/**
 * Gives an address that may be opened, or null: a message must not run a script.
 * @param {string | undefined} address
 * @returns {string | null}
 */
export function safeUrl(address) {
  if (address === undefined || !URL.canParse(address)) return null;
  return SAFE_SCHEMES.has(new URL(address).protocol) ? address : null;
}

/**
 * Gives the text of segments.
 * @param {readonly Segment[]} segments
 * @returns {string}
 */
export function textOf(segments) {
  return segments.map((each) => (typeof each === 'string' ? each : textOf(each.children))).join('');
}
