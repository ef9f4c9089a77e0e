/**
 * Discord, by web hooks. In: deliveries to named addresses. Out: messages with an embed and a picture inside Discord's limits,
 * edits of them; what became of each call.
 */
export { createDiscordChannel, type DiscordOptions } from './channel.ts';
export type { DiscordReader } from './render.ts';
