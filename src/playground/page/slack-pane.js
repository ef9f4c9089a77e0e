/** The parts of a phone's Slack: a conversation, and the Home tab. */
import { createComposer } from './composer.js';
import { h } from './dom.js';
import { drawBlocks } from './slack-blocks.js';
import { createSlackLog } from './slack-log.js';

/** @typedef {import('../page-types.ts').SlackChat} Chat */
/** @typedef {import('./phone.js').PhoneOptions} PhoneOptions */

/**
 * Gives the name of a conversation as Slack writes it.
 * @param {Chat} chat
 */
export function titleOf({ kind, title }) {
  return kind === 'channel' ? `#${title}` : title;
}

/**
 * Gives what drawing depends on the reader for.
 * @param {PhoneOptions} options
 */
export function readerOf({ t, language, holder, onZoom }) {
  return { t, language, timezone: holder.timezone, onZoom };
}

/**
 * Makes the pane of a conversation: its messages and the line to write in.
 * @param {Chat} chat
 * @param {PhoneOptions} options
 */
export function createSlackPane(chat, options) {
  const { t, state, index, slack: acts } = options;
  const title = titleOf(chat);
  const log = createSlackLog({
    ...readerOf(options),
    title,
    emptyWords: chat.kind === 'channel' ? t('empty-group') : t('slack-empty-direct'),
    onPress: ({ id }, pressed) => acts.press({ chat: chat.id, message: id, ...pressed }),
    onReply: (message) => composer.answer(message),
  });
  const composer = createComposer({
    id: `phone-${index}-${chat.id}`,
    title,
    t,
    listCommands: () => state.slack.commands,
    onSend: (said) => void acts.say(chat.id, said),
  });
  return {
    element: h('div', { class: 'pane' }, log.element, composer.element),
    draw: log.draw,
    setLive: log.setLive,
  };
}

/**
 * Makes the tab that the app draws for each person (Slack, App Home).
 * @param {PhoneOptions} options
 */
export function createHome(options) {
  const { holder, slack: acts, t } = options;
  const chat = holder.slack ?? '';
  const onPress = (/** @type {{ data: string, label: string }} */ pressed) =>
    acts.press({ chat, message: null, ...pressed });
  const content = h('div', { class: 'slack-home' }, h('p', { class: 'empty' }, t('slack-home-opening')));
  return {
    element: h('div', { class: 'pane slack-home-pane', tabindex: 0 }, content),
    /** @param {import('../page-types.ts').SlackView | undefined} view */
    draw(view) {
      if (view) content.replaceChildren(...drawBlocks(view.blocks, { ...readerOf(options), onPress }));
    },
  };
}
