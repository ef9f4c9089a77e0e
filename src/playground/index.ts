/**
 * A chat in the browser, for when no chat token is set. In: the workspace's people and rooms; what visitors of `/play` write and
 * press. Out: a Bot API on this machine that the real Telegram code talks to, and the page that shows its chats as phones.
 */
export { startPlayground } from './start.ts';
export type { Playground, PlaygroundOptions } from './types.ts';
