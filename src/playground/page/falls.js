/** Metrics that can be made to fall, and those that are falling. */
import { whileBusy } from './busy.js';
import { h, icon } from './dom.js';

/** @typedef {import('./panel.js').PanelOptions} PanelOptions */

/** @param {PanelOptions} options */
export function createFalls(options) {
  const { state, t } = options;
  const list = h('div', { class: 'falls' });
  const element = h('section', {}, h('h2', {}, t('falls')), list);

  function draw() {
    const { demo } = state.status;
    element.hidden = demo === null;
    const focused = [...list.children].indexOf(document.activeElement ?? list);
    const buttons = (demo?.fallable ?? []).map((metric) =>
      drawButton({ ...metric, isFalling: demo?.falling.includes(metric.metric) ?? false }, options),
    );
    list.replaceChildren(...buttons);
    buttons[focused]?.focus();
  }

  return { element, draw };
}

/**
 * @param {{ metric: string, name: string, isFalling: boolean }} metric
 * @param {PanelOptions} options
 */
function drawButton({ metric, name, isFalling }, { t, acts }) {
  const button = h(
    'button',
    {
      class: `fall${isFalling ? ' falling' : ''}`,
      type: 'button',
      'data-metric': metric,
      'aria-label': t(isFalling ? 'restore-of' : 'fall', { name }),
    },
    h('span', {}, name),
    isFalling && h('i', {}, t('falling')),
    isFalling ? h('em', {}, t('restore')) : icon('i-fall'),
  );
  const act = isFalling ? 'restore' : 'fall';
  button.addEventListener('click', () => void whileBusy(button, () => acts.control(act, { metric })));
  return button;
}
