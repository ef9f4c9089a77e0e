/** A frame that stays at its end while the reader is there, and else offers the way back. */
import { h, icon, setChildren } from './dom.js';

/** So near the end counts as being there. */
const NEAR_PX = 90;

/**
 * Makes the frame. `attributes` are those of the part that scrolls.
 * @param {{ attributes: Record<string, import('./dom.js').Attribute>, endLabel: string }} options
 */
export function createScroller({ attributes, endLabel }) {
  const inside = h('div', { tabindex: 0, ...attributes });
  const newest = h(
    'button',
    { class: 'newest', type: 'button', 'aria-label': endLabel, hidden: true, onclick: toEnd },
    icon('i-down'),
  );
  let isAtEnd = true;

  function toEnd() {
    inside.scrollTop = inside.scrollHeight;
  }

  inside.addEventListener('scroll', () => {
    // A hidden frame has no size and forgets where it was.
    if (inside.clientHeight === 0) return;
    isAtEnd = inside.scrollHeight - inside.scrollTop - inside.clientHeight < NEAR_PX;
    newest.hidden = isAtEnd;
  });
  new ResizeObserver(() => isAtEnd && toEnd()).observe(inside);

  return {
    element: h('div', { class: 'log-frame' }, inside, newest),
    inside,
    /** @param {readonly Element[]} children */
    fill(children) {
      setChildren(inside, children);
      if (isAtEnd) toEnd();
    },
  };
}
