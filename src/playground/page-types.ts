/** What the service and its page tell each other. The page reads these types too, so nothing is imported here. */

/** Who has a phone in the playground. */
export type ScenePerson = { id: number; name: string; locale: 'en' | 'ru'; timezone: string };

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

/** Commands that are suggested in each chat, by its id. */
export type PageMenus = Readonly<Record<string, readonly PageCommand[]>>;

export type PageSnapshot = Scene & {
  workspace: { name: string; timezone: string };
  messages: readonly PageMessage[];
  menus: PageMenus;
  status: PageStatus;
};

/** What the page hears as it happens. */
export type PageEvent =
  | { kind: 'snapshot'; snapshot: PageSnapshot }
  | { kind: 'message'; message: PageMessage; isNew: boolean }
  | { kind: 'gone'; chat: number; id: number }
  | { kind: 'typing'; chat: number }
  | { kind: 'menus'; menus: PageMenus }
  | { kind: 'status'; status: PageStatus };
