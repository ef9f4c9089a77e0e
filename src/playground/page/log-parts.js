/** What the logs of both chats are made with. */
import { h } from './dom.js';
import { createScroller } from './scroller.js';

const FLASH_MS = 1600;
const USABLE = 'button, a, select';

/**
 * Makes the frame of a log; nothing is read out until `setLive`.
 * @param {{ title: string, emptyWords: string, t: import('./words.js').Translate, className: string }} options
 */
export function createLogFrame({ title, emptyWords, t, className }) {
  const scroller = createScroller({
    endLabel: t('newest'),
    attributes: {
      class: className,
      role: 'log',
      'aria-label': t('messages', { chat: title }),
      'aria-live': 'off',
    },
  });
  const { element, inside } = scroller;
  const empty = h('p', { class: 'empty' }, emptyWords);
  return {
    element,
    inside,
    /** @param {readonly Element[]} children */
    fill: (children) => scroller.fill(children.length > 0 ? children : [empty]),
    /** @type {(isLive: boolean) => void} */
    setLive: (isLive) => inside.setAttribute('aria-live', isLive ? 'polite' : 'off'),
  };
}

/**
 * Gives the line above the messages of a day: the one that is there, else a new one.
 * @param {Element} inside
 * @param {string} day
 */
export function findSeparator(inside, day) {
  const known = [...inside.querySelectorAll('.day')].find(({ textContent }) => textContent === day);
  return known ?? h('p', { class: 'day' }, h('span', {}, day));
}

/**
 * A message that is drawn anew under somebody's finger keeps the focus on the same button, or on itself.
 * @param {HTMLElement} before
 * @param {HTMLElement} after
 */
export function keepFocus(before, after) {
  const focused = document.activeElement;
  if (!focused || !before.contains(focused)) return;
  const index = [...before.querySelectorAll(USABLE)].indexOf(focused);
  const same = [...after.querySelectorAll(USABLE)][index];
  queueMicrotask(() => (same instanceof HTMLElement ? same : after).focus({ preventScroll: true }));
}

/**
 * Marks for a moment what has changed.
 * @param {HTMLElement} element
 */
export function flash(element) {
  element.classList.add('changed');
  setTimeout(() => element.classList.remove('changed'), FLASH_MS);
}
