/** One phone: whose it is, which chat runs on it, what pops up. */
import { createChoice } from './choices.js';
import { h } from './dom.js';
import { createSlackApp } from './slack-app.js';
import { createTelegramApp } from './telegram-app.js';
import { createToast } from './toast.js';

/** @typedef {import('../page-types.ts').App} App */
/** @typedef {import('../page-types.ts').PageMessage} Message */
/** @typedef {import('../page-types.ts').ScenePerson} Person */
/** @typedef {import('./message.js').Button} Button */
/** @typedef {{ isInView: boolean, isLive: boolean }} Place */

/**
 * What a chat application does on a phone.
 * @typedef {object} PhoneApp
 * @property {readonly Element[]} elements
 * @property {() => number} unread
 * @property {(changed: import('./store.js').Changed) => void} draw
 * @property {() => void} drawAll
 * @property {(place: Place) => void} setPlace
 */

/**
 * @typedef {object} PhoneOptions
 * @property {number} index
 * @property {Person} holder
 * @property {App} app
 * @property {number | string | undefined} openChat
 * @property {Map<string, number>} seen the newest message seen, by person and chat
 * @property {import('./store.js').State} state
 * @property {import('./words.js').Translate} t
 * @property {import('./preferences.js').Language} language
 * @property {(key: Element | undefined, pressed: { message: Message, button: Button }) => void} onPress
 * @property {(chat: number, said: import('./composer.js').Said) => void} onSay
 * @property {import('./slack-acts.js').SlackActs} slack what is done in Slack
 * @property {(photo: { src: string, alt: string }) => void} onZoom
 * @property {(chat: number | string) => void} onOpen a chat came into view
 * @property {(person: number) => void} onPerson another person takes the phone
 * @property {(app: App) => void} onApp the other chat is opened
 */

/** @type {readonly { value: App, label: string }[]} */
const APPS = [
  { value: 'telegram', label: 'Telegram' },
  { value: 'slack', label: 'Slack' },
];

/**
 * Makes the phone of a person.
 * @param {PhoneOptions} options
 */
export function createPhone(options) {
  const { t, app, holder } = options;
  const running = app === 'slack' ? createSlackApp(options) : createTelegramApp(options);
  const toast = createToast(t);
  return {
    element: h(
      'section',
      {
        class: 'phone',
        'aria-label': t('phone', { name: holder.name }),
        'data-person': holder.id,
        'data-app': app,
      },
      drawHead(options),
      ...running.elements,
      toast.element,
    ),
    toast,
    holder,
    app,
    unread: running.unread,
    draw: running.draw,
    drawAll: running.drawAll,
    setPlace: running.setPlace,
  };
}

/**
 * Gives the chats somebody has an account in.
 * @param {Person} person
 * @returns {App[]}
 */
export function appsOf({ id, slack }) {
  return APPS.map(({ value }) => value).filter((app) => (app === 'slack' ? slack !== null : id > 0));
}

/** @param {PhoneOptions} options */
function drawHead(options) {
  const { t, app, holder, state, onApp } = options;
  const face = h('span', { class: 'face', 'aria-hidden': 'true' }, initialsOf(holder.name));
  const isChoice = state.people.length > 2;
  const values = APPS.filter(({ value }) => appsOf(holder).includes(value));
  const label = t('app', { name: holder.name });
  return h(
    'header',
    { class: 'phone-head' },
    face,
    isChoice ? drawChoice(options) : h('h2', {}, holder.name),
    values.length > 1 && createChoice(label, { values, chosen: app, onChoose: onApp }),
  );
}

/** @param {PhoneOptions} options */
function drawChoice({ state, t, holder, onPerson }) {
  const choices = state.people.map(({ id, name }) =>
    h('option', { value: id, selected: id === holder.id }, name),
  );
  const select = h('select', { 'aria-label': t('person') }, ...choices);
  select.addEventListener('change', () => onPerson(Number(select.value)));
  return select;
}

/** @param {string} name */
function initialsOf(name) {
  const words = name.split(/[\s·,]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => String.fromCodePoint(word.codePointAt(0) ?? 0).toUpperCase())
    .join('');
}
