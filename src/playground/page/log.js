/** The messages of one chat on one phone. What did not change is not drawn again. */
import { createLogFrame, findSeparator, flash, keepFocus } from './log-parts.js';
import { drawMessage } from './message.js';
import { formatDay, formatTime } from './words.js';

/** @typedef {import('../page-types.ts').PageMessage} Message */
/** @typedef {import('./message.js').Button} Button */

/**
 * @typedef {object} LogOptions
 * @property {string} title of the chat
 * @property {number} person whose phone it is
 * @property {string} timezone
 * @property {string} emptyWords
 * @property {import('./words.js').Translate} t
 * @property {import('./preferences.js').Language} language
 * @property {(message: Message, button: Button) => void} onPress
 * @property {(command: string) => void} onCommand
 * @property {(message: Message) => void} onReply
 * @property {(photo: { src: string, alt: string }) => void} onZoom
 */

/** @typedef {{ isFirst: boolean, answered: Message | undefined }} Place */

/** Messages of one sender that come together stand together. */
const TOGETHER_MS = 10 * 60_000;

/**
 * Makes the log of a chat; nothing is read out until `setLive`.
 * @param {LogOptions} options
 */
export function createLog(options) {
  const { language, timezone } = options;
  const frame = createLogFrame({ ...options, className: 'log' });
  /** @type {Map<number, { message: Message, place: Place, element: HTMLElement }>} */
  const drawn = new Map();

  /**
   * @param {Message} message
   * @param {Place} place
   */
  function elementOf(message, place) {
    const known = drawn.get(message.id);
    if (known?.message === message && isSamePlace(known.place, place)) return known.element;
    const time = formatTime(message.at, timezone, language);
    const isOwn = message.from.id === options.person;
    const acts = { ...actsOn(message, options), onJump: jumpTo };
    const element = drawMessage({ ...options, ...place, ...acts, message, time, isOwn });
    if (known) keepFocus(known.element, element);
    if (known && known.message.text !== message.text) flash(element);
    drawn.set(message.id, { message, place, element });
    return element;
  }

  /** @param {number} id */
  function jumpTo(id) {
    const element = drawn.get(id)?.element;
    if (!element) return;
    element.scrollIntoView({ block: 'center' });
    element.focus({ preventScroll: true });
    flash(element);
  }

  /** @param {readonly Message[]} messages */
  function draw(messages) {
    const byId = new Map(messages.map((message) => [message.id, message]));
    for (const id of drawn.keys()) if (!byId.has(id)) drawn.delete(id);
    let lastDay = '';
    const children = messages.flatMap((message, index) => {
      const day = formatDay(message.at, timezone, language);
      const isNewDay = day !== lastDay;
      lastDay = day;
      const isFirst = isNewDay || !isTogether(messages[index - 1], message);
      const answered = message.replyTo === null ? undefined : byId.get(message.replyTo);
      const element = elementOf(message, { isFirst, answered });
      return isNewDay ? [findSeparator(frame.inside, day), element] : [element];
    });
    frame.fill(children);
  }

  return {
    element: frame.element,
    draw,
    /**
     * Finds a button of a message as it is drawn now.
     * @type {(message: Message, button: Button) => Element | undefined}
     */
    findKey: ({ id, keyboard }, button) =>
      [...(drawn.get(id)?.element.querySelectorAll('.key') ?? [])][keyboard.flat().indexOf(button)],
    setLive: frame.setLive,
  };
}

/**
 * @param {Message} message
 * @param {LogOptions} options
 */
function actsOn(message, { onPress, onReply }) {
  return {
    onPress: (/** @type {Button} */ button) => onPress(message, button),
    onReply: () => onReply(message),
  };
}

/**
 * @param {Place} a
 * @param {Place} b
 */
function isSamePlace(a, b) {
  return a.isFirst === b.isFirst && a.answered === b.answered;
}

/**
 * @param {Message | undefined} before
 * @param {Message} message
 */
function isTogether(before, message) {
  return before?.from.id === message.from.id && message.at - before.at < TOGETHER_MS;
}
