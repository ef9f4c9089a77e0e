/** The line above the field to write in that says which message is being answered. */
import { h, icon } from './dom.js';
import { drawSigns } from './emoji.js';
import { firstLine } from './message.js';

/**
 * A message that can be answered, in whichever chat.
 * @typedef {{ id: number | string, from: { name: string }, text: string }} Answerable
 */

/**
 * Makes the line above the field that says which message is being answered.
 * @param {import('./words.js').Translate} t
 * @param {() => void} onDropped
 */
export function createAnswering(t, onDropped) {
  const words = h('p');
  const drop = h(
    'button',
    { type: 'button', 'aria-label': t('reply-drop'), title: t('reply-drop') },
    icon('i-close'),
  );
  const element = h('div', { class: 'answering', hidden: true }, icon('i-reply'), words, drop);
  /** @type {number | string | undefined} */
  let answered;

  /** Gives the message that is answered, once. */
  function take() {
    const id = answered;
    answered = undefined;
    element.hidden = true;
    return id;
  }

  drop.addEventListener('click', () => {
    take();
    onDropped();
  });
  return {
    element,
    take,
    /** @param {Answerable} message */
    show(message) {
      answered = message.id;
      words.replaceChildren(
        h('b', {}, t('reply-to', { name: message.from.name })),
        ' ',
        ...drawSigns(firstLine(message)),
      );
      element.hidden = false;
    },
  };
}
