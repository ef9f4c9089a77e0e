/** A picture in full size, over everything. */
import { h, icon } from './dom.js';

/** @param {import('./words.js').Translate} t */
export function createViewer(t) {
  const image = h('img', { alt: '' });
  const close = h(
    'button',
    { class: 'viewer-close', type: 'button', 'aria-label': t('close') },
    icon('i-close'),
  );
  const box = h('dialog', { class: 'viewer' }, close, h('div', { class: 'viewer-frame' }, image));
  box.addEventListener('click', ({ target }) => {
    if (target !== image) box.close();
  });
  return {
    element: box,
    /** @type {(photo: { src: string, alt: string }) => void} */
    open: ({ src, alt }) => {
      image.src = src;
      image.alt = alt;
      box.setAttribute('aria-label', alt);
      box.showModal();
    },
  };
}
