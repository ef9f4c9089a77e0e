/** The list of commands over the line to write in (ARIA Authoring Practices, combobox with a list). */
import { h } from './dom.js';

/** @typedef {import('../page-types.ts').PageCommand} Command */

/**
 * Makes the list that belongs to a line to write in.
 * @param {{ id: string, label: string, input: HTMLTextAreaElement, onChoose: (command: string) => void }} options
 */
export function createSuggestions({ id, label, input, onChoose }) {
  const list = h('div', { class: 'suggestions', role: 'listbox', id, 'aria-label': label, hidden: true });
  /** @type {readonly Command[]} */
  let offered = [];
  let active = -1;
  input.setAttribute('aria-controls', id);

  /** @param {readonly Command[]} commands */
  function show(commands) {
    offered = commands;
    list.replaceChildren(...commands.map(drawOption));
    list.hidden = commands.length === 0;
    input.setAttribute('aria-expanded', String(!list.hidden));
    setActive(-1);
  }

  /**
   * @param {Command} item
   * @param {number} index
   */
  function drawOption({ command, description }, index) {
    const keepFocus = (/** @type {Event} */ event) => event.preventDefault();
    const onclick = () => onChoose(`/${command}`);
    return h(
      'div',
      { class: 'option', role: 'option', id: `${id}-${index}`, onpointerdown: keepFocus, onclick },
      h('b', {}, `/${command}`),
      h('span', {}, description),
    );
  }

  /** @param {number} index */
  function setActive(index) {
    active = index;
    [...list.children].forEach((option, at) => {
      option.setAttribute('aria-selected', String(at === active));
      if (at === active) option.scrollIntoView({ block: 'nearest' });
    });
    if (active < 0) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', `${id}-${active}`);
  }

  return {
    element: list,
    show,
    isShown: () => !list.hidden,
    /**
     * Takes a key when it means something to the list, and tells whether it did.
     * @param {string} key
     */
    takeKey(key) {
      const chosen = offered[active];
      if (key === 'ArrowDown') setActive((active + 1) % offered.length);
      else if (key === 'ArrowUp') setActive((active <= 0 ? offered.length : active) - 1);
      else if (key === 'Escape') show([]);
      else if (key === 'Enter' && chosen) onChoose(`/${chosen.command}`);
      else if (key === 'Tab' && chosen) {
        input.value = `/${chosen.command} `;
        show([]);
      } else return false;
      return true;
    },
  };
}
