/** Starts the page: what the service tells is drawn, what visitors do is sent. */
import { listen, post } from './connection.js';
import { drawPage, NARROW } from './page.js';
import { readLanguage, readTheme, setLanguage, setTheme } from './preferences.js';
import { isAck, isRedAlert, listDone } from './steps.js';
import { applyEvent, createState } from './store.js';
import { createTranslate } from './words.js';

/** @typedef {import('./page.js').View} View */
/** @typedef {import('./page.js').Acts} Acts */

const CLOCK_MS = 1000;

const boot = JSON.parse(document.getElementById('boot')?.textContent ?? '{}');
const root = document.getElementById('app') ?? document.body;
const state = createState();

/** @type {View} */
const view = {
  language: readLanguage(boot.locale),
  theme: readTheme(),
  active: 0,
  people: [],
  chats: [],
  seen: new Map(),
};
const minute = { wasAlertSeen: false, acked: /** @type {import('./steps.js').Acked | null} */ (null) };
let t = createTranslate(boot.words[view.language]);
/** @type {ReturnType<typeof drawPage> | null} */
let page = null;

/** @type {Acts} */
const acts = {
  say: (phone, chat, { text, replyTo }) =>
    attempt(() => post('send', { person: view.people[phone], chat, text, replyTo })),
  press: (phone, message, button) => attempt(() => press(phone, message, button)),
  control: (action, body) => attempt(() => post(action, body)),
  look: drawSteps,
  redraw,
  setTheme(theme) {
    view.theme = theme;
    setTheme(theme);
  },
  setLanguage(language) {
    view.language = language;
    setLanguage(language);
    redraw();
    const chosen = root.querySelector(`[data-value="${language}"]`);
    if (chosen instanceof HTMLElement) chosen.focus();
  },
};

function redraw() {
  t = createTranslate(boot.words[view.language]);
  page = drawPage({ root, state, view, t, acts });
  page.place();
}

/** @param {() => Promise<unknown>} act */
async function attempt(act) {
  try {
    await act();
  } catch (error) {
    page?.complain(error instanceof Error ? error.message : '');
  }
}

/** @type {Acts['press']} */
async function press(phone, message, button) {
  const { chat, id } = message;
  const done = page?.phones[phone]?.showPressed(message, button);
  try {
    if (isAck(button.text)) minute.acked = { chat, id, phone };
    const pressed = { person: view.people[phone], chat, message: id, data: button.callback_data };
    tellAnswer(phone, await post('press', pressed));
    drawSteps();
  } finally {
    done?.();
  }
}

/**
 * @param {number} phone
 * @param {Awaited<ReturnType<typeof post>>} answer
 */
function tellAnswer(phone, { answered, text, showAlert }) {
  const toast = page?.phones[phone]?.toast;
  if (!answered) toast?.show(t('no-answer'));
  else if (showAlert) toast?.alert(text ?? '');
  else if (text) toast?.show(text);
}

function drawSteps() {
  const groups = state.chats.filter(({ kind }) => kind === 'group');
  const isThere = groups.some(({ id }) => [...(state.messages.get(id)?.values() ?? [])].some(isRedAlert));
  minute.wasAlertSeen ||= isThere;
  const { acked, wasAlertSeen } = minute;
  const shown = acked ? state.messages.get(acked.chat)?.get(acked.id) : undefined;
  page?.drawSteps(listDone({ wasAlertSeen, acked, shown, phonesInView: page.phonesInView() }));
}

/** @param {import('../page-types.ts').PageEvent} event */
function onEvent(event) {
  const changed = applyEvent(state, event, Date.now());
  const phones = page?.phones ?? [];
  if (changed.kind === 'scene' || !page) return redraw();
  if (event.kind === 'snapshot' || changed.kind === 'status') page.panel.drawStatus();
  if (changed.kind === 'typing') for (const phone of phones) phone.showTyping(changed.chat);
  if (changed.kind !== 'chats') return;
  for (const phone of phones) for (const chat of changed.chats) phone.drawChat(chat);
  page.drawUnread();
  drawSteps();
}

setLanguage(view.language);
setTheme(view.theme);
NARROW.addEventListener('change', () => page?.place());
setInterval(() => page?.panel.drawClock(), CLOCK_MS);
listen(onEvent, (isConnected) => page?.setConnected(isConnected));
