/** Slack on a phone: its conversations and the Home tab as tabs, what is unread, the window that asks. */
import { h } from './dom.js';
import { createSlackModal } from './slack-modal.js';
import { createHome, createSlackPane, readerOf, titleOf } from './slack-pane.js';
import { countSlackUnread, findView, listSlackMessages, slackChatsOf } from './slack-store.js';
import { createTabs } from './tabs.js';

/** @typedef {import('./phone.js').PhoneOptions} PhoneOptions */
/** @typedef {import('./phone.js').PhoneApp} PhoneApp */
/** @typedef {ReturnType<typeof createTabs>} Tabs */

const HOME = 'home';

/**
 * Makes it for the person who holds the phone.
 * @param {PhoneOptions} options
 * @returns {PhoneApp}
 */
export function createSlackApp(options) {
  const { state, holder, slack: acts } = options;
  const person = holder.slack ?? '';
  const chats = slackChatsOf(state.slack, person);
  const panes = new Map(chats.map((chat) => [chat.id, createSlackPane(chat, options)]));
  const home = createHome(options);
  const modal = createSlackModal({ ...readerOf(options), onPress: async () => {}, acts });
  const panels = new Map([...panes].map(([id, { element }]) => [id, element]));
  const tabs = drawTabs(options, panels.set(HOME, home.element));
  let isInView = true;
  const look = () => markSeen(options, tabs, isInView);

  /** @param {readonly string[]} ids */
  function drawChats(ids) {
    for (const chat of ids) panes.get(chat)?.draw(listSlackMessages(state.slack, { chat, person }));
    look();
  }

  function drawViews() {
    home.draw(findView(state.slack, { person, kind: 'home' }));
    modal.show(findView(state.slack, { person, kind: 'modal' }));
  }

  return {
    elements: [tabs.element, ...panels.values(), modal.element],
    unread: tabs.unread,
    draw(changed) {
      if (changed.kind !== 'slack') return;
      drawChats(changed.chats);
      if (changed.views) drawViews();
    },
    drawAll() {
      drawChats([...panes.keys()]);
      drawViews();
    },
    setPlace(place) {
      isInView = place.isInView;
      for (const pane of panes.values()) pane.setLive(place.isLive);
      look();
    },
  };
}

/**
 * @param {PhoneOptions} options
 * @param {ReadonlyMap<string, HTMLElement>} panels by conversation, and the Home tab
 */
function drawTabs(options, panels) {
  const { state, t, index, holder, openChat, slack: acts } = options;
  const titles = new Map(state.slack.chats.map((chat) => [chat.id, titleOf(chat)]));
  return createTabs({
    label: t('chats', { name: holder.name }),
    idPrefix: `phone-${index}`,
    items: [...panels].map(([id, panel]) => ({ id, label: titles.get(id) ?? t('slack-home'), panel })),
    chosen: openChat,
    t,
    onOpen(id) {
      // Slack tells the app each time somebody looks at it
      if (id === HOME) void acts.openHome();
      options.onOpen(id);
    },
  });
}

/**
 * Marks what is in view as seen, and counts the rest.
 * @param {PhoneOptions} options
 * @param {Tabs} tabs
 * @param {boolean} isInView
 */
function markSeen({ state, holder, seen }, tabs, isInView) {
  const person = holder.slack ?? '';
  for (const { id } of slackChatsOf(state.slack, person)) {
    const key = `${person}:${id}`;
    const messages = listSlackMessages(state.slack, { chat: id, person });
    if (isInView && tabs.chosen() === id) seen.set(key, Number(messages.at(-1)?.id ?? 0));
    tabs.setUnread(id, countSlackUnread(messages, { person, seen: seen.get(key) ?? 0 }));
  }
}
