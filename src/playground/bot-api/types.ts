import type { ConnectionFault, Fault } from '../faults.ts';
import type { Entity } from './html.ts';
import type { FormattedText } from './text.ts';

export type UserSpec = {
  id: number;
  first_name: string;
  last_name?: string;
  username?: string;
  language_code?: string;
};
export type BotSpec = {
  token: string;
  username?: string;
  name?: string;
  /** whether @BotFather was told /setinline; true unless given */
  inline?: boolean;
};
export type GroupSpec = {
  /** negative; one that starts with -100 is a supergroup */
  id: number;
  title: string;
  members: readonly Person[];
  forum?: boolean;
  /** ids of forum topics */
  topics?: readonly number[];
};

export type ChatType = 'private' | 'group' | 'supergroup';
export type ChatView = { id: number; type: ChatType; title: string };

export type InlineButton = { text: string; callback_data?: string; url?: string };
export type InlineKeyboard = InlineButton[][];

export type PhotoView = {
  fileId: string;
  width: number;
  height: number;
  /** null when it was dropped to keep memory bounded */
  bytes: Uint8Array | null;
};

/** What a message says; edits replace it. */
export type Content = {
  /** text or caption, without markup */
  text: string;
  entities: readonly Entity[];
  photo: PhotoView | null;
  keyboard: InlineKeyboard;
};

export type MessageView = Content & {
  id: number;
  chat: number;
  topic: number | null;
  from: { id: number; name: string; isBot: boolean };
  /** ms */
  at: number;
  silent: boolean;
  replyTo: number | null;
  isDeleted: boolean;
  isPinned: boolean;
  reactions: readonly string[];
  /** user name of the bot whose inline result it is */
  via?: string;
  /** earlier contents, oldest first */
  edits: readonly (Content & { at: number })[];
};

export type CallView = {
  /** ms */
  at: number;
  bot: string;
  method: string;
  chat: string | null;
  /** files appear as their size */
  params: Readonly<Record<string, unknown>>;
  /** null while it hangs or is under way */
  ok: boolean | null;
  /** description of the refusal, or of the fault that was injected */
  error: string | null;
};

export type Change =
  | { kind: 'message' | 'edit' | 'delete' | 'pin' | 'reaction'; chat: number; message: MessageView }
  | { kind: 'press_answered'; chat: number; user: number; text: string; showAlert: boolean }
  | { kind: 'action'; chat: number; action: string }
  /** told as a call begins, and as it is settled */
  | { kind: 'call'; call: CallView }
  | { kind: 'menu' };

export type ButtonMatcher = string | RegExp | ((button: InlineButton) => boolean) | { data: string };

/** What came of a press. A button with an address only gives the address. */
export type PressResult =
  | { answered: true; text: string; showAlert: boolean; afterMs: number }
  | { answered: false; url: string | null };

/** What a bot offers inline: how it is listed, and the message it becomes. */
export type InlineResult = {
  type: 'article' | 'photo';
  id: string;
  title: string;
  description: string;
  content: FormattedText & {
    photo: { fileId: string; width: number; height: number } | null;
    keyboard: InlineKeyboard;
  };
};
/** The button above the results: it opens the private chat with `/start <startParameter>`. */
export type InlineButtonAbove = { text: string; startParameter: string };
export type InlineAnswer = {
  answered: true;
  results: readonly InlineResult[];
  button: InlineButtonAbove | null;
  nextOffset: string;
  isPersonal: boolean;
  cacheSeconds: number;
  /** 0 also for an answer that Telegram kept */
  afterMs: number;
};
export type InlineAsked = InlineAnswer | { answered: false };
export type InlineAskOptions = {
  offset?: string;
  /** Telegram's time for an answer unless given */
  timeoutMs?: number;
};

export type SendOptions = { replyTo?: number; topic?: number };
export type PressOptions = {
  /** as for a message of last month, whose content Telegram no longer tells */
  inaccessible?: boolean;
  /** Telegram's time for an answer unless given */
  timeoutMs?: number;
};

/** A person with a Telegram account, who acts in chats. */
export interface Person {
  readonly id: number;
  readonly user: Readonly<UserSpec>;
  /** Writes in a chat (the private chat with the bot when none is named). */
  sends(chat: ChatRef, text: string, options?: SendOptions): MessageView;
  /** Writes in answer to a message. */
  replies(message: MessageRef, text: string): MessageView;
  edits(message: MessageRef, text: string): void;
  reacts(message: MessageRef, emoji: string): void;
  /** Presses a button by its label, a pattern, a test, or by data it once had; resolves with the toast. */
  presses(message: MessageRef, button: ButtonMatcher, options?: PressOptions): Promise<PressResult>;
  /** Types the bot's name and words in any chat; resolves with what it offers. */
  asksInline(text: string, options?: InlineAskOptions): Promise<InlineAsked>;
  /** Posts one of the results, by its id or its place, in a chat. */
  picks(chat: ChatRef, answer: InlineAnswer, which: string | number): MessageView;
  /** Blocks the bot in the private chat. */
  blocks(): void;
  unblocks(): void;
}

export type ChatRef = number | { readonly id: number };
export type MessageRef = { readonly chat: number; readonly id: number };

export type FaultKind =
  | {
      status: number;
      description?: string;
      parameters?: { retry_after?: number; migrate_to_chat_id?: number };
      body?: string;
    }
  | ConnectionFault;

export type FaultPlan = {
  method?: string;
  chat?: number | string;
  /** once unless given */
  times?: number;
  with: FaultKind;
};

export type RateSettings = {
  /** messages a chat takes at once before one a second is the rule; null: no limit */
  perChatBurst: number | null;
  /** messages a group takes in a minute; null: no limit */
  perGroupPerMinute: number | null;
  /** messages a bot sends a second; null: no limit */
  perBotPerSecond: number | null;
};

export type BotApiOptions = {
  host?: string;
  /** 0 takes a free one */
  port?: number;
  bots?: readonly BotSpec[];
  /** Telegram's budgets: on, off, or one by one */
  limits?: boolean | Partial<RateSettings>;
  /** ms; the system's clock unless given */
  now?: () => number;
  keep?: Partial<KeepSettings>;
  /** first wait before a web hook's update is tried again */
  webhookRetryMs?: number;
};

/** What is kept in memory; the oldest goes first. */
export type KeepSettings = {
  messagesPerChat: number;
  editsPerMessage: number;
  calls: number;
  updates: number;
  fileBytes: number;
};

export type MenuScope = { type: string; chat_id?: number | string; user_id?: number };
export type MenuCommand = { command: string; description: string };

/** A Bot API on this machine: what bots call over HTTP, and the people and chats they meet. */
export interface BotApi {
  /** what TELEGRAM_API_ROOT is set to */
  readonly root: string;
  readonly port: number;
  /** the first bot's */
  readonly token: string;
  readonly calls: readonly CallView[];

  /** Adds a person; a known id gives the same person. */
  user(spec: UserSpec): Person;
  /** Opens a person's private chat with the bot, as pressing Start does. */
  privateChat(person: Person): ChatView;
  group(spec: GroupSpec): ChatView;
  /** Upgrades a group to a supergroup with another id. */
  migrate(chat: ChatRef, newId: number): ChatView;
  deleteTopic(chat: ChatRef, topic: number): void;
  /** Throws the bot out of a group. */
  removeBot(chat: ChatRef): void;

  /** Messages of a chat that are not deleted, oldest first. */
  messages(chat: ChatRef): MessageView[];
  /** One message, also a deleted one. */
  message(ref: MessageRef): MessageView | undefined;
  /** The menu of commands set for a scope and language. */
  menu(scope?: MenuScope, language?: string): readonly MenuCommand[];
  /** Updates not yet confirmed by the bot. */
  pendingUpdates(): number;

  /** Makes the next calls that match go wrong. */
  fail(plan: FaultPlan): Fault;
  /** Delivers each of the next updates twice. */
  duplicateUpdates(count: number): void;
  /** Holds the next updates back until all are there, and delivers them in reverse order. */
  reorderUpdates(count: number): void;
  /** Delivers an earlier update again. */
  redeliver(updateId: number): void;
  /** Forgets uploaded files: their ids are refused from now on. */
  forgetFiles(): void;
  setLimits(limits: boolean | Partial<RateSettings>): void;

  /** Calls back on each change until the returned function is called. */
  onChange(listener: (change: Change) => void): () => void;
  /** Changes as they come; ends with the loop that reads them. */
  changes(): AsyncIterableIterator<Change>;
  /** Gives what `find` finds, now or after a change; rejects after `timeoutMs` (10 s unless given). */
  waitFor<T>(find: () => T | undefined | null | false, timeoutMs?: number): Promise<T>;
  close(): Promise<void>;
}
