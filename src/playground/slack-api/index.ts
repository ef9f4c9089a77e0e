/**
 * A Slack on this machine, as strict as the real one. In: calls of the Web API, uploads, answers at response URLs, and what
 * people are told to do. Out: signed requests or envelopes to the app, messages, refusals in Slack's words. Tests make it fail on
 * purpose.
 */
export { checkBlocks } from './check-blocks.ts';
export { checkMrkdwn, findMentions } from './check-mrkdwn.ts';
export { checkView } from './check-view.ts';
export { signRequest, writeRequest } from './deliver.ts';
export { isJson, listOf, textOf, type Json } from './json.ts';
export { openSocketDoor, type SocketDoor } from './socket-door.ts';
export { startSlackApi } from './start.ts';
export type {
  CallView,
  Content,
  Delivered,
  Envelope,
  FaultKind,
  MessageView,
  Person,
  SlackApi,
  SlackApiOptions,
  Transport,
  UserSpec,
  ViewView,
} from './types.ts';
