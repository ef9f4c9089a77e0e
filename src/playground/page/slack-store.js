/** What the page knows of Slack: made of a snapshot, kept up by what changed. Pure. */

/** @typedef {import('../page-types.ts').SlackMessage} SlackMessage */
/** @typedef {import('../page-types.ts').SlackView} SlackView */
/** @typedef {{ message: SlackMessage, replies: SlackMessage[], isOfThread: boolean }} SlackThread */

/**
 * @typedef {object} SlackStore
 * @property {import('../page-types.ts').SlackState['chats']} chats
 * @property {import('../page-types.ts').SlackState['commands']} commands
 * @property {Map<string, Map<string, SlackMessage>>} messages by chat and id
 * @property {Map<string, SlackView>} views by id
 */

/** Messages of a chat that are kept; the oldest go first. */
const KEPT = 300;

/** @returns {SlackStore} */
export function createSlackStore() {
  return { chats: [], commands: [], messages: new Map(), views: new Map() };
}

/**
 * @param {import('../page-types.ts').SlackState} snapshot
 * @returns {SlackStore}
 */
export function readSlackSnapshot({ chats, commands, messages, views }) {
  const store = { ...createSlackStore(), chats, commands };
  for (const { id } of chats) store.messages.set(id, new Map());
  applySlackDelta(store, { messages, views, gone: [], closed: [] });
  return store;
}

/**
 * Takes what changed into the store and tells which chats, and whether views, there are to draw anew.
 * @param {SlackStore} store
 * @param {import('../page-types.ts').SlackDelta} delta
 * @returns {{ chats: string[], views: boolean }}
 */
export function applySlackDelta(store, { messages, gone, views, closed }) {
  for (const { chat, id } of gone) store.messages.get(chat)?.delete(id);
  for (const message of messages) store.messages.get(message.chat)?.set(message.id, message);
  for (const id of closed) store.views.delete(id);
  for (const view of views) store.views.set(view.id, view);
  const chats = [...new Set([...messages, ...gone].map(({ chat }) => chat))];
  for (const chat of chats) dropOldest(store.messages.get(chat));
  return { chats, views: views.length + closed.length > 0 };
}

/** @param {Map<string, SlackMessage> | undefined} messages */
function dropOldest(messages) {
  const ids = [...(messages?.keys() ?? [])].toSorted();
  for (const id of ids.slice(0, Math.max(0, ids.length - KEPT))) messages?.delete(id);
}

/**
 * Gives the conversations that somebody is in: the channels, and the own direct messages.
 * @param {SlackStore} store
 * @param {string} person
 */
export function slackChatsOf({ chats }, person) {
  return chats.filter(({ id, kind }) => kind === 'channel' || id === person);
}

/**
 * Gives what somebody sees of a conversation, oldest first.
 * @param {SlackStore} store
 * @param {{ chat: string, person: string }} reader
 * @returns {SlackMessage[]}
 */
export function listSlackMessages(store, { chat, person }) {
  return [...(store.messages.get(chat)?.values() ?? [])]
    .filter(({ onlyFor }) => onlyFor === null || onlyFor === person)
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * Gives the messages of a conversation with the replies under each; one that was also sent to the channel stands in both places.
 * @param {readonly SlackMessage[]} messages
 * @returns {SlackThread[]}
 */
export function listThreads(messages) {
  const ids = new Set(messages.map(({ id }) => id));
  const isReply = (/** @type {SlackMessage} */ { thread }) => thread !== null && ids.has(thread);
  return messages
    .filter((message) => !isReply(message) || message.isBroadcast)
    .map((message) => ({
      message,
      replies: isReply(message) ? [] : messages.filter(({ thread }) => thread === message.id),
      isOfThread: isReply(message),
    }));
}

/**
 * Gives how many messages of others came after the last one somebody saw.
 * @param {readonly SlackMessage[]} messages
 * @param {{ person: string, seen: number }} reader
 */
export function countSlackUnread(messages, { person, seen }) {
  return messages.filter(({ id, from, onlyFor }) => Number(id) > seen && from.id !== person && !onlyFor)
    .length;
}

/**
 * Gives the window that is open for somebody, the last of several, or the Home tab.
 * @param {SlackStore} store
 * @param {{ person: string, kind: SlackView['kind'] }} of
 * @returns {SlackView | undefined}
 */
export function findView({ views }, { person, kind }) {
  return [...views.values()].findLast((view) => view.user === person && view.kind === kind);
}
