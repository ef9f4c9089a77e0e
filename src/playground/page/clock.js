/** The instant the bot believes it is, and the buttons that move it on. */
import { whileBusy } from './busy.js';
import { h } from './dom.js';
import { formatDay, formatTime } from './words.js';

const MINUTE = 60_000;
const SKIPS = [
  { key: 'skip-15m', skip: { ms: 15 * MINUTE } },
  { key: 'skip-1h', skip: { ms: 60 * MINUTE } },
  { key: 'skip-4h', skip: { ms: 240 * MINUTE } },
  { key: 'skip-morning', skip: { until: 'morning' } },
];

/** @param {import('./panel.js').PanelOptions} options */
export function createClock(options) {
  const { t, state, view } = options;
  const { timezone } = state.workspace;
  const time = h('b');
  const day = h('span');
  const skips = createSkips(options);
  return {
    element: h('section', {}, h('h2', {}, t('clock')), h('p', { class: 'clock' }, time, day), skips),
    draw: () => {
      const now = Date.now() + state.clockOffset;
      time.textContent = formatTime(now, timezone, view.language);
      day.textContent = formatDay(now, timezone, view.language);
      skips.hidden = !state.status.canSkip;
    },
  };
}

/** @param {import('./panel.js').PanelOptions} options */
function createSkips({ t, acts }) {
  const wait = h('p', { class: 'wait', role: 'status' });
  const buttons = SKIPS.map(({ key, skip }) => {
    const button = h('button', { type: 'button' }, t(key));
    const move = async () => {
      wait.textContent = t('skipping');
      await acts.control('skip', skip).finally(() => wait.replaceChildren());
    };
    button.addEventListener('click', () => void whileBusy(button, move));
    return button;
  });
  return h('div', {}, h('div', { class: 'skips', role: 'group', 'aria-label': t('skip') }, ...buttons), wait);
}
