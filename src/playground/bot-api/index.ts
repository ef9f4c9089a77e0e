/**
 * A Bot API on this machine, as strict as Telegram's. In: calls of bots over HTTP, and what people are told to do. Out: updates,
 * messages, refusals in Telegram's words. The playground shows it; tests and benchmarks make it fail on purpose.
 */
export { checkRendered, type RenderedMessage } from './check-rendered.ts';
export { startBotApi } from './start.ts';
export type { Fault } from '../faults.ts';
export type {
  BotApi,
  BotApiOptions,
  BotSpec,
  CallView,
  Change,
  ChatView,
  Content,
  FaultKind,
  FaultPlan,
  GroupSpec,
  InlineAnswer,
  InlineAsked,
  InlineAskOptions,
  InlineButton,
  InlineButtonAbove,
  InlineKeyboard,
  InlineResult,
  MenuCommand,
  MenuScope,
  MessageRef,
  MessageView,
  Person,
  PhotoView,
  PressResult,
  RateSettings,
  UserSpec,
} from './types.ts';
