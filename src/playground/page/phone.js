/** One phone: whose it is, its chats as tabs, what is unread, what pops up. */
import { h } from './dom.js';
import { createPane, titleOf } from './pane.js';
import { chatsOf, countUnread, listMessages } from './store.js';
import { createTabs } from './tabs.js';
import { createToast } from './toast.js';

/** @typedef {import('../page-types.ts').PageMessage} Message */
/** @typedef {import('./message.js').Button} Button */

/**
 * @typedef {object} PhoneOptions
 * @property {number} index
 * @property {number} person
 * @property {number | undefined} openChat
 * @property {Map<string, number>} seen the newest message seen, by person and chat
 * @property {import('./store.js').State} state
 * @property {import('./words.js').Translate} t
 * @property {import('./preferences.js').Language} language
 * @property {(message: Message, button: Button) => void} onPress
 * @property {(chat: number, said: import('./composer.js').Said) => void} onSay
 * @property {(photo: { src: string, alt: string }) => void} onZoom
 * @property {(chat: number) => void} onOpen a chat came into view
 * @property {(person: number) => void} onPerson another person takes the phone
 */

/**
 * Makes the phone of a person.
 * @param {PhoneOptions} options
 */
export function createPhone(options) {
  const { state, t, index, person, seen, onOpen } = options;
  const holder = state.people.find(({ id }) => id === person);
  const name = holder?.name ?? '';
  const timezone = holder?.timezone ?? state.workspace.timezone;
  const chats = chatsOf(state, person);
  const panes = new Map(chats.map((chat) => [chat.id, createPane({ ...options, chat, timezone })]));
  const items = chats.map((chat) => ({
    id: chat.id,
    label: titleOf(chat),
    panel: panes.get(chat.id)?.element ?? h('div'),
  }));
  const label = t('chats', { name });
  const tabs = createTabs({ label, idPrefix: `phone-${index}`, items, chosen: options.openChat, t, onOpen });
  const toast = createToast(t);
  let isInView = true;

  /** Marks what is in view as seen, and counts the rest. */
  function look() {
    for (const { id } of chats) {
      const key = `${person}:${id}`;
      if (isInView && tabs.chosen() === id) seen.set(key, listMessages(state, id).at(-1)?.id ?? 0);
      tabs.setUnread(id, countUnread(state, { chat: id, person, seen: seen.get(key) ?? 0 }));
    }
  }

  return {
    element: h(
      'section',
      { class: 'phone', 'aria-label': t('phone', { name }), 'data-person': person },
      drawHead(options, name),
      tabs.element,
      ...[...panes.values()].map(({ element }) => element),
      toast.element,
    ),
    toast,
    unread: tabs.unread,
    /** @param {number} chat */
    drawChat(chat) {
      panes.get(chat)?.draw(listMessages(state, chat));
      look();
    },
    drawAll: () => panes.forEach((pane, id) => pane.draw(listMessages(state, id))),
    /** @param {number} chat */
    showTyping: (chat) => panes.get(chat)?.showTyping(),
    /**
     * Shows that a button is pressed until the function it gives is called.
     * @param {Message} message
     * @param {Button} button
     */
    showPressed(message, button) {
      const key = panes.get(message.chat)?.findKey(message, button);
      key?.setAttribute('aria-busy', 'true');
      return () => key?.removeAttribute('aria-busy');
    },
    /** @param {{ isInView: boolean, isLive: boolean }} place */
    setPlace(place) {
      isInView = place.isInView;
      for (const pane of panes.values()) pane.setLive(place.isLive);
      look();
    },
  };
}

/**
 * @param {PhoneOptions} options
 * @param {string} name
 */
function drawHead(options, name) {
  const face = h('span', { class: 'face', 'aria-hidden': 'true' }, initialsOf(name));
  const isChoice = options.state.people.length > 2;
  return h('header', { class: 'phone-head' }, face, isChoice ? drawChoice(options) : h('h2', {}, name));
}

/** @param {PhoneOptions} options */
function drawChoice({ state, t, person, onPerson }) {
  const choices = state.people.map(({ id, name }) =>
    h('option', { value: id, selected: id === person }, name),
  );
  const select = h('select', { 'aria-label': t('person') }, ...choices);
  select.addEventListener('change', () => onPerson(Number(select.value)));
  return select;
}

/** @param {string} name */
function initialsOf(name) {
  const words = name.split(/[\s·,]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0).toUpperCase())
    .join('');
}
