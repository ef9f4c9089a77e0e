/** The three steps of the first minute, as a list and as one line. */
import { h, icon } from './dom.js';
import { drawSigns } from './emoji.js';
import { STEPS } from './steps.js';

/** @typedef {import('./words.js').Translate} Translate */

/** @param {{ t: Translate, state: import('./store.js').State }} options */
export function createSteps({ t, state }) {
  const list = h('ol', { class: 'steps' });
  const end = h('p', { class: 'steps-done', hidden: true }, t('steps-done'));
  return {
    element: h('section', {}, h('h2', {}, t('steps')), list, end),
    /** @type {(done: ReadonlySet<string>, isBoth: boolean) => void} `isBoth`: the phones show different chats */
    draw: (done, isBoth) => {
      const isDemo = state.status.demo !== null;
      const next = STEPS.find((step) => !done.has(step));
      list.replaceChildren(
        ...STEPS.map((step) =>
          drawStep(step, { t, isDone: done.has(step), isNext: step === next, isDemo, isBoth }),
        ),
      );
      end.hidden = next !== undefined;
    },
  };
}

/**
 * Gives the next step in one line.
 * @param {ReadonlySet<string>} done
 * @param {Translate} t
 */
export function nextStepWords(done, t) {
  const at = STEPS.findIndex((step) => !done.has(step));
  return at < 0 ? t('steps-done') : `${at + 1}/${STEPS.length} · ${t(`step-${STEPS[at]}`)}`;
}

/**
 * @param {string} step
 * @param {{ t: Translate, isDone: boolean, isNext: boolean, isDemo: boolean, isBoth: boolean }} look
 */
function drawStep(step, { t, isDone, isNext, isDemo, isBoth }) {
  const more = step === 'see' && isBoth ? 'step-see-both' : `step-${step}-more`;
  // Only the demo knows that something will fall.
  const words = step === 'watch' && !isDemo ? 'empty-group' : more;
  return h(
    'li',
    { class: isDone ? 'done' : isNext ? 'next' : '', 'aria-current': isNext && 'step' },
    isDone && h('span', { class: 'tick', role: 'img', 'aria-label': t('step-is-done') }, icon('i-check')),
    h('b', {}, ...drawSigns(t(`step-${step}`))),
    isNext && h('span', {}, t(words)),
  );
}
