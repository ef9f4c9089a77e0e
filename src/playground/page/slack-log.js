/** The messages of one conversation of Slack on one phone. What did not change is not drawn again. */
import { createLogFrame, findSeparator, flash, keepFocus } from './log-parts.js';
import { drawSlackMessage } from './slack-message.js';
import { listThreads } from './slack-store.js';
import { formatDay } from './words.js';

/** @typedef {import('../page-types.ts').SlackMessage} Message */
/** @typedef {import('./slack-message.js').SlackMessageOptions & { title: string, emptyWords: string }} SlackLogOptions */
/** @typedef {{ parts: readonly (Message | undefined)[], element: HTMLElement }} Drawn */

/**
 * Makes the log; nothing is read out until `setLive`.
 * @param {SlackLogOptions} options
 */
export function createSlackLog(options) {
  const { language, timezone } = options;
  const frame = createLogFrame({ ...options, className: 'log slack-log' });
  /** @type {Map<string, Drawn>} */
  const drawn = new Map();

  /**
   * @param {import('./slack-store.js').SlackThread} thread
   * @param {Message | undefined} parent
   */
  function elementOf(thread, parent) {
    const { id } = thread.message;
    const parts = [thread.message, parent, ...thread.replies];
    const known = drawn.get(id);
    if (known && isSame(known.parts, parts)) return known.element;
    const element = drawSlackMessage({ ...thread, parent }, options);
    if (known) keepFocus(known.element, element);
    if (known && known.parts[0]?.text !== thread.message.text) flash(element);
    drawn.set(id, { parts, element });
    return element;
  }

  /** @param {readonly Message[]} messages */
  function draw(messages) {
    const byId = new Map(messages.map((message) => [message.id, message]));
    for (const id of drawn.keys()) if (!byId.has(id)) drawn.delete(id);
    let lastDay = '';
    const children = listThreads(messages).flatMap((thread) => {
      const day = formatDay(thread.message.at, timezone, language);
      const isNewDay = day !== lastDay;
      lastDay = day;
      const parent = thread.isOfThread ? byId.get(thread.message.thread ?? '') : undefined;
      const element = elementOf(thread, parent);
      return isNewDay ? [findSeparator(frame.inside, day), element] : [element];
    });
    frame.fill(children);
  }

  return {
    element: frame.element,
    draw,
    setLive: frame.setLive,
  };
}

/**
 * @param {Drawn['parts']} a
 * @param {Drawn['parts']} b
 */
function isSame(a, b) {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}
