/** Draws one message of Slack with the replies in its thread. */
import { h, icon } from './dom.js';
import { drawSigns } from './emoji.js';
import { firstLine } from './message.js';
import { unescapeText } from './mrkdwn.js';
import { drawBlocks, drawText } from './slack-blocks.js';
import { formatTime } from './words.js';

/** @typedef {import('../page-types.ts').SlackMessage} Message */

/**
 * @typedef {object} SlackMessageOptions
 * @property {import('./words.js').Translate} t
 * @property {import('./preferences.js').Language} language
 * @property {string} timezone
 * @property {(message: Message, pressed: { data: string, label: string }) => Promise<void>} onPress
 * @property {(message: Message) => void} onReply
 * @property {(photo: { src: string, alt: string }) => void} onZoom
 */

/**
 * @param {import('./slack-store.js').SlackThread & { parent: Message | undefined }} thread
 * @param {SlackMessageOptions} options
 */
export function drawSlackMessage({ message, replies, parent }, options) {
  const { t } = options;
  const thread = h(
    'div',
    { class: 'slack-thread', role: 'group', 'aria-label': t('slack-replies', { name: message.from.name }) },
    ...replies.map((reply) => drawOne(reply, options, reply.isBroadcast && drawBroadcast(t))),
  );
  const mark = parent && drawMark('i-reply', t('slack-in-thread', { of: unescapeText(firstLine(parent)) }));
  return drawOne(message, options, mark, replies.length > 0 && thread);
}

/** @param {import('./words.js').Translate} t */
function drawBroadcast(t) {
  return drawMark('i-reply', t('slack-broadcast'));
}

/**
 * @param {Message} message
 * @param {SlackMessageOptions} options
 * @param {import('./dom.js').Child} mark
 * @param {import('./dom.js').Child} [thread]
 */
function drawOne(message, options, mark, thread) {
  const { t, language, timezone, onReply } = options;
  const { from, id, onlyFor, pinned } = message;
  const time = formatTime(message.at, timezone, language);
  const canReply = onlyFor === null && message.thread === null;
  return h(
    'article',
    {
      class: `slack-message${onlyFor === null ? '' : ' only-you'}`,
      'data-id': id,
      'aria-label': `${from.name}, ${time}`,
      tabindex: -1,
    },
    onlyFor !== null && drawMark('i-eye', t('slack-only-you')),
    pinned && drawMark('i-pin', t('slack-pinned')),
    mark,
    drawFace(from),
    h(
      'div',
      { class: 'slack-body' },
      h(
        'p',
        { class: 'slack-by' },
        h('b', {}, from.name),
        from.isBot && h('span', { class: 'slack-badge' }, t('slack-badge')),
        h('time', { datetime: new Date(message.at).toISOString() }, time),
      ),
      ...drawContent(message, options),
      canReply && drawReply(t('slack-reply'), () => onReply(message)),
      thread,
    ),
  );
}

/** @param {Message['from']} from */
function drawFace({ name, isBot }) {
  const class_ = `slack-face${isBot ? ' bot' : ''}`;
  return h('span', { class: class_, 'aria-hidden': 'true' }, isBot ? icon('i-pulse') : name.slice(0, 1));
}

/**
 * @param {Message} message
 * @param {SlackMessageOptions} options
 */
function drawContent(message, options) {
  const { t } = options;
  const edited = message.edited && h('span', { class: 'slack-edited' }, t('slack-edited'));
  if (message.blocks.length === 0)
    return [
      h('div', { class: 'slack-text' }, ...drawText({ type: 'mrkdwn', text: message.text }, options), edited),
    ];
  const onPress = (/** @type {{ data: string, label: string }} */ pressed) =>
    options.onPress(message, pressed);
  const blocks = drawBlocks(message.blocks, { ...options, onPress });
  const words = blocks.findLast((block) => block.matches('.slack-section'));
  if (edited) words?.querySelector('.slack-text')?.append(' ', edited);
  return blocks;
}

/**
 * @param {string} drawing
 * @param {string} words
 */
function drawMark(drawing, words) {
  return h('p', { class: 'slack-mark' }, icon(drawing), h('span', {}, ...drawSigns(words)));
}

/**
 * @param {string} words
 * @param {() => void} onclick
 */
function drawReply(words, onclick) {
  return h('button', { class: 'slack-reply', type: 'button', onclick }, icon('i-reply'), words);
}
