/** The three steps of the first minute: what has been seen of them, in either chat. Pure. */

/** @typedef {import('../page-types.ts').PageMessage} Message */
/** @typedef {import('../page-types.ts').SlackMessage} SlackMessage */
/** @typedef {'watch' | 'ack' | 'see'} Step */
/** @typedef {{ label: string, data: string }} Choice */

/**
 * An alert that somebody took: by which phone, and which phones showed its button then.
 * @typedef {{ phone: number, alert: string, shownOn: readonly number[] }} Acked
 */

/** Signs are the same in every language: of a red alert, and of the button that says "I have it". */
const RED_SIGN = '🔴';
const ACK_SIGN = '✅';

/** @type {readonly Step[]} */
export const STEPS = ['watch', 'ack', 'see'];

/**
 * Tells whether a label is that of the button that acks.
 * @param {string} label
 */
export function isAck(label) {
  return label.startsWith(ACK_SIGN);
}

/**
 * Gives which alert a button is about, whatever version of it the button was drawn with: `1:a:1002:3` is about `1:a:1002`.
 * @param {string} data
 */
export function alertOf(data) {
  return data.split(':').slice(0, 3).join(':');
}

/**
 * Gives the buttons of a message of Telegram.
 * @param {Message} message
 * @returns {Choice[]}
 */
export function listKeys({ keyboard }) {
  return keyboard.flat().map(({ text, callback_data: data = '' }) => ({ label: text, data }));
}

/**
 * Gives the buttons of a message of Slack.
 * @param {SlackMessage} message
 * @returns {Choice[]}
 */
export function listSlackKeys({ blocks }) {
  const elements = blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
  return elements.flatMap((element) =>
    element.type === 'button' ? [{ label: element.text.text, data: element.value ?? '' }] : [],
  );
}

/**
 * Gives the alerts that buttons would ack.
 * @param {readonly Choice[]} choices
 */
export function listAckable(choices) {
  return choices.filter(({ label }) => isAck(label)).map(({ data }) => alertOf(data));
}

/**
 * Tells whether a message is a red alert that nobody has yet.
 * @param {string} text
 * @param {readonly Choice[]} choices
 */
export function isRedAlert(text, choices) {
  return text.startsWith(RED_SIGN) && listAckable(choices).length > 0;
}

/**
 * Gives which steps are done. `watch`: a red alert has come into a group. `ack`: somebody pressed Ack. `see`: a phone in view other
 * than the one that pressed, which had asked for it, asks no more.
 * @param {{ wasAlertSeen: boolean, acked: Acked | null, phones: readonly { isInView: boolean, ackable: readonly string[] }[] }} facts
 * @returns {ReadonlySet<Step>}
 */
export function listDone({ wasAlertSeen, acked, phones }) {
  /** @type {Set<Step>} */
  const done = new Set();
  if (wasAlertSeen || acked) done.add('watch');
  if (!acked) return done;
  done.add('ack');
  const others = phones.filter((_, index) => index !== acked.phone && acked.shownOn.includes(index));
  if (others.some(({ isInView, ackable }) => isInView && !ackable.includes(acked.alert))) done.add('see');
  return done;
}
