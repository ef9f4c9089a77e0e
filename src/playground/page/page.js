/** Draws the page: the phones, what stands beside them, what is said when there is no phone. */
import { drawAdvice } from './advice.js';
import { h } from './dom.js';
import { nextStepWords } from './first-minute.js';
import { createPanel } from './panel.js';
import { drawPhones, focusApp } from './phones.js';
import { createTopBar } from './top-bar.js';
import { createViewer } from './viewer.js';

/**
 * What the visitor has chosen and seen; it outlives each drawing of the page.
 * @typedef {object} View
 * @property {import('./preferences.js').Language} language
 * @property {import('./preferences.js').Theme} theme
 * @property {number} active the phone in view where there is room for one
 * @property {number[]} people who holds each phone
 * @property {(import('../page-types.ts').App | undefined)[]} apps the chat that runs on each phone
 * @property {Map<string, number | string>} chats what is open on each phone, by phone and chat application
 * @property {Map<string, number>} seen the newest message seen, by person and chat
 */

/**
 * What a visitor can make happen.
 * @typedef {object} Acts
 * @property {(phone: number, chat: number, said: import('./composer.js').Said) => Promise<void>} say
 * @property {(phone: number, key: Element | undefined, pressed: { message: import('../page-types.ts').PageMessage, button: import('./message.js').Button }) => Promise<void>} press
 * @property {(phone: number) => Omit<import('./slack-acts.js').SlackActsOptions, 'person'>} slack what each phone does with Slack's answers
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
  const phones = drawPhones(options, { onZoom: viewer.open, onOpen: place, onApp: focusApp });
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
    /** who holds each phone, which chat runs on it, whether it can be seen */
    listPhones: () =>
      phones.map(({ app, holder }, index) => ({
        app,
        person: holder.id,
        isInView: !NARROW.matches || index === view.active,
      })),
    /** @param {ReadonlySet<string>} isDone */
    drawSteps(isDone) {
      const isBoth = new Set(phones.map(({ app }) => app)).size > 1;
      panel.drawSteps(isDone, isBoth);
      top.setStep(nextStepWords(isDone, t));
    },
    /** @param {boolean} isConnected */
    setConnected(isConnected) {
      offline.textContent = isConnected ? '' : t('offline');
    },
    /** @type {(text: string, phone?: number) => void} */
    complain: (text, phone = NARROW.matches ? view.active : 0) =>
      phones[phone]?.toast.show(text || t('failed')),
  };
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
