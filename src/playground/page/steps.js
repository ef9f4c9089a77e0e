/** The three steps of the first minute: what has been seen of them. Pure. */

/** @typedef {import('../page-types.ts').PageMessage} Message */
/** @typedef {'watch' | 'ack' | 'see'} Step */
/** @typedef {{ chat: number, id: number, phone: number }} Acked */

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
 * Tells whether a message is an alert that somebody can still ack.
 * @param {Message} message
 */
export function isAckable(message) {
  return message.keyboard.flat().some(({ text }) => isAck(text));
}

/**
 * Tells whether a message is a red alert that nobody has yet.
 * @param {Message} message
 */
export function isRedAlert(message) {
  return message.text.startsWith(RED_SIGN) && isAckable(message);
}

/**
 * Gives which steps are done. `watch`: a red alert has come into a group. `ack`: somebody pressed Ack. `see`: the message shows it, on
 * a phone other than the one that pressed.
 * @param {{ wasAlertSeen: boolean, acked: Acked | null, shown: Message | undefined, phonesInView: readonly number[] }} facts
 * @returns {ReadonlySet<Step>}
 */
export function listDone({ wasAlertSeen, acked, shown, phonesInView }) {
  /** @type {Set<Step>} */
  const done = new Set();
  if (wasAlertSeen || acked) done.add('watch');
  if (acked) done.add('ack');
  const isShown = shown !== undefined && !isAckable(shown);
  if (acked && isShown && phonesInView.some((phone) => phone !== acked.phone)) done.add('see');
  return done;
}
