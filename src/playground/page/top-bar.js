/** The bar of small screens: whose phone is in view, the next step, and the way to the panel. */
import { h } from './dom.js';
import { drawSigns } from './emoji.js';
import { fillBadge } from './tabs.js';

/** The panel is a drawer where it does not fit beside the phones. */
const DRAWER = matchMedia('(max-width: 1119px)');

/**
 * @typedef {object} TopBarOptions
 * @property {import('./words.js').Translate} t
 * @property {readonly string[]} names of the people, by phone
 * @property {HTMLElement} panel
 * @property {(index: number) => void} onPhone
 */

/** @param {TopBarOptions} options */
export function createTopBar({ t, names, panel, onPhone }) {
  const people = names.map((name, index) => {
    const badge = h('span', { class: 'badge', hidden: true });
    return { badge, button: h('button', { type: 'button', onclick: () => onPhone(index) }, name, badge) };
  });
  const drawer = createDrawer(panel, t('try'));
  const step = h('p', { class: 'next-step' });
  return {
    element: h(
      'div',
      { class: 'top-bar' },
      h(
        'div',
        { class: 'people', role: 'group', 'aria-label': t('people') },
        ...people.map(({ button }) => button),
      ),
      drawer.opener,
      step,
      drawer.shade,
    ),
    closePanel: drawer.close,
    /** @param {string} words */
    setStep: (words) => step.replaceChildren(...drawSigns(words)),
    /**
     * @param {number} active
     * @param {readonly number[]} unread by phone
     */
    setPhones(active, unread) {
      people.forEach(({ button, badge }, index) => {
        const isActive = index === active;
        button.setAttribute('aria-pressed', String(isActive));
        fillBadge(badge, isActive ? 0 : (unread[index] ?? 0), t);
      });
    },
  };
}

/**
 * Makes the panel open and close as a drawer.
 * @param {HTMLElement} panel
 * @param {string} words
 */
function createDrawer(panel, words) {
  const shade = h('div', { class: 'shade', onclick: close });
  const opener = h(
    'button',
    {
      class: 'open-panel',
      type: 'button',
      'aria-expanded': 'false',
      'aria-controls': 'panel',
      onclick: open,
    },
    words,
  );

  function open() {
    setOpen(true);
    panel.querySelector('button')?.focus();
  }

  function close() {
    if (opener.getAttribute('aria-expanded') !== 'true') return;
    setOpen(false);
    opener.focus();
  }

  /** @param {boolean} isOpen */
  function setOpen(isOpen) {
    opener.setAttribute('aria-expanded', String(isOpen));
    panel.toggleAttribute('data-open', isOpen);
    shade.toggleAttribute('data-open', isOpen);
    panel.inert = DRAWER.matches && !isOpen;
  }

  panel.addEventListener('keydown', ({ key }) => key === 'Escape' && close());
  DRAWER.addEventListener('change', () => setOpen(false));
  setOpen(false);
  return { opener, shade, close };
}
