/** Tabs of a phone's chats (ARIA Authoring Practices, tabs with automatic activation). */
import { h } from './dom.js';

/** @typedef {number | string} TabId */
/** @typedef {{ id: TabId, label: string, panel: HTMLElement }} TabItem */
/** @typedef {{ id: TabId, tab: HTMLElement, badge: HTMLElement, panel: HTMLElement, unread: number }} Tab */

const MOST_SHOWN = 99;

/**
 * @typedef {object} TabsOptions
 * @property {string} label
 * @property {string} idPrefix unique on the page
 * @property {readonly TabItem[]} items
 * @property {TabId | undefined} chosen
 * @property {import('./words.js').Translate} t
 * @property {(id: TabId) => void} onOpen
 */

/**
 * Makes the tabs; the first one is chosen unless `chosen` names another.
 * @param {TabsOptions} options
 */
export function createTabs({ label, idPrefix, items, chosen: wanted, t, onOpen }) {
  const tabs = items.map((item) => drawTab(item, idPrefix));
  let chosen = (tabs.find(({ id }) => id === wanted) ?? tabs[0])?.id ?? 0;
  const list = h(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': label },
    ...tabs.map(({ tab }) => tab),
  );

  /** @param {TabId} id */
  function choose(id) {
    chosen = id;
    for (const { id: each, tab, panel } of tabs) {
      tab.setAttribute('aria-selected', String(each === id));
      tab.tabIndex = each === id ? 0 : -1;
      panel.hidden = each !== id;
    }
  }

  for (const { id, tab } of tabs)
    tab.addEventListener('click', () => {
      choose(id);
      onOpen(id);
    });
  list.addEventListener('keydown', (event) => {
    const at = tabs.findIndex(({ id }) => id === chosen);
    const next = tabs.at(stepOf(event.key, { at, last: tabs.length - 1 }) ?? at);
    if (!next || next.id === chosen) return;
    event.preventDefault();
    next.tab.focus();
    next.tab.click();
  });
  choose(chosen);

  return {
    element: list,
    chosen: () => chosen,
    unread: () => tabs.reduce((sum, { unread }) => sum + unread, 0),
    /**
     * @param {TabId} id
     * @param {number} count
     */
    setUnread(id, count) {
      const tab = tabs.find((each) => each.id === id);
      if (tab) tab.unread = count;
      if (tab) fillBadge(tab.badge, count, t);
    },
  };
}

/**
 * Shows how much is unread, in a number for the eye and in words.
 * @param {HTMLElement} badge
 * @param {number} count
 * @param {import('./words.js').Translate} t
 */
export function fillBadge(badge, count, t) {
  badge.hidden = count === 0;
  const shown = count > MOST_SHOWN ? `${MOST_SHOWN}+` : String(count);
  badge.replaceChildren(
    h('span', { 'aria-hidden': 'true' }, shown),
    h('span', { class: 'heard' }, t('unread', { count })),
  );
}

/**
 * @param {TabItem} item
 * @param {string} idPrefix
 * @returns {Tab}
 */
function drawTab({ id, label, panel }, idPrefix) {
  const badge = h('span', { class: 'badge', hidden: true });
  const tabId = `${idPrefix}-tab-${id}`;
  panel.id = `${idPrefix}-panel-${id}`;
  panel.setAttribute('role', 'tabpanel');
  panel.setAttribute('aria-labelledby', tabId);
  const tab = h(
    'button',
    { class: 'tab', type: 'button', role: 'tab', id: tabId, 'aria-controls': panel.id },
    h('span', { class: 'tab-label' }, label),
    badge,
  );
  return { id, tab, badge, panel, unread: 0 };
}

/**
 * Gives the index a key leads to; undefined for other keys.
 * @param {string} key
 * @param {{ at: number, last: number }} place
 */
function stepOf(key, { at, last }) {
  if (key === 'ArrowRight') return at === last ? 0 : at + 1;
  if (key === 'ArrowLeft') return at === 0 ? last : at - 1;
  if (key === 'Home') return 0;
  return key === 'End' ? last : undefined;
}
