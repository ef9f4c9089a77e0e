import type { ConnectionFault } from '../faults.ts';
import type { Json } from './json.ts';

export type UserSpec = {
  /** such as U0IVAN */
  id: string;
  name: string;
  email?: string;
  /** such as ru-RU */
  locale?: string;
  /** of another company, in a shared channel */
  team?: string;
  isBot?: boolean;
};

export type ChannelSpec = {
  /** such as C0GROWTH */
  id: string;
  name: string;
  members: readonly Person[];
  /** the bot is in it unless said otherwise */
  withoutBot?: boolean;
};

/** What a message shows; edits replace it. */
export type Content = { text: string; blocks: readonly Json[] };

export type MessageView = Content & {
  channel: string;
  ts: string;
  /** id of who wrote it; the bot's for the bot */
  user: string;
  isBot: boolean;
  /** the message whose thread it stands in */
  threadTs: string | null;
  /** it stands in the channel as well as in its thread */
  isBroadcast: boolean;
  /** the only one who sees it */
  ephemeralFor: string | null;
  /** earlier contents, oldest first */
  edits: readonly Content[];
  isDeleted: boolean;
  isPinned: boolean;
};

export type ViewView = {
  id: string;
  type: 'modal' | 'home';
  user: string;
  /** the view as it was given */
  view: Json;
  hash: string;
  isClosed: boolean;
};

export type CallView = {
  /** ms */
  at: number;
  /** a method, `upload` or `response_url` */
  method: string;
  channel: string | null;
  params: Json;
  /** null while it hangs or is under way */
  ok: boolean | null;
  error: string | null;
};

export type FaultKind =
  /** a refusal by its code */
  { error: string } | { status: number; retryAfter?: number; body?: string } | ConnectionFault;

export type FaultPlan = {
  method?: string;
  channel?: string;
  /** once unless given */
  times?: number;
  with: FaultKind;
};

/** What Slack sends to an app. */
export type Envelope = {
  type: 'events_api' | 'slash_commands' | 'interactive';
  payload: Json;
  retry?: { attempt: number; reason: string };
};

/** What came of sending: the answer's status and body, or none within Slack's 3 s. */
export type Delivered = { status: number | null; body: unknown; afterMs: number };

/** Carries envelopes to the app; rejects when the app cannot be reached. */
export type Transport = (envelope: Envelope) => Promise<{ status: number; body: unknown }>;

/** A button or option by its label, or by the value it carries. */
export type Matcher = string | RegExp | { value: string };

/** A person with a Slack account. */
export interface Person {
  readonly id: string;
  readonly spec: Readonly<UserSpec>;
  /** Writes in a channel, or in the direct messages with the bot when none is named; `thread` is a message's ts. */
  sends(text: string, to?: { channel?: string; thread?: string }): Promise<Delivered & { ts: string }>;
  /** Uses a slash command: `/metric cr`. */
  commands(text: string, channel?: string): Promise<Delivered>;
  /** Presses a button, or picks an option, of a message. */
  presses(message: MessageView, matcher: Matcher): Promise<Delivered>;
  /** Presses a button of the Home tab. */
  pressesHome(matcher: Matcher): Promise<Delivered>;
  /** Opens the Home tab. */
  opensHome(): Promise<Delivered>;
  /** Submits a modal with what was put in: by block, then by action. */
  submits(view: ViewView, values: Record<string, Record<string, Json>>): Promise<Delivered>;
  /** Closes a modal without an answer. */
  closes(view: ViewView): void;
  /** Posts an address in a channel. */
  shares(url: string, channel: string): Promise<Delivered & { ts: string }>;
}

export type SlackApiOptions = {
  /** 0 takes a free one */
  port?: number;
  /** one message a second to a channel */
  limits?: boolean;
  /** how long an uploaded file is processed before it can be shown */
  fileDelayMs?: number;
  /** what the app may do; everything unless given */
  scopes?: readonly string[];
  /** ms; the system's clock unless given */
  now?: () => number;
  /** what the app must show; the same at each start unless given */
  tokens?: { bot: string; app: string };
  /** a part of every id, so that ids of one run are none of another's */
  run?: string;
  /** how much of each kind is kept, the oldest going first; everything unless given */
  keep?: number;
};

/** A Slack on this machine: the Web API for the app, and the people and channels it meets. */
export interface SlackApi {
  /** what SLACK_API_URL is set to */
  readonly url: string;
  readonly token: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly botUser: string;
  readonly team: string;
  readonly calls: readonly CallView[];

  /** Adds a person; a known id gives the same person. */
  user(spec: UserSpec): Person;
  /** Adds a channel; a known one keeps its messages. */
  channel(spec: ChannelSpec): void;
  archive(channel: string): void;
  removeBot(channel: string): void;
  /** Refuses the token from now on, with this code; null: takes it again. */
  refuseToken(code: 'token_revoked' | 'account_inactive' | 'invalid_auth' | null): void;

  /** Messages of a channel that everybody there sees, oldest first; a person's id names the direct messages with the bot. */
  messages(channel: string): MessageView[];
  /** Messages that only this person sees, oldest first. */
  ephemerals(user: string): MessageView[];
  /** The Home tab of a person. */
  home(user: string): ViewView | undefined;
  /** Modals that were opened for a person, oldest first. */
  modals(user: string): ViewView[];
  /** What was unfurled under a message, by address. */
  unfurls(channel: string, ts: string): Json;
  /** The pinned messages of a channel by their ts, in the order they were pinned. */
  pins(channel: string): string[];
  /** An uploaded file's content. */
  file(id: string): Uint8Array | undefined;

  /** Sends to this address from now on, signed. */
  deliverTo(url: string): void;
  /** Sends by this transport from now on. */
  deliverBy(transport: Transport): void;
  /** Answers `apps.connections.open` with this address. */
  openSocketsAt(url: string): void;
  /** Sends an envelope as it is: for repeats. */
  deliver(envelope: Envelope): Promise<Delivered>;
  /** The envelopes that were sent, oldest first. */
  readonly sent: readonly Envelope[];

  /** Makes the next calls that match go wrong. */
  fail(plan: FaultPlan): void;
  onChange(listener: () => void): () => void;
  /** Gives what `find` finds, now or after a change; rejects after `timeoutMs` (10 s unless given). */
  waitFor<T>(find: () => T | undefined | null | false, timeoutMs?: number): Promise<T>;
  close(): Promise<void>;
}
