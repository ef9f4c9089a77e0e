/** The part of a phone that shows one chat: its messages, who is typing, the line to write in. */
import { createComposer } from './composer.js';
import { h } from './dom.js';
import { createLog } from './log.js';

/** @typedef {import('../page-types.ts').SceneChat} Chat */
/** @typedef {import('./phone.js').PhoneOptions} PhoneOptions */

/**
 * @typedef {object} OfPane
 * @property {Chat} chat
 * @property {number} person whose phone it is
 * @property {string} timezone
 * @property {import('./log.js').LogOptions['onPress']} onPress
 */

export const BOT_NAME = 'Heartbeat';
const TYPING_MS = 5000;

/**
 * Makes the pane of a chat.
 * @param {Omit<PhoneOptions, 'onPress'> & OfPane} options
 */
export function createPane({ chat, timezone, ...options }) {
  const { t, state, index, language, person, onPress, onZoom } = options;
  const title = titleOf(chat);
  const emptyWords = chat.kind === 'group' ? t('empty-group') : t('empty-private');
  const log = createLog({
    title,
    person,
    timezone,
    emptyWords,
    t,
    language,
    onPress,
    onCommand: (text) => options.onSay(chat.id, { text }),
    onReply: (message) => composer.answer(message),
    onZoom,
  });
  const composer = createComposer({
    id: `phone-${index}-${chat.id}`,
    title,
    t,
    listCommands: () => state.menus[String(chat.id)] ?? [],
    onSend: (said) => options.onSay(chat.id, said),
  });
  const dots = [h('i'), h('i'), h('i')];
  const typing = h('p', { class: 'typing', hidden: true }, t('typing', { name: BOT_NAME }), ...dots);
  let timer = 0;
  const stopTyping = () => {
    typing.hidden = true;
  };
  return {
    id: chat.id,
    element: h('div', { class: 'pane' }, log.element, typing, composer.element),
    findKey: log.findKey,
    setLive: log.setLive,
    /** @type {typeof log.draw} */
    draw(messages) {
      stopTyping();
      log.draw(messages);
    },
    showTyping() {
      typing.hidden = false;
      clearTimeout(timer);
      timer = setTimeout(stopTyping, TYPING_MS);
    },
  };
}

/**
 * Gives the name of a chat as its members see it.
 * @param {Chat} chat
 */
export function titleOf({ kind, title }) {
  return kind === 'private' ? BOT_NAME : title;
}
