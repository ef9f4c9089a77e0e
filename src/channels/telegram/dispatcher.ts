import type { Update } from 'grammy/types';
import type { Logger } from 'pino';
import type { Answer, PressAnswer } from '../../answers/index.ts';
import type { TelegramDirect } from './direct.ts';
import {
  toInbound,
  type Inbound,
  type InboundCommand,
  type InboundInline,
  type InboundPress,
  type InboundReply,
} from './inbound.ts';
import { createLanes, type Lanes } from './lanes.ts';
import type { ReplyPicture } from './patient-send.ts';
import { answerPressInTime } from './press.ts';
import { createRecentIds } from './recent-ids.ts';
import type { FixedWordsFor } from './words.ts';

/** What Heartbeat does with updates. Handlers are idempotent: an update can come more than once. */
export type ReceiverHandlers = {
  onCommand: (command: InboundCommand) => Promise<void>;
  /** words in answer to a message of the bot; in groups too */
  onReply: (reply: InboundReply) => Promise<void>;
  onPress: (press: InboundPress) => Promise<PressAnswer>;
  /** words typed after the bot's name in any chat */
  onInline?: (query: InboundInline) => Promise<void>;
  /** the bot was blocked by a person, or thrown out of a group */
  onBlocked: (chat: string) => Promise<void>;
  /** the bot was let in again, or for the first time */
  onUnblocked?: (chat: string) => Promise<void>;
  /** a group became a supergroup with another id */
  onMigrated?: (from: string, to: string) => Promise<void>;
  /** draws the picture of a message that a press asks for */
  draw?: (answer: Answer) => Promise<ReplyPicture | null>;
};

export type DispatcherOptions = {
  handlers: ReceiverHandlers;
  direct: TelegramDirect;
  words: FixedWordsFor;
  log: Logger;
  pressGuardMs: number;
};

/** Work on an update: `handled` settles when its effect is stored, `done` when all is said too. Neither rejects. */
export type Dispatched = { handled: Promise<unknown>; done: Promise<unknown>; isPress: boolean };

export interface Dispatcher {
  /** Hands an update on; one that came before, or of an unknown form, is left. Never throws. */
  dispatch(update: Update, botUsername: string): Dispatched;
  /** Waits until no work is under way, at most `timeoutMs`. */
  drain(timeoutMs: number): Promise<void>;
}

/** Updates of one person in one chat that may wait; more are nobody's wish. */
const LANE_DEPTH = 50;
const REMEMBERED_UPDATES = 10_000;
const START = /^\/start(\s|$)/;
const NOTHING: Dispatched = { handled: Promise.resolve(), done: Promise.resolve(), isPress: false };

/** Makes what hands updates on: side by side over people, in order for one, presses not behind commands. */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { log } = options;
  const tools = { ...options, lanes: createLanes({ depth: LANE_DEPTH }) };
  const recent = createRecentIds(REMEMBERED_UPDATES);
  const underWay = new Set<Promise<unknown>>();

  function start(update: Update, botUsername: string): Dispatched {
    const inbound = toInbound(update, botUsername);
    if (inbound.kind === 'press') return startPress(inbound.press, tools);
    const done = handle(inbound, tools).catch((error: unknown) =>
      log.error({ err: error, updateId: update.update_id, kind: inbound.kind }, 'an update was not handled'),
    );
    return { handled: done, done, isPress: false };
  }

  return {
    drain: (timeoutMs) => settleWithin([...underWay], timeoutMs),
    dispatch(update, botUsername) {
      if (!recent.add(update.update_id)) return NOTHING;
      try {
        const dispatched = start(update, botUsername);
        const { done } = dispatched;
        underWay.add(done);
        void done.finally(() => underWay.delete(done));
        return dispatched;
      } catch (error) {
        log.warn({ err: error, updateId: update.update_id }, 'an update of an unknown form was left');
        return NOTHING;
      }
    },
  };
}

type Tools = DispatcherOptions & { lanes: Lanes };

function startPress(press: InboundPress, tools: Tools): Dispatched {
  const { handlers, lanes, pressGuardMs } = tools;
  const lane = `press ${press.place.chat} ${press.fromId}`;
  const handled =
    lanes.run(lane, () => handlers.onPress(press)) ?? Promise.reject(new Error('too many presses wait'));
  const draw = handlers.draw ? { draw: handlers.draw } : {};
  const done = answerPressInTime(press, handled, { ...tools, guardMs: pressGuardMs, ...draw });
  return { handled: handled.catch(() => {}), done, isPress: true };
}

async function handle(inbound: Exclude<Inbound, { kind: 'press' }>, tools: Tools): Promise<void> {
  const { handlers, direct, words } = tools;
  switch (inbound.kind) {
    case 'command':
      return handleCommand(inbound.command, tools);
    case 'reply':
      return handleReply(inbound.reply, tools);
    case 'inline':
      return handlers.onInline?.(inbound.query);
    case 'stray_press':
      await direct.answerPress(inbound.callbackId, { toast: words(inbound.languageCode).pressFailed });
      return;
    case 'blocked':
      return handlers.onBlocked(inbound.chat);
    case 'unblocked':
      return handlers.onUnblocked?.(inbound.chat);
    case 'migrated':
      return handlers.onMigrated?.(inbound.from, inbound.to);
    case 'other':
  }
}

function handleCommand(command: InboundCommand, tools: Tools): Promise<void> {
  const { handlers } = tools;
  const { place, isPrivate, text } = command;
  return inOrder(command, tools, async () => {
    // Telegram reports no membership when somebody presses Start for the first time.
    if (isPrivate && START.test(text)) await handlers.onUnblocked?.(place.chat);
    await handlers.onCommand(command);
  });
}

function handleReply(reply: InboundReply, tools: Tools): Promise<void> {
  return inOrder(reply, tools, () => tools.handlers.onReply(reply));
}

/** What one person writes in one chat is taken in the order of writing. */
async function inOrder(
  { place, fromId }: InboundCommand,
  { lanes, log }: Tools,
  task: () => Promise<void>,
): Promise<void> {
  const work = lanes.run(`command ${place.chat} ${fromId}`, task);
  if (work === undefined) log.warn({ place, from: fromId }, 'too many commands wait; one is left');
  return work;
}

async function settleWithin(work: readonly Promise<unknown>[], timeoutMs: number): Promise<void> {
  const late = Promise.withResolvers<void>();
  const timer = setTimeout(late.resolve, timeoutMs);
  await Promise.race([Promise.all(work), late.promise]);
  clearTimeout(timer);
}
