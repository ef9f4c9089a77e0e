/**
 * Slack. In: answers to show and deliveries to make; what people write, press and open. Out: messages, views and pictures inside
 * Slack's limits; what became of each call; answers by Slack's own ids, each request acknowledged in time.
 */
export { listSlashCommands, renderManifest } from './manifest.ts';
export { createSlackChannel, type SlackChannel, type SlackChannelOptions } from './channel.ts';
export { findSlackTrouble } from './check.ts';
export { storeSlackFiles, type SlackFiles } from './file-ids.ts';
export type { SlackRequestIn, SlackResponse } from './http-receiver.ts';
export { createSlackService, type SlackMode, type SlackService } from './service.ts';
