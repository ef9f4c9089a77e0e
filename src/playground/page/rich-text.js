/** Draws a tree of text: what is bold, a link, an instant. Text only ever becomes text. */
import { h } from './dom.js';
import { drawSigns } from './emoji.js';
import { safeUrl } from './segments.js';

/** @typedef {import('./segments.js').Segment} Segment */

/**
 * @typedef {object} RichTextOptions
 * @property {(command: string) => void} [onCommand] a command in the text was pressed
 * @property {(unixTime: number, format: string) => string} [formatInstant] gives an instant in the reader's zone
 */

/** @type {Readonly<Record<string, keyof HTMLElementTagNameMap>>} */
const TAGS = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
};

/**
 * @param {readonly Segment[]} segments
 * @param {RichTextOptions} [options]
 * @returns {Node[]}
 */
export function drawRichText(segments, options = {}) {
  return segments.map((segment) => drawSegment(segment, options));
}

/**
 * @param {Segment} segment
 * @param {RichTextOptions} options
 * @returns {Node}
 */
function drawSegment(segment, options) {
  if (typeof segment === 'string') return h('span', {}, ...drawSigns(segment));
  const { entity } = segment;
  const children = drawRichText(segment.children, options);
  const words = children.map(({ textContent }) => textContent).join('');
  if (entity.type === 'bot_command')
    return h(
      'button',
      { class: 'command', type: 'button', onclick: () => options.onCommand?.(words) },
      words,
    );
  if (entity.type === 'text_link' || entity.type === 'url') return drawLink(entity.url ?? words, children);
  if (entity.type === 'date_time' && entity.unix_time !== undefined)
    return drawInstant({ ...entity, unix_time: entity.unix_time }, { children, options });
  return h(TAGS[entity.type] ?? 'span', {}, ...children);
}

/**
 * @param {{ unix_time: number, format?: string }} instant
 * @param {{ children: Node[], options: RichTextOptions }} shown
 */
function drawInstant({ unix_time: seconds, format }, { children, options }) {
  const datetime = new Date(seconds * 1000).toISOString();
  const own = format === undefined ? undefined : options.formatInstant?.(seconds, format);
  return h('time', { datetime }, ...(own === undefined ? children : [own]));
}

/**
 * @param {string} address
 * @param {Node[]} children
 */
function drawLink(address, children) {
  const href = safeUrl(address);
  return href === null
    ? h('span', {}, ...children)
    : h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, ...children);
}
