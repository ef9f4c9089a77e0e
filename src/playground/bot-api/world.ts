import { createCallLog, type CallLog } from './call-log.ts';
import { createChanges, type Changes } from './changes.ts';
import { createChats, type Chat, type Chats, type StoredMessage } from './chats.ts';
import { createFaults, type Faults } from './faults.ts';
import { createFiles, type Files } from './files.ts';
import { createInlineQueries, type InlineQueries } from './inline-queries.ts';
import { createMenus, type Menus } from './menus.ts';
import { createPresses, type Presses } from './presses.ts';
import { createRates, type Rates } from './rates.ts';
import type { BotApiOptions, BotSpec, KeepSettings, MessageView, UserSpec } from './types.ts';
import { createUpdates, type Updates } from './updates.ts';
import { viewMessage } from './wire.ts';

export type Bot = {
  token: string;
  id: string;
  user: UserSpec & { is_bot: true };
  isInline: boolean;
  updates: Updates;
};

/** Everything the stand-in knows. */
export type World = {
  bots: ReadonlyMap<string, Bot>;
  firstBot: Bot;
  chats: Chats;
  files: Files;
  menus: Menus;
  presses: Presses;
  inlineQueries: InlineQueries;
  rates: Rates;
  faults: Faults;
  calls: CallLog;
  changes: Changes;
  now: () => number;
  /** runs a call that a bot gives as its answer to a web hook */
  replyCall: (bot: Bot, method: string, params: Record<string, unknown>) => void;
};

const KEEP: KeepSettings = {
  messagesPerChat: 500,
  editsPerMessage: 50,
  calls: 5_000,
  updates: 10_000,
  fileBytes: 64 * 1024 * 1024,
};
const WEBHOOK_RETRY_MS = 1_000;
const DEFAULT_BOT: BotSpec = { token: '1000000001:playground', username: 'heartbeat_bot', name: 'Heartbeat' };

/** Makes a world with its bots and nobody else. */
export function createWorld(options: BotApiOptions): World {
  const keep = { ...KEEP, ...options.keep };
  const now = options.now ?? Date.now;
  const bots = new Map<string, Bot>();
  for (const spec of options.bots ?? [DEFAULT_BOT]) {
    const updates = createUpdates({
      capacity: keep.updates,
      retryMs: options.webhookRetryMs ?? WEBHOOK_RETRY_MS,
      onReply: (method, params) => {
        const bot = bots.get(spec.token);
        if (bot) world.replyCall(bot, method, params);
      },
    });
    bots.set(spec.token, createBot(spec, updates));
  }
  const [firstBot] = bots.values();
  if (firstBot === undefined)
    throw new Error('The Bot API stand-in needs at least one bot. Leave `bots` out for the usual one.');
  const world: World = {
    bots,
    firstBot,
    now,
    chats: createChats(keep),
    files: createFiles(keep.fileBytes),
    menus: createMenus(),
    presses: createPresses(now),
    inlineQueries: createInlineQueries(now),
    rates: createRates(options.limits ?? true, now),
    faults: createFaults(),
    calls: createCallLog(keep.calls),
    changes: createChanges(),
    replyCall: () => {},
  };
  return world;
}

function createBot({ token, username, name, inline }: BotSpec, updates: Updates): Bot {
  const id = token.split(':')[0] ?? token;
  return {
    token,
    id,
    updates,
    isInline: inline ?? true,
    user: {
      id: Number(id),
      is_bot: true,
      first_name: name ?? 'Heartbeat',
      username: username ?? `bot_${id}_bot`,
    },
  };
}

/** Tells listeners what became of a message. */
export function tellMessage(
  world: World,
  kind: 'message' | 'edit' | 'delete' | 'pin' | 'reaction',
  message: StoredMessage,
): void {
  world.changes.emit(() => ({ kind, chat: message.chat.id, message: view(world, message) }));
}

export function view(world: World, message: StoredMessage): MessageView {
  return viewMessage(message, world.files);
}

/** Gives the bots that hear of what happens in a chat: all in a group, the first one in a private chat. */
export function botsIn(world: World, chat: Chat): Bot[] {
  return chat.type === 'private' ? [world.firstBot] : [...world.bots.values()];
}
