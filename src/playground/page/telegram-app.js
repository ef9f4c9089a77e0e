/** Telegram on a phone: its chats as tabs, what is unread. */
import { h } from './dom.js';
import { createPane, titleOf } from './pane.js';
import { chatsOf, countUnread, listMessages } from './store.js';
import { createTabs } from './tabs.js';

/** @typedef {import('../page-types.ts').PageMessage} Message */
/** @typedef {import('./phone.js').PhoneOptions} PhoneOptions */
/** @typedef {import('./phone.js').PhoneApp} PhoneApp */

/**
 * Makes it for the person who holds the phone.
 * @param {PhoneOptions} options
 * @returns {PhoneApp}
 */
export function createTelegramApp(options) {
  const { state, t, index, holder, seen, openChat, onOpen } = options;
  const { id: person, name, timezone } = holder;
  const chats = chatsOf(state, person);
  const onPress = (/** @type {Message} */ message, /** @type {import('./message.js').Button} */ button) => {
    const key = panes.get(message.chat)?.findKey(message, button);
    options.onPress(key, { message, button });
  };
  const panes = new Map(
    chats.map((chat) => [chat.id, createPane({ ...options, onPress, person, chat, timezone })]),
  );
  const items = chats.map((chat) => ({
    id: chat.id,
    label: titleOf(chat),
    panel: panes.get(chat.id)?.element ?? h('div'),
  }));
  const label = t('chats', { name });
  const tabs = createTabs({ label, idPrefix: `phone-${index}`, items, chosen: openChat, t, onOpen });
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
    elements: [tabs.element, ...[...panes.values()].map(({ element }) => element)],
    unread: tabs.unread,
    draw(changed) {
      if (changed.kind === 'typing') panes.get(changed.chat)?.showTyping();
      if (changed.kind !== 'chats') return;
      for (const chat of changed.chats) panes.get(chat)?.draw(listMessages(state, chat));
      look();
    },
    drawAll() {
      for (const [id, pane] of panes) pane.draw(listMessages(state, id));
      look();
    },
    setPlace(place) {
      isInView = place.isInView;
      for (const pane of panes.values()) pane.setLive(place.isLive);
      look();
    },
  };
}
