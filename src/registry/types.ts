/** What a number is measured in, as the metric file says it. */
export type Unit =
  | { kind: 'percent' }
  | { kind: 'count' }
  | { kind: 'ratio' }
  | { kind: 'score' }
  | { kind: 'currency'; code: string }
  | { kind: 'duration'; of: 'ms' | 's' | 'min' | 'h' | 'd' };

export type Direction = 'up' | 'down';

/** A period such as `1h`: its text, count and unit (for calendar boundaries) and its nominal length. */
export type Period = { text: string; count: number; unit: 's' | 'm' | 'h' | 'd' | 'w'; ms: number };

export type LinkRole = 'explains' | 'drilldown';

export type VerificationState = 'verified' | 'unverified';

/** A metric: what its file says, checked and completed with defaults. Immutable. */
export type Metric = {
  id: string;
  /** path relative to the workspace folder */
  file: string;
  name: string;
  domain: string;
  teams: readonly string[];
  unit: Unit;
  /** how often a value is due; of a metric with only a schedule, derived: the longest gap between runs */
  period: Period;
  /** cron, 5 or 6 fields, instead of every period */
  schedule: string | null;
  /** the file gives a schedule and no period: `:to` is then the tick itself */
  scheduleOnly?: boolean;
  direction: Direction;
  norm: number | null;
  alert: number | null;
  target: number | null;
  /** YYYY-MM-DD */
  targetDue: string | null;
  hysteresis: { enter: number; leave: number };
  /** recovery lines: to leave a level, be better than these */
  band: { norm: number | null; alert: number | null };
  timeoutMs: number;
  staleAfterMs: number;
  /** look-back of every tick beyond three periods, for late data; 0 when not set */
  correctionMs: number;
  tags: readonly string[];
  howToRead: string;
  methodology: string;
  sources: readonly string[];
  notes: string | null;
  synonyms: readonly string[];
  runbook: string | null;
  owner: string | null;
  /** what the file declares; whether it holds is MetricVerification */
  declared: VerificationState;
  verified: { by: string; at: string } | null;
  cuts: readonly { cut: string; role: LinkRole }[];
  sql: string;
  /** SHA-256 hex of {sql, direction, unit, lines, methodology} */
  definitionHash: string;
  /** it comes with the program and reads Heartbeat's own database, never the warehouse */
  builtIn?: true;
};

/**
 * Whether a metric may alert. `verified`: the file says so of this definition. `changed`: it says so, but of an
 * earlier definition. `unverified`: it does not say so.
 */
export type MetricVerification = 'verified' | 'changed' | 'unverified';

export type Cut = {
  id: string;
  file: string;
  title: string;
  page: string;
  chart: string;
  window: string;
  windows: readonly string[];
  prose: string;
  howToRead: string;
  minGroup: number;
  owner: string | null;
  declared: VerificationState;
  verified: { by: string; at: string } | null;
  feeds: readonly { metric: string; role: LinkRole }[];
  sql: string;
  definitionHash: string;
};

export type Role = 'viewer' | 'operator' | 'approver' | 'admin';

/** A person of owners.yaml. */
export type Person = {
  email: string;
  name: string;
  role: Role;
  teams: readonly string[];
  telegramId: number | null;
  telegramHandle: string | null;
  slackId: string | null;
  locale: Locale | null;
  timezone: string | null;
  quietHours: { from: string; to: string } | null;
  /** for SMS, E.164 */
  phone: string | null;
  /** where to go when a chat of theirs fails for good, in this order */
  fallback: readonly FallbackChannel[];
};

export type FallbackChannel = 'telegram' | 'slack' | 'mail' | 'sms';

export type Locale = 'en' | 'ru';

/** One address as the files name it: a room, or one of the ops inbox's. */
export type RoomAddress = {
  telegram: number | null;
  telegramTopic: number | null;
  slack: string | null;
  hooks: Hooks;
  teams: readonly string[];
};

/** Names of addresses whose URLs stand in the settings. */
export type Hooks = { webhook: string | null; msteams: string | null; discord: string | null };

export type OpsInbox = {
  email: string | null;
  telegram: number | null;
  slack: string | null;
  hooks: Hooks;
};

export type MaintenanceWindow = {
  name: string;
  from: string | null;
  to: string | null;
  cron: string | null;
  for: string | null;
  metrics: readonly string[];
  domains: readonly string[];
  sources: readonly string[];
};

export type WorkspacePolicies = {
  storm: { moreThan: number; withinMs: number };
  escalateAfterMs: number;
  ackTimeoutMs: number;
  /** owner, rooms, ops, or the e-mail of a deputy */
  escalation: readonly string[];
  /** people may take metric cards into any chat of Telegram */
  inline: boolean;
  /** metrics about Heartbeat itself are part of the workspace */
  selfWatch: boolean;
};

/** workspace.yaml, checked and completed. */
export type Workspace = {
  id: string;
  name: string;
  timezone: string;
  locale: Locale;
  opsInbox: OpsInbox;
  rooms: readonly RoomAddress[];
  policies: WorkspacePolicies;
  maintenance: readonly MaintenanceWindow[];
};

/** Something wrong in a file: where, what, and what to do. `file:line: reason hint` is how it is printed. */
export type Problem = {
  /** path relative to the workspace folder */
  file: string;
  line: number;
  reason: string;
  hint: string | null;
  severity: 'error' | 'warning';
};

/** Everything the workspace's files say, after checking. Immutable; a change of files makes a new one. */
export type Registry = {
  /** absolute path of the folder */
  dir: string;
  workspace: Workspace;
  people: readonly Person[];
  metrics: ReadonlyMap<string, Metric>;
  cuts: ReadonlyMap<string, Cut>;
  /** docs/*.md by page slug */
  pages: ReadonlyMap<string, { title: string; markdown: string }>;
  problems: readonly Problem[];
  /** what is there but could not be used; absent when nothing is broken */
  broken?: BrokenParts;
};

/** Files and entries that are there but wrong: neither usable nor deleted, so their last good definition goes on. */
export type BrokenParts = {
  /** ids */
  metrics: readonly string[];
  /** ids */
  cuts: readonly string[];
  /** e-mails, lower case */
  people: readonly string[];
  /** owners.yaml as a whole could not be read */
  ownersFile: boolean;
};
