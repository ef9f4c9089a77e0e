/** Signs of messages are drawn from the page's sprite: not every computer has them in a font. */
import { h, icon } from './dom.js';

/** @type {Readonly<Record<string, string>>} */
const DRAWN = {
  '🔴': 'e-red',
  '🟡': 'e-amber',
  '🟢': 'e-green',
  '🟠': 'e-orange',
  '⚪': 'e-white',
  '✅': 'e-check',
  '💤': 'e-sleep',
  '🔎': 'e-search',
  '📈': 'e-chart',
  '📖': 'e-book',
  '🔄': 'e-refresh',
  '🔔': 'e-bell',
  '📊': 'e-bars',
  '⛔': 'e-stop',
  '⌛': 'e-hourglass',
  '↩': 'e-back',
  '👤': 'e-person',
  '⚠': 'e-warning',
  '✍': 'e-note',
  '❓': 'e-question',
  '👍': 'e-up',
  '👎': 'e-down',
  '🌩': 'e-storm',
  '🚧': 'e-barrier',
  '🧪': 'e-tube',
  '📜': 'e-scroll',
  '🔁': 'e-again',
  '🩺': 'e-stethoscope',
  '📋': 'e-clipboard',
  '👥': 'e-people',
  '➕': 'e-plus',
  '🔗': 'e-link',
  '📑': 'e-sheets',
  '✖': 'e-cross',
  '🙋': 'e-hand',
  '🗓': 'e-calendar',
  '📌': 'e-pin',
  '🔬': 'e-microscope',
};

const SIGN = new RegExp(`(${Object.keys(DRAWN).join('|')})\\uFE0F?`, 'u');

/**
 * Gives a text without its signs, for where nothing can be drawn.
 * @param {string} text
 */
export function withoutSigns(text) {
  const words = text.split(SIGN).filter((part) => DRAWN[part] === undefined);
  return words.join('').trim() || text;
}

/**
 * Gives a text as nodes, its signs as drawings beside the signs themselves, which are still there to be read out and copied.
 * @param {string} text
 * @returns {(Node | string)[]}
 */
export function drawSigns(text) {
  return text.split(SIGN).map((part) => {
    const id = DRAWN[part];
    return id ? h('span', { class: 'sign' }, h('span', { class: 'sign-text' }, part), icon(id)) : part;
  });
}
