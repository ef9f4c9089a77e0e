/** Keeps what has been seen of the first minute on the phones. */
import { alertOf, isAck, isRedAlert, listAckable, listDone, listKeys, listSlackKeys } from './steps.js';
import { listSlackMessages, slackChatsOf } from './slack-store.js';
import { chatsOf, listMessages } from './store.js';

/** @typedef {import('./store.js').State} State */
/** @typedef {import('../page-types.ts').App} App */
/** @typedef {{ app: App, person: number, isInView: boolean }} Phone */

/**
 * Makes what follows the three steps.
 * @param {State} state
 */
export function createMinute(state) {
  let wasAlertSeen = false;
  /** @type {import('./steps.js').Acked | null} */
  let acked = null;

  return {
    /**
     * Takes note of a press; only Ack counts.
     * @param {{ phone: number, label: string, data: string }} press
     * @param {readonly Phone[]} phones
     */
    take({ phone, label, data }, phones) {
      if (!isAck(label)) return;
      const alert = alertOf(data);
      const shownOn = phones.flatMap((each, index) =>
        ackableOn(state, each).includes(alert) ? [index] : [],
      );
      acked = { phone, alert, shownOn };
    },
    /** @param {readonly Phone[]} phones */
    done(phones) {
      wasAlertSeen ||= hasRedAlert(state);
      return listDone({
        wasAlertSeen,
        acked,
        phones: phones.map((phone) => ({ isInView: phone.isInView, ackable: ackableOn(state, phone) })),
      });
    },
  };
}

/** @param {State} state */
function hasRedAlert(state) {
  const groups = state.chats.filter(({ kind }) => kind === 'group');
  const inTelegram = groups.flatMap(({ id }) => listMessages(state, id));
  if (inTelegram.some((message) => isRedAlert(message.text, listKeys(message)))) return true;
  const channels = state.slack.chats.filter(({ kind }) => kind === 'channel');
  const inSlack = channels.flatMap(({ id }) => listSlackMessages(state.slack, { chat: id, person: '' }));
  return inSlack.some((message) => isRedAlert(message.text, listSlackKeys(message)));
}

/**
 * Gives the alerts that a phone offers to ack.
 * @param {State} state
 * @param {Phone} phone
 */
function ackableOn(state, { app, person }) {
  if (app === 'telegram') {
    const messages = chatsOf(state, person).flatMap(({ id }) => listMessages(state, id));
    return listAckable(messages.flatMap(listKeys));
  }
  const slack = state.people.find(({ id }) => id === person)?.slack ?? '';
  const messages = slackChatsOf(state.slack, slack).flatMap(({ id }) =>
    listSlackMessages(state.slack, { chat: id, person: slack }),
  );
  return listAckable(messages.filter(({ onlyFor }) => onlyFor === null).flatMap(listSlackKeys));
}
