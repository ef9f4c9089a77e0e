/**
 * Telegram. In: answers to show and deliveries to make; updates of people. Out: messages with buttons and pictures inside
 * Telegram's limits; what became of each call; commands and presses by Telegram's own ids, each press answered in time.
 */
export {
  createTelegramChannel,
  type FileIds,
  type TelegramChannel,
  type TelegramChannelOptions,
} from './channel.ts';
export type { InboundCommand, InboundPress, InboundReply } from './inbound.ts';
export type { Keyboard, KeyboardButton } from './keyboard.ts';
export type { TelegramPlace } from './outcome.ts';
export type { ReceiverState } from './polling.ts';
export type { ReceiverMode } from './receiver.ts';
export type { Rendered } from './render.ts';
export type { FixedWords, FixedWordsFor } from './words.ts';
export { storeFileIds } from './file-ids.ts';
export {
  createTelegramService,
  fixedWords,
  type TelegramService,
  type TelegramServiceOptions,
} from './service.ts';
