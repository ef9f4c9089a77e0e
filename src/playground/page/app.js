/** Starts the page: what the service tells is drawn, what visitors do is sent. */
import { listen, post } from './connection.js';
import { drawPage, NARROW } from './page.js';
import { readLanguage, readTheme, setLanguage, setTheme } from './preferences.js';
import { createMinute } from './minute.js';
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
  apps: [],
  chats: new Map(),
  seen: new Map(),
};
const minute = createMinute(state);
let t = createTranslate(boot.words[view.language]);
/** @type {ReturnType<typeof drawPage> | null} */
let page = null;

/** @type {Acts} */
const acts = {
  say: (phone, chat, { text, replyTo }) =>
    attempt(() => post('send', { person: view.people[phone], chat, text, replyTo }), phone),
  press: (phone, key, pressed) => attempt(() => press(phone, key, pressed), phone),
  slack: (phone) => ({
    attempt: (act) => attempt(act, phone),
    tell: (key, values) => page?.phones[phone]?.toast.show(t(key, values)),
    listCommands: () => state.slack.commands,
    onPressed: (pressed) => takePress(phone, pressed),
  }),
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

/**
 * @param {() => Promise<unknown>} act
 * @param {number} [phone] the one that did it
 */
async function attempt(act, phone) {
  try {
    await act();
  } catch (error) {
    page?.complain(error instanceof Error ? error.message : '', phone);
  }
}

/** @type {Acts['press']} */
async function press(phone, key, { message, button }) {
  const { chat, id } = message;
  const { text: label, callback_data: data = '' } = button;
  key?.setAttribute('aria-busy', 'true');
  try {
    takePress(phone, { label, data });
    tellAnswer(phone, await post('press', { person: view.people[phone], chat, message: id, data }));
  } finally {
    key?.removeAttribute('aria-busy');
  }
}

/**
 * @param {number} phone
 * @param {{ label: string, data: string }} pressed
 */
function takePress(phone, pressed) {
  minute.take({ phone, ...pressed }, page?.listPhones() ?? []);
  drawSteps();
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
  page?.drawSteps(minute.done(page.listPhones()));
}

/** @param {import('../page-types.ts').PageEvent} event */
function onEvent(event) {
  const changed = applyEvent(state, event, Date.now());
  if (changed.kind === 'scene' || !page) return redraw();
  if (event.kind === 'snapshot' || changed.kind === 'status') page.panel.drawStatus();
  if (changed.kind === 'nothing' || changed.kind === 'status') return;
  for (const phone of page.phones) {
    if (event.kind === 'snapshot') phone.drawAll();
    else phone.draw(changed);
  }
  page.drawUnread();
  drawSteps();
}

setLanguage(view.language);
setTheme(view.theme);
NARROW.addEventListener('change', () => page?.place());
setInterval(() => page?.panel.drawClock(), CLOCK_MS);
listen(onEvent, (isConnected) => page?.setConnected(isConnected));
