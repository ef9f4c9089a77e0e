/** What stands beside the phones: the first minute, falls, the bot's clock, links, choices. */
import { createChoices } from './choices.js';
import { createClock } from './clock.js';
import { h, icon } from './dom.js';
import { createFalls } from './falls.js';
import { createSteps } from './first-minute.js';

/**
 * @typedef {object} PanelOptions
 * @property {import('./words.js').Translate} t
 * @property {import('./store.js').State} state
 * @property {import('./page.js').View} view
 * @property {import('./page.js').Acts} acts
 * @property {() => void} onClose
 */

/**
 * Makes the panel; `drawStatus`, `drawClock` and `drawSteps` keep it up to date.
 * @param {PanelOptions} options
 */
export function createPanel(options) {
  const { t } = options;
  const steps = createSteps(options);
  const falls = createFalls(options);
  const clock = createClock(options);
  const drawStatus = () => {
    falls.draw();
    clock.draw();
  };
  drawStatus();
  return {
    element: h(
      'aside',
      { class: 'panel', id: 'panel', 'aria-label': t('try'), tabindex: -1 },
      drawHead(options),
      steps.element,
      falls.element,
      clock.element,
      h('nav', { class: 'links' }, drawLink('/cockpit', t('cockpit')), drawLink('/docs', t('docs'))),
      createChoices(options),
    ),
    drawStatus,
    drawSteps: steps.draw,
    drawClock: clock.draw,
  };
}

/** @param {PanelOptions} options */
function drawHead({ t, onClose }) {
  return h(
    'div',
    { class: 'panel-head' },
    h('span', { class: 'logo', 'aria-hidden': 'true' }, icon('i-pulse')),
    h('div', {}, h('h1', {}, 'Heartbeat'), h('p', {}, t('about'))),
    h(
      'button',
      { class: 'panel-close', type: 'button', 'aria-label': t('close'), onclick: onClose },
      icon('i-close'),
    ),
  );
}

/**
 * @param {string} href
 * @param {string} words
 */
function drawLink(href, words) {
  return h('a', { href, target: '_blank', rel: 'noopener' }, words, icon('i-link'));
}
