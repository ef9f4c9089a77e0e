/** Draws the phones: who holds each, and which chat runs on it. */
import { appsOf, createPhone } from './phone.js';
import { createSlackActs } from './slack-acts.js';

/** @typedef {import('./page.js').PageOptions} PageOptions */
/** @typedef {{ onZoom: import('./phone.js').PhoneOptions['onZoom'], onOpen: () => void, onApp: (index: number, app: string) => void }} On */

/**
 * Makes the phones of the people in view.
 * @param {PageOptions} options
 * @param {On} on
 */
export function drawPhones(options, on) {
  const { state, view } = options;
  return view.people.flatMap((person, index) => {
    const holder = state.people.find(({ id }) => id === person);
    return holder ? [drawPhone(options, { holder, index, on })] : [];
  });
}

/**
 * @param {PageOptions} options
 * @param {{ holder: import('./phone.js').Person, index: number, on: On }} which
 */
function drawPhone({ state, view, t, acts }, { holder, index, on }) {
  const app = chooseApp(holder, { index, wanted: view.apps[index] });
  const open = `${index} ${app}`;
  return createPhone({
    index,
    holder,
    app,
    openChat: view.chats.get(open),
    seen: view.seen,
    state,
    t,
    language: view.language,
    onZoom: on.onZoom,
    onPress: (key, pressed) => void acts.press(index, key, pressed),
    onSay: (chat, said) => void acts.say(index, chat, said),
    slack: createSlackActs({ person: holder.slack ?? '', ...acts.slack(index) }),
    onOpen(chat) {
      view.chats.set(open, chat);
      on.onOpen();
    },
    onPerson(chosen) {
      // who holds the other phone changes places
      view.people = view.people.map((id) => (id === chosen ? holder.id : id));
      view.people[index] = chosen;
      acts.redraw();
    },
    onApp(chosen) {
      view.apps[index] = chosen;
      acts.redraw();
      on.onApp(index, chosen);
    },
  });
}

/**
 * Gives the chat that runs on a phone: the wanted one, else Telegram on the first and Slack on the second, as far as its person is there.
 * @param {import('./phone.js').Person} holder
 * @param {{ index: number, wanted: import('../page-types.ts').App | undefined }} phone
 */
function chooseApp(holder, { index, wanted }) {
  const apps = appsOf(holder);
  const preferred = wanted ?? (index === 0 ? 'telegram' : 'slack');
  return apps.includes(preferred) ? preferred : (apps[0] ?? 'telegram');
}

/**
 * Puts the focus back on what was chosen: the page was drawn anew under the finger.
 * @param {number} index
 * @param {string} app
 */
export function focusApp(index, app) {
  const button = document.querySelectorAll('.phone')[index]?.querySelector(`[data-value="${app}"]`);
  if (button instanceof HTMLElement) button.focus();
}
