/** What the service and its page tell each other. The page reads these types too, so nothing is imported here. */

/** A chat application on a phone. */
export type App = 'telegram' | 'slack';

/** Who has a phone in the playground. */
export type ScenePerson = {
  /** Telegram's; below zero for who has none */
  id: number;
  name: string;
  locale: 'en' | 'ru';
  timezone: string;
  /** Slack's; null for who has none */
  slack: string | null;
};

/** A chat of the playground; a private one has its person's id. */
export type SceneChat = { id: number; kind: 'private' | 'group'; title: string; topics: readonly number[] };

/** Who and what the playground shows of a workspace. */
export type Scene = { people: readonly ScenePerson[]; chats: readonly SceneChat[] };

/** A part of a text with a meaning; offsets and lengths are UTF-16 units. */
export type PageEntity = {
  type: string;
  offset: number;
  length: number;
  url?: string;
  /** seconds */
  unix_time?: number;
  /** of an instant: how Slack shows it */
  format?: string;
};

export type PageButton = { text: string; callback_data?: string; url?: string };
export type PageCommand = { command: string; description: string };

/** A message as the page gets it. */
export type PageMessage = {
  id: number;
  chat: number;
  topic: number | null;
  from: { id: number; name: string; isBot: boolean };
  /** ms */
  at: number;
  text: string;
  entities: readonly PageEntity[];
  photo: { src: string; width: number; height: number } | null;
  keyboard: readonly (readonly PageButton[])[];
  replyTo: number | null;
  silent: boolean;
  /** what it says was replaced, not its buttons alone */
  edited: boolean;
  pinned: boolean;
  reactions: readonly string[];
};

/** What the controls beside the phones show; a part that is null has no controls. */
export type PageStatus = {
  /** ms; the instant the bot believes it is */
  now: number;
  canSkip: boolean;
  demo: { fallable: readonly { metric: string; name: string }[]; falling: readonly string[] } | null;
};

/** A conversation in Slack; a direct one has its person's id. */
export type SlackChat = { id: string; kind: 'direct' | 'channel'; title: string };

export type SlackText = { type: 'plain_text' | 'mrkdwn'; text: string };
export type SlackOption = { text: SlackText; value: string };

/** What can be pressed or filled in (Slack, Block Kit elements). */
export type SlackElement = { action_id: string } & (
  | { type: 'button'; text: SlackText; value?: string; url?: string; style?: 'primary' | 'danger' }
  | { type: 'static_select'; placeholder?: SlackText; options: SlackOption[]; initial_option?: SlackOption }
  /** seconds */
  | { type: 'datetimepicker'; initial_date_time?: number }
  | { type: 'plain_text_input'; placeholder?: SlackText; initial_value?: string; multiline?: boolean }
);

/** A picture, by its address here. */
export type SlackImage = { type: 'image'; src: string; width: number; height: number; alt_text: string };

/** What messages and views are made of (Slack, Block Kit blocks); pictures have got their addresses. */
export type SlackBlock =
  | { type: 'section'; text?: SlackText; fields?: SlackText[]; accessory?: SlackElement }
  | { type: 'header'; text: SlackText }
  | { type: 'context'; elements: (SlackText | SlackImage)[] }
  | { type: 'actions'; elements: SlackElement[] }
  | { type: 'divider' }
  | { type: 'input'; block_id: string; label: SlackText; element: SlackElement }
  | SlackImage;

/** A message of Slack as the page gets it. */
export type SlackMessage = {
  /** its time stamp, unique in its chat */
  id: string;
  chat: string;
  from: { id: string; name: string; isBot: boolean };
  /** ms */
  at: number;
  text: string;
  blocks: readonly SlackBlock[];
  /** the message whose thread it stands in */
  thread: string | null;
  /** it stands in the chat as well as in its thread */
  isBroadcast: boolean;
  /** the only person who sees it */
  onlyFor: string | null;
  pinned: boolean;
  edited: boolean;
};

/** A modal that is open, or a Home tab. */
export type SlackView = {
  id: string;
  kind: 'modal' | 'home';
  /** whose it is */
  user: string;
  title: string;
  /** null: nothing can be submitted */
  submit: string | null;
  close: string | null;
  blocks: readonly SlackBlock[];
};

/** Everything the page shows of Slack. */
export type SlackState = {
  chats: readonly SlackChat[];
  messages: readonly SlackMessage[];
  views: readonly SlackView[];
  commands: readonly PageCommand[];
};

/** What of it is new or different, and what is no longer there. */
export type SlackDelta = {
  messages: readonly SlackMessage[];
  gone: readonly { chat: string; id: string }[];
  views: readonly SlackView[];
  closed: readonly string[];
};

/** Commands that are suggested in each chat, by its id. */
export type PageMenus = Readonly<Record<string, readonly PageCommand[]>>;

export type PageSnapshot = Scene & {
  workspace: { name: string; timezone: string };
  messages: readonly PageMessage[];
  menus: PageMenus;
  status: PageStatus;
  slack: SlackState;
};

/** What the page hears as it happens. */
export type PageEvent =
  | { kind: 'snapshot'; snapshot: PageSnapshot }
  | { kind: 'message'; message: PageMessage; isNew: boolean }
  | { kind: 'gone'; chat: number; id: number }
  | { kind: 'typing'; chat: number }
  | { kind: 'menus'; menus: PageMenus }
  | { kind: 'status'; status: PageStatus }
  | { kind: 'slack'; delta: SlackDelta };
