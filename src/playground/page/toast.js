/** What a press is answered with: a toast that goes by itself, or a box that must be closed. */
import { h } from './dom.js';
import { drawSigns } from './emoji.js';

const TOAST_MS = 4500;

/** @param {import('./words.js').Translate} t */
export function createToast(t) {
  const bubble = h('p', { class: 'toast', hidden: true });
  const live = h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' }, bubble);
  const words = h('p', {});
  const close = h('button', { type: 'button' }, t('close'));
  const box = h('dialog', { class: 'alert-box', 'aria-label': 'Heartbeat' }, words, close);
  close.addEventListener('click', () => box.close());
  let timer = 0;
  return {
    element: h('div', { class: 'pop-ups' }, live, box),
    /** @param {string} text */
    show(text) {
      clearTimeout(timer);
      bubble.replaceChildren(...drawSigns(text));
      bubble.hidden = false;
      timer = setTimeout(() => {
        bubble.hidden = true;
      }, TOAST_MS);
    },
    /** @param {string} text */
    alert(text) {
      words.replaceChildren(...drawSigns(text));
      box.showModal();
    },
  };
}
