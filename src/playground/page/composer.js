/** Where somebody writes: Enter sends, "/" suggests the bot's commands. */
import { createAnswering } from './answering.js';
import { h, icon } from './dom.js';
import { createSuggestions } from './suggestions.js';

/** @typedef {import('./answering.js').Answerable} Answerable */

/**
 * What somebody wrote; `replyTo` is the message it answers.
 * @typedef {{ text: string, replyTo?: number | string }} Said
 */

/**
 * @typedef {object} ComposerOptions
 * @property {string} id unique on the page
 * @property {string} title of the chat
 * @property {import('./words.js').Translate} t
 * @property {() => readonly import('../page-types.ts').PageCommand[]} listCommands
 * @property {(said: Said) => void} onSend
 */

/** Telegram's limit of a message. */
const TEXT_MAX = 4096;
/** A tap on a suggestion takes the focus first. */
const BLUR_MS = 150;

/**
 * Makes the line to write in.
 * @param {ComposerOptions} options
 */
export function createComposer({ id, title, t, listCommands, onSend }) {
  const input = drawInput(t('compose-short'), t('compose', { chat: title }));
  const suggestions = createSuggestions({
    id: `${id}-commands`,
    label: t('commands'),
    input,
    onChoose: submit,
  });
  const answering = createAnswering(t, () => input.focus());
  const all = drawRound('all-commands', t('commands'), '/', { type: 'button', onclick: toggleAll });
  const send = drawRound('send', t('send'), icon('i-send'), { type: 'submit' });

  /** @param {string} text */
  function submit(text) {
    suggestions.show([]);
    if (text.trim() === '') return;
    input.value = '';
    grow(input);
    const replyTo = answering.take();
    onSend({ text: text.trim(), ...(replyTo === undefined ? {} : { replyTo }) });
  }

  function suggest() {
    grow(input);
    const typed = /^\/(\w*)$/.exec(input.value)?.[1];
    suggestions.show(
      typed === undefined ? [] : listCommands().filter(({ command }) => command.startsWith(typed)),
    );
  }

  function toggleAll() {
    input.focus();
    suggestions.show(suggestions.isShown() ? [] : listCommands());
  }

  /** @param {KeyboardEvent} event */
  function onKey(event) {
    if (event.isComposing) return;
    if (event.key === 'Escape' && !suggestions.isShown()) answering.take();
    const isTaken = suggestions.isShown() && suggestions.takeKey(event.key);
    if (!isTaken && (event.key !== 'Enter' || event.shiftKey)) return;
    event.preventDefault();
    if (!isTaken) submit(input.value);
  }

  input.addEventListener('input', suggest);
  input.addEventListener('keydown', onKey);
  input.addEventListener('blur', () => setTimeout(() => suggestions.show([]), BLUR_MS));
  const onsubmit = (/** @type {Event} */ event) => {
    event.preventDefault();
    submit(input.value);
  };
  const parts = [suggestions.element, answering.element, all, input, send];
  return {
    element: h('form', { class: 'composer', onsubmit }, ...parts),
    /** @param {Answerable} message */
    answer(message) {
      answering.show(message);
      input.focus();
    },
  };
}

/**
 * @param {string} placeholder
 * @param {string} label
 */
function drawInput(placeholder, label) {
  return h('textarea', {
    rows: 1,
    maxlength: TEXT_MAX,
    placeholder,
    'aria-label': label,
    role: 'combobox',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    autocomplete: 'off',
    enterkeyhint: 'send',
    spellcheck: 'false',
  });
}

/**
 * @param {string} name
 * @param {string} label
 * @param {Node | string} content
 * @param {Record<string, import('./dom.js').Attribute>} attributes
 */
function drawRound(name, label, content, attributes) {
  return h('button', { class: name, 'aria-label': label, title: label, ...attributes }, content);
}

/** @param {HTMLTextAreaElement} input */
function grow(input) {
  input.style.height = 'auto';
  input.style.height = `${input.scrollHeight}px`;
}
