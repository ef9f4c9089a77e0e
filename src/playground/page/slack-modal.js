/** The window that the bot opens over a phone's Slack to ask something. */
import { whileBusy } from './busy.js';
import { h, icon } from './dom.js';
import { drawBlocks, drawText } from './slack-blocks.js';
import { drawField } from './slack-controls.js';

/** @typedef {import('../page-types.ts').SlackView} View */
/** @typedef {Extract<View['blocks'][number], { type: 'input' }>} Input */
/** @typedef {import('./slack-blocks.js').BlockOptions & { acts: import('./slack-acts.js').SlackActs }} ModalOptions */

/**
 * Makes the window; `show` opens it, draws it anew or closes it.
 * @param {ModalOptions} options
 */
export function createSlackModal(options) {
  const box = h('dialog', { class: 'slack-modal' });
  /** @type {View | undefined} */
  let shown;

  function dismiss() {
    const closed = shown;
    shown = undefined;
    box.close();
    if (closed) void options.acts.close(closed.id);
  }

  box.addEventListener('cancel', (event) => {
    event.preventDefault();
    dismiss();
  });
  return {
    element: box,
    /** @param {View | undefined} view */
    show(view) {
      if (JSON.stringify(view) === JSON.stringify(shown)) return;
      shown = view;
      if (!view) return box.close();
      box.setAttribute('aria-label', view.title);
      box.replaceChildren(drawForm(view, dismiss, options));
      if (!box.open) box.showModal();
      const [first] = box.querySelectorAll('input, textarea');
      if (first instanceof HTMLElement) first.focus();
    },
  };
}

/**
 * @param {View} view
 * @param {() => void} dismiss
 * @param {ModalOptions} options
 */
function drawForm(view, dismiss, options) {
  const { t, acts } = options;
  const fields = view.blocks.flatMap((block) => (block.type === 'input' ? [drawInput(block, options)] : []));
  const ok =
    view.submit !== null && h('button', { class: 'slack-button primary', type: 'submit' }, view.submit);
  const submit = async () => {
    const values = Object.fromEntries(fields.map(({ id, read }) => [id, read()]));
    const errors = await acts.submit(view.id, values);
    for (const { id, error } of fields) error.textContent = errors[id] ?? '';
  };
  const onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    if (ok) void whileBusy(ok, submit);
  };
  const close = { class: 'slack-modal-close', type: 'button', 'aria-label': t('close'), onclick: dismiss };
  const cancel = { class: 'slack-button', type: 'button', onclick: dismiss };
  return h(
    'form',
    { onsubmit },
    h('header', {}, h('h2', {}, view.title), h('button', close, icon('i-close'))),
    h(
      'div',
      { class: 'slack-modal-body' },
      ...drawBlocks(view.blocks, options),
      ...fields.map((field) => field.row),
    ),
    h('footer', {}, h('button', cancel, view.close ?? t('close')), ok),
  );
}

/**
 * @param {Input} block
 * @param {ModalOptions} options
 */
function drawInput({ block_id: id, label, element }, options) {
  const error = h('p', { class: 'slack-error', role: 'alert' });
  const made = drawField(element, { label: label.text, timezone: options.timezone });
  const row = h(
    'label',
    { class: 'slack-field' },
    h('span', {}, ...drawText(label, options)),
    made?.field,
    error,
  );
  return { id, row, error, read: () => ({ [element.action_id]: made?.read() ?? { type: element.type } }) };
}
