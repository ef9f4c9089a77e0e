/** Draws what Slack's messages and views are made of (Slack, Block Kit blocks). */
import { h } from './dom.js';
import { drawSigns } from './emoji.js';
import { parseMrkdwn, unescapeText } from './mrkdwn.js';
import { drawRichText } from './rich-text.js';
import { drawControl } from './slack-controls.js';
import { formatShortDay, formatTime } from './words.js';

/** @typedef {import('../page-types.ts').SlackBlock} Block */
/** @typedef {import('../page-types.ts').SlackText} Text */
/** @typedef {import('../page-types.ts').SlackImage} Image */

/**
 * @typedef {object} BlockOptions
 * @property {import('./words.js').Translate} t
 * @property {import('./preferences.js').Language} language
 * @property {string} timezone of the reader
 * @property {import('./slack-controls.js').OnPress} onPress
 * @property {(photo: { src: string, alt: string }) => void} onZoom
 */

/**
 * @param {readonly Block[]} blocks
 * @param {BlockOptions} options
 * @returns {HTMLElement[]}
 */
export function drawBlocks(blocks, options) {
  return blocks.map((block) => drawBlock(block, options)).filter((element) => element !== null);
}

/**
 * @param {Block} block
 * @param {BlockOptions} options
 * @returns {HTMLElement | null}
 */
function drawBlock(block, options) {
  switch (block.type) {
    case 'section':
      return drawSection(block, options);
    case 'header':
      return h('h3', { class: 'slack-header' }, ...drawSigns(block.text.text));
    case 'context':
      return h('div', { class: 'slack-context' }, ...block.elements.map((each) => drawSmall(each, options)));
    case 'actions':
      return h(
        'div',
        { class: 'slack-actions' },
        ...block.elements.map((element) => drawControl(element, options.onPress)),
      );
    case 'image':
      return drawImage(block, options);
    case 'divider':
      return h('hr', { class: 'slack-divider' });
    default:
      return null;
  }
}

/**
 * @param {Extract<Block, { type: 'section' }>} section
 * @param {BlockOptions} options
 */
function drawSection({ text, fields = [], accessory }, options) {
  return h(
    'div',
    { class: 'slack-section' },
    h(
      'div',
      { class: 'slack-words' },
      text && h('div', { class: 'slack-text' }, ...drawText(text, options)),
      fields.length > 0 &&
        h(
          'div',
          { class: 'slack-fields' },
          ...fields.map((field) => h('div', { class: 'slack-text' }, ...drawText(field, options))),
        ),
    ),
    accessory && drawControl(accessory, options.onPress),
  );
}

/**
 * @param {Text | Image} element
 * @param {BlockOptions} options
 */
function drawSmall(element, options) {
  if (element.type === 'image') return h('img', { src: element.src, alt: element.alt_text });
  return h('span', { class: 'slack-text' }, ...drawText(element, options));
}

/**
 * Draws a text, its instants in the reader's zone (Slack, formatting text: date formatting).
 * @param {Text} text
 * @param {Pick<BlockOptions, 'timezone' | 'language'>} options
 * @returns {(Node | string)[]}
 */
export function drawText({ type, text }, { timezone, language }) {
  if (type === 'plain_text') return drawSigns(unescapeText(text));
  const formatInstant = (/** @type {number} */ seconds, /** @type {string} */ format) =>
    format
      .replaceAll('{time}', formatTime(seconds * 1000, timezone, language))
      .replace(/\{date\w*\}/g, formatShortDay(seconds * 1000, timezone, language));
  return drawRichText(parseMrkdwn(text), { formatInstant });
}

/**
 * @param {Image} image
 * @param {BlockOptions} options
 */
function drawImage({ src, width, height, alt_text: alt }, { t, onZoom }) {
  const image = h('img', { src, width, height, alt, decoding: 'async' });
  const button = h(
    'button',
    {
      class: 'slack-image',
      type: 'button',
      'aria-label': t('enlarge', { of: alt }),
      onclick: () => onZoom({ src, alt }),
    },
    image,
  );
  image.addEventListener('error', () =>
    button.replaceWith(h('p', { class: 'photo-gone' }, t('picture-gone'))),
  );
  return button;
}
