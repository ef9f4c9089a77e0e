import { createChanges, type Changes } from './changes.ts';
import { SlackFailure } from './failure.ts';
import { createFaults, type Faults } from './faults.ts';
import type { Json } from './json.ts';
import { createRates, type Rates } from './rates.ts';
import type {
  CallView,
  Content,
  Envelope,
  MessageView,
  SlackApiOptions,
  Transport,
  UserSpec,
} from './types.ts';

export type Channel = {
  id: string;
  name: string;
  /** direct messages of a person with the bot */
  im: string | null;
  members: Set<string>;
  isArchived: boolean;
  hasBot: boolean;
  messages: Map<string, Message>;
  /** messages that are pinned, by their ts */
  pins: Set<string>;
};

export type Message = Omit<MessageView, keyof Content | 'edits' | 'isPinned'> & {
  content: Content;
  edits: Content[];
  unfurls: Json;
};

export type StoredFile = {
  id: string;
  name: string;
  length: number;
  bytes: Uint8Array | null;
  /** ms; null before the upload is completed */
  completedAt: number | null;
};

export type StoredView = {
  id: string;
  /** the app's own name for it */
  externalId: string | null;
  user: string;
  view: Json;
  hash: string;
  isClosed: boolean;
};

/** An address at which the app may answer for a while, a few times. */
export type ResponseUrl = { channel: string; user: string; message: Message | null; left: number };

/** A right to open a modal: once, within 3 s. */
export type Trigger = { user: string; at: number; isUsed: boolean };

/** Everything the stand-in knows. */
export type World = {
  team: string;
  botUser: string;
  botId: string;
  token: string;
  appToken: string;
  signingSecret: string;
  refusedWith: string | null;
  scopes: ReadonlySet<string> | null;
  users: Map<string, UserSpec>;
  channels: Map<string, Channel>;
  ephemerals: Message[];
  files: Map<string, StoredFile>;
  fileDelayMs: number;
  views: Map<string, StoredView>;
  triggers: Map<string, Trigger>;
  responses: Map<string, ResponseUrl>;
  calls: CallView[];
  sent: Envelope[];
  faults: Faults;
  rates: Rates;
  changes: Changes;
  transport: Transport | null;
  socketUrl: string | null;
  root: string;
  now: () => number;
  nextId: (prefix: string) => string;
  nextTs: () => string;
};

const MESSAGE_ID_DIGITS = 6;

/** Makes a world with its bot and nobody else. */
export function createWorld(options: SlackApiOptions): World {
  const now = options.now ?? Date.now;
  const { run = '', tokens } = options;
  let ids = 0;
  let messages = 0;
  return {
    team: 'T0SHOP',
    botUser: 'U0HEARTBEAT',
    botId: 'B0HEARTBEAT',
    token: tokens?.bot ?? 'xoxb-1000000001-stand-in',
    appToken: tokens?.app ?? 'xapp-1-A0HEARTBEAT-stand-in',
    signingSecret: '0123456789abcdef0123456789abcdef',
    refusedWith: null,
    scopes: options.scopes ? new Set(options.scopes) : null,
    users: new Map(),
    channels: new Map(),
    ephemerals: [],
    files: new Map(),
    fileDelayMs: options.fileDelayMs ?? 0,
    views: new Map(),
    triggers: new Map(),
    responses: new Map(),
    calls: [],
    sent: [],
    faults: createFaults(),
    rates: createRates(options.limits ?? false, now),
    changes: createChanges(),
    transport: null,
    socketUrl: null,
    root: '',
    now,
    nextId: (prefix) => {
      ids += 1;
      return `${prefix}${run}${String(ids).padStart(4, '0')}`;
    },
    nextTs: () => {
      messages += 1;
      return `${Math.floor(now() / 1000)}.${String(messages).padStart(MESSAGE_ID_DIGITS, '0')}`;
    },
  };
}

/** Gives the direct messages of a person with the bot; opened when there are none. */
export function directOf(world: World, user: string): Channel {
  const found = [...world.channels.values()].find((channel) => channel.im === user);
  if (found) return found;
  if (!world.users.has(user)) throw new SlackFailure('user_not_found');
  const id = world.nextId('D');
  const channel: Channel = {
    id,
    name: 'directmessage',
    im: user,
    members: new Set([user]),
    isArchived: false,
    hasBot: true,
    messages: new Map(),
    pins: new Set(),
  };
  world.channels.set(id, channel);
  return channel;
}

/** Gives a channel by its id, or a person's direct messages by the person's. Throws `channel_not_found`. */
export function getChannel(world: World, id: string): Channel {
  if (world.users.has(id)) return directOf(world, id);
  const channel = world.channels.get(id);
  if (channel === undefined) throw new SlackFailure('channel_not_found');
  return channel;
}

/** Puts a message into its channel. */
export function addMessage(
  world: World,
  channel: Channel,
  parts: Pick<Message, 'user' | 'isBot' | 'content'> & Partial<Message>,
): Message {
  const message: Message = {
    channel: channel.id,
    ts: world.nextTs(),
    threadTs: null,
    isBroadcast: false,
    ephemeralFor: null,
    edits: [],
    isDeleted: false,
    unfurls: {},
    ...parts,
  };
  if (message.ephemeralFor === null) channel.messages.set(message.ts, message);
  else world.ephemerals.push(message);
  world.changes.emit();
  return message;
}

/** Replaces what a message shows. */
export function editMessage(world: World, message: Message, content: Content): void {
  message.edits.push(message.content);
  message.content = content;
  world.changes.emit();
}
