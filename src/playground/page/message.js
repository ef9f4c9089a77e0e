/** Draws one message: who, what it answers, picture, text, marks, buttons. */
import { h, icon } from './dom.js';
import { drawSigns } from './emoji.js';
import { drawRichText } from './rich-text.js';
import { safeUrl, toSegments } from './segments.js';

/** @typedef {import('../page-types.ts').PageMessage} Message */
/** @typedef {{ text: string, callback_data?: string, url?: string }} Button */

/**
 * @typedef {object} MessageView
 * @property {Message} message
 * @property {boolean} isOwn
 * @property {boolean} isFirst of several by the same sender
 * @property {Message | undefined} answered the message this one replies to
 * @property {string} time
 * @property {import('./words.js').Translate} t
 * @property {(button: Button) => void} onPress
 * @property {(command: string) => void} onCommand
 * @property {() => void} onReply
 * @property {(id: number) => void} onJump
 * @property {(photo: { src: string, alt: string }) => void} onZoom
 */

/**
 * @param {MessageView} view
 * @returns {HTMLElement}
 */
export function drawMessage(view) {
  const { message, isOwn, isFirst, time } = view;
  const { from, id } = message;
  return h(
    'article',
    {
      class: `message ${isOwn ? 'own' : 'other'}${isFirst ? ' first' : ''}`,
      'data-id': id,
      'aria-label': `${from.name}, ${time}`,
      tabindex: -1,
    },
    h(
      'div',
      { class: 'bubble' },
      isFirst && !isOwn && h('p', { class: 'sender' }, from.name),
      drawQuote(view),
      drawPhoto(view),
      h('div', { class: 'text' }, ...drawText(view), drawMarks(view)),
      message.reactions.length > 0 &&
        h('p', { class: 'reactions' }, ...message.reactions.flatMap((sign) => drawSigns(sign))),
    ),
    drawKeyboard(view),
  );
}

/**
 * Gives the first line of a message: what a notification would show.
 * @param {{ text: string }} message
 */
export function firstLine({ text }) {
  return text.split('\n', 1)[0] ?? '';
}

/** @param {MessageView} view */
function drawQuote({ message, answered, t, onJump }) {
  if (message.replyTo === null) return null;
  if (!answered) return h('p', { class: 'quote gone' }, t('message-gone'));
  return h(
    'button',
    {
      class: 'quote',
      type: 'button',
      'aria-label': `${t('replied', { name: answered.from.name })}: ${firstLine(answered)}`,
      onclick: () => onJump(answered.id),
    },
    h('b', {}, answered.from.name),
    h('span', {}, ...drawSigns(firstLine(answered))),
  );
}

/** @param {MessageView} view */
function drawPhoto({ message, t, onZoom }) {
  const { photo } = message;
  if (photo === null) return null;
  const of = firstLine(message) || message.from.name;
  const { src, width, height } = photo;
  const image = h('img', { src, width, height, alt: t('picture', { of }), decoding: 'async' });
  const button = h(
    'button',
    {
      class: 'photo',
      type: 'button',
      'aria-label': t('enlarge', { of }),
      onclick: () => onZoom({ src, alt: t('picture', { of }) }),
    },
    image,
  );
  image.addEventListener('error', () =>
    button.replaceWith(h('p', { class: 'photo-gone' }, t('picture-gone'))),
  );
  return button;
}

/** @param {MessageView} view */
function drawText({ message, onCommand }) {
  return drawRichText(toSegments(message.text, message.entities), { onCommand });
}

/** @param {MessageView} view */
function drawMarks({ message, time, t, onReply }) {
  const { topic, pinned, silent, edited } = message;
  return h(
    'span',
    { class: 'marks' },
    topic !== null && h('span', {}, t('topic', { topic })),
    pinned && drawMark('i-pin', t('pinned')),
    silent && drawMark('i-muted', t('silent')),
    edited && h('span', {}, t('edited')),
    h('time', { datetime: new Date(message.at).toISOString() }, time),
    drawReply(t('reply-to', { name: message.from.name }), onReply),
  );
}

/**
 * @param {string} words
 * @param {() => void} onclick
 */
function drawReply(words, onclick) {
  return h(
    'button',
    { class: 'reply', type: 'button', 'aria-label': words, title: words, onclick },
    icon('i-reply'),
  );
}

/**
 * @param {string} drawing
 * @param {string} words
 */
function drawMark(drawing, words) {
  return h('span', { class: 'mark', role: 'img', 'aria-label': words, title: words }, icon(drawing));
}

/** @param {MessageView} view */
function drawKeyboard({ message, onPress }) {
  if (message.keyboard.length === 0) return null;
  const rows = message.keyboard.map((row) =>
    h('div', { class: 'row' }, ...row.map((button) => drawButton(button, onPress))),
  );
  return h('div', { class: 'keyboard' }, ...rows);
}

/**
 * @param {Button} button
 * @param {MessageView['onPress']} onPress
 */
function drawButton(button, onPress) {
  const label = drawSigns(button.text);
  const href = safeUrl(button.url);
  if (href !== null)
    return h(
      'a',
      { class: 'key', href, target: '_blank', rel: 'noopener noreferrer' },
      ...label,
      icon('i-link'),
    );
  return h('button', { class: 'key', type: 'button', onclick: () => onPress(button) }, ...label);
}
