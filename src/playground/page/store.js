/** What the page knows: made of a snapshot, kept up by events. Pure. */
import { applySlackDelta, createSlackStore, readSlackSnapshot } from './slack-store.js';

/** @typedef {import('../page-types.ts').PageEvent} PageEvent */
/** @typedef {import('../page-types.ts').PageMessage} Message */
/** @typedef {import('../page-types.ts').PageSnapshot} Snapshot */
/**
 * What there is to draw anew: everything, some chats, the controls, who is typing.
 * @typedef {{ kind: 'scene' } | { kind: 'chats', chats: number[] } | { kind: 'status' } | { kind: 'typing', chat: number } | { kind: 'slack', chats: string[], views: boolean } | { kind: 'nothing' }} Changed
 */

/**
 * @typedef {object} State
 * @property {Snapshot['workspace']} workspace
 * @property {Snapshot['people']} people
 * @property {Snapshot['chats']} chats
 * @property {Snapshot['menus']} menus
 * @property {Snapshot['status']} status
 * @property {number} clockOffset ms from this computer's clock to the bot's
 * @property {Map<number, Map<number, Message>>} messages by chat and id
 * @property {import('./slack-store.js').SlackStore} slack
 */

/** Messages of a chat that are kept; the oldest go first. */
const KEPT = 300;

/** @returns {State} */
export function createState() {
  return {
    workspace: { name: '', timezone: 'UTC' },
    people: [],
    chats: [],
    menus: {},
    status: { now: Date.now(), canSkip: false, demo: null },
    clockOffset: 0,
    messages: new Map(),
    slack: createSlackStore(),
  };
}

/**
 * Takes an event into the state and tells what there is to draw anew.
 * @param {State} state
 * @param {PageEvent} event
 * @param {number} nowMs this computer's time
 * @returns {Changed}
 */
export function applyEvent(state, event, nowMs) {
  switch (event.kind) {
    case 'snapshot':
      state.clockOffset = event.snapshot.status.now - nowMs;
      return takeSnapshot(state, event.snapshot);
    case 'message':
      return putMessage(state, event.message);
    case 'gone':
      state.messages.get(event.chat)?.delete(event.id);
      return { kind: 'chats', chats: [event.chat] };
    case 'typing':
      return { kind: 'typing', chat: event.chat };
    case 'slack':
      return { kind: 'slack', ...applySlackDelta(state.slack, event.delta) };
    case 'menus':
      state.menus = event.menus;
      return { kind: 'nothing' };
    case 'status':
      state.status = event.status;
      state.clockOffset = event.status.now - nowMs;
      return { kind: 'status' };
    default:
      return { kind: 'nothing' };
  }
}

/**
 * A snapshot of the same people and chats, as after a short cut, leaves the page and what is being written on it.
 * @param {State} state
 * @param {Snapshot} snapshot
 * @returns {Changed}
 */
function takeSnapshot(state, { messages, slack, ...rest }) {
  const before = sceneKey(state);
  Object.assign(state, rest);
  state.slack = readSlackSnapshot(slack);
  state.messages = new Map(rest.chats.map(({ id }) => [id, new Map()]));
  for (const message of messages) putMessage(state, message);
  return sceneKey(state) === before
    ? { kind: 'chats', chats: rest.chats.map(({ id }) => id) }
    : { kind: 'scene' };
}

/** @param {Pick<State, 'people' | 'chats' | 'workspace' | 'slack'>} state */
function sceneKey({ people, chats, workspace, slack }) {
  return JSON.stringify([people, chats, workspace, slack.chats]);
}

/**
 * @param {State} state
 * @param {Message} message
 * @returns {Changed}
 */
function putMessage(state, message) {
  const chat = state.messages.get(message.chat);
  if (!chat) return { kind: 'nothing' };
  chat.set(message.id, message);
  if (chat.size > KEPT) chat.delete(Math.min(...chat.keys()));
  return { kind: 'chats', chats: [message.chat] };
}

/**
 * Gives the messages of a chat, oldest first.
 * @param {State} state
 * @param {number} chat
 * @returns {Message[]}
 */
export function listMessages(state, chat) {
  return [...(state.messages.get(chat)?.values() ?? [])].toSorted((a, b) => a.id - b.id);
}

/**
 * Gives how many messages of others in a chat came after the last one somebody saw.
 * @param {State} state
 * @param {{ chat: number, person: number, seen: number }} reader
 * @returns {number}
 */
export function countUnread(state, { chat, person, seen }) {
  return listMessages(state, chat).filter(({ id, from }) => id > seen && from.id !== person).length;
}

/**
 * Gives the chats on somebody's phone: the groups, then the private chat.
 * @param {State} state
 * @param {number} person
 * @returns {State['chats']}
 */
export function chatsOf(state, person) {
  return state.chats.filter(({ id, kind }) => kind === 'group' || id === person);
}
