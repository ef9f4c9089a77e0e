/** Draws what can be pressed or filled in: buttons, selects, fields (Slack, Block Kit elements). */
import { whileBusy } from './busy.js';
import { h, icon } from './dom.js';
import { drawSigns, withoutSigns } from './emoji.js';
import { safeUrl } from './segments.js';
import { toFieldTime, toInstant } from './zone-time.js';

/** @typedef {import('../page-types.ts').SlackElement} Element */
/** @typedef {Extract<Element, { type: 'button' }>} Button */
/** @typedef {Extract<Element, { type: 'static_select' }>} Select */

/** @typedef {(pressed: { data: string, label: string }) => Promise<void>} OnPress */

/**
 * @param {Element} element
 * @param {OnPress} onPress
 */
export function drawControl(element, onPress) {
  if (element.type === 'button') return drawButton(element, onPress);
  return element.type === 'static_select' ? drawSelect(element, onPress) : null;
}

/**
 * @param {Button} button
 * @param {OnPress} onPress
 */
function drawButton({ text, value, url, style }, onPress) {
  const label = drawSigns(text.text);
  const href = safeUrl(url);
  if (href !== null) {
    const attributes = { class: 'slack-button', href, target: '_blank', rel: 'noopener noreferrer' };
    return h('a', attributes, ...label, icon('i-link'));
  }
  const button = h('button', { class: `slack-button ${style ?? ''}`, type: 'button' }, ...label);
  const press = () => onPress({ data: value ?? '', label: text.text });
  button.addEventListener('click', () => void whileBusy(button, press));
  return button;
}

/**
 * The browser's own list, under a label whose signs are drawn.
 * @param {Select} select
 * @param {OnPress} onPress
 */
function drawSelect({ placeholder, options, initial_option: initial }, onPress) {
  const label = initial?.text.text ?? placeholder?.text ?? '';
  const list = h(
    'select',
    { 'aria-label': label },
    h('option', { value: '', hidden: true }, withoutSigns(label)),
    ...options.map(({ text, value }) => h('option', { value }, withoutSigns(text.text))),
  );
  const frame = h(
    'span',
    { class: 'slack-button slack-select' },
    h('span', { 'aria-hidden': 'true' }, ...drawSigns(label)),
    icon('i-down'),
    list,
  );
  list.addEventListener('change', () => {
    const chosen = options.find(({ value }) => value === list.value);
    list.value = '';
    if (chosen) void whileBusy(frame, () => onPress({ data: chosen.value, label: chosen.text.text }));
  });
  return frame;
}

/**
 * Draws a field of a modal, and gives what reads it as Slack tells it.
 * @param {Element} element
 * @param {{ label: string, timezone: string }} options
 * @returns {{ field: HTMLElement, read: () => object } | null}
 */
export function drawField(element, { label, timezone }) {
  const { type } = element;
  if (type === 'datetimepicker') {
    const seconds = element.initial_date_time;
    const value = seconds === undefined ? undefined : toFieldTime(seconds * 1000, timezone);
    const field = h('input', { type: 'datetime-local', 'aria-label': label, value, required: true });
    const read = () => ({ type, selected_date_time: Math.floor(toInstant(field.value, timezone) / 1000) });
    return { field, read };
  }
  if (type !== 'plain_text_input') return null;
  const field = h('textarea', {
    rows: element.multiline ? 4 : 1,
    'aria-label': label,
    placeholder: element.placeholder?.text,
  });
  field.value = element.initial_value ?? '';
  return { field, read: () => ({ type, value: field.value }) };
}
