/** Draws the page: the phones, what stands beside them, what is said when there is no phone. */
import { drawAdvice } from './advice.js';
import { h } from './dom.js';
import { nextStepWords } from './first-minute.js';
import { createPanel } from './panel.js';
import { createPhone } from './phone.js';
import { createTopBar } from './top-bar.js';
import { createViewer } from './viewer.js';

/**
 * What the visitor has chosen and seen; it outlives each drawing of the page.
 * @typedef {object} View
 * @property {import('./preferences.js').Language} language
 * @property {import('./preferences.js').Theme} theme
 * @property {number} active the phone in view where there is room for one
 * @property {number[]} people who holds each phone
 * @property {(number | undefined)[]} chats the chat open on each phone
 * @property {Map<string, number>} seen the newest message seen, by person and chat
 */

/**
 * What a visitor can make happen.
 * @typedef {object} Acts
 * @property {(phone: number, chat: number, said: import('./composer.js').Said) => Promise<void>} say
 * @property {(phone: number, message: import('../page-types.ts').PageMessage, button: import('./message.js').Button) => Promise<void>} press
 * @property {(action: 'fall' | 'restore' | 'skip', body: object) => Promise<void>} control
 * @property {(theme: import('./preferences.js').Theme) => void} setTheme
 * @property {(language: import('./preferences.js').Language) => void} setLanguage
 * @property {() => void} look what is in view has changed
 * @property {() => void} redraw
 */

/** @typedef {{ root: HTMLElement, state: import('./store.js').State, view: View, t: import('./words.js').Translate, acts: Acts }} PageOptions */

const PHONES = 2;
export const NARROW = matchMedia('(max-width: 759px)');

/**
 * Draws everything into `root`.
 * @param {PageOptions} options
 */
export function drawPage(options) {
  const { root, state, view, t, acts } = options;
  const viewer = createViewer(t);
  view.people = choosePeople(state, view.people);
  const phones = drawPhones(options, { onZoom: viewer.open, onOpen: place });
  const panel = createPanel({ state, view, t, acts, onClose: () => top.closePanel() });
  const top = createTopBar({ t, names: namesOf(options), panel: panel.element, onPhone: show });
  const offline = h('p', { class: 'offline', role: 'status' });

  /** @param {number} index */
  function show(index) {
    view.active = index;
    place();
  }

  /** Tells each phone whether it is in view, and the bar what is unread. */
  function place() {
    phones.forEach((phone, index) => {
      const isActive = index === view.active;
      phone.element.classList.toggle('away', !isActive);
      // Two phones would read the same message out twice.
      phone.setPlace({
        isInView: !NARROW.matches || isActive,
        isLive: NARROW.matches ? isActive : index === 0,
      });
    });
    drawUnread();
    acts.look();
  }

  function drawUnread() {
    top.setPhones(
      view.active,
      phones.map((phone) => phone.unread()),
    );
  }

  const stage = h('main', { class: 'stage' }, ...phones.map(({ element }) => element), drawAdvice(state, t));
  root.replaceChildren(top.element, panel.element, stage, viewer.element, offline);
  for (const phone of phones) phone.drawAll();

  return {
    phones,
    panel,
    place,
    drawUnread,
    phonesInView: () => (NARROW.matches ? [view.active] : phones.map((_, index) => index)),
    /** @param {ReadonlySet<string>} isDone */
    drawSteps(isDone) {
      panel.drawSteps(isDone);
      top.setStep(nextStepWords(isDone, t));
    },
    /** @param {boolean} isConnected */
    setConnected(isConnected) {
      offline.textContent = isConnected ? '' : t('offline');
    },
    /** @param {string} text */
    complain: (text) => phones[NARROW.matches ? view.active : 0]?.toast.show(text || t('failed')),
  };
}

/**
 * @param {PageOptions} options
 * @param {{ onZoom: import('./phone.js').PhoneOptions['onZoom'], onOpen: () => void }} on
 */
function drawPhones({ state, view, t, acts }, { onZoom, onOpen }) {
  return view.people.map((person, index) =>
    createPhone({
      index,
      person,
      openChat: view.chats[index],
      seen: view.seen,
      state,
      t,
      language: view.language,
      onZoom,
      onPress: (message, button) => void acts.press(index, message, button),
      onSay: (chat, said) => void acts.say(index, chat, said),
      onOpen(chat) {
        view.chats[index] = chat;
        onOpen();
      },
      onPerson(chosen) {
        // who holds the other phone changes places
        view.people = view.people.map((id) => (id === chosen ? person : id));
        view.people[index] = chosen;
        acts.redraw();
      },
    }),
  );
}

/** @param {PageOptions} options */
function namesOf({ state, view }) {
  return view.people.map((id) => state.people.find((person) => person.id === id)?.name ?? '');
}

/**
 * Gives who holds the phones: who held them before, else the first people.
 * @param {import('./store.js').State} state
 * @param {readonly number[]} before
 * @returns {number[]}
 */
function choosePeople({ people }, before) {
  const there = before.filter((id) => people.some((person) => person.id === id));
  const others = people.map(({ id }) => id).filter((id) => !there.includes(id));
  return [...there, ...others].slice(0, PHONES);
}
