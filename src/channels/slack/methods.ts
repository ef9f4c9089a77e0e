/** Why the app asks for each of its scopes: the manifest and docs/slack.md are made of this. */
export const SCOPES = {
  'chat:write': 'post alerts and answers, change them, answer where only one person sees it',
  commands: 'hear slash commands',
  'files:write': 'upload pictures',
  'files:read': 'know when Slack has processed a picture',
  'im:write': 'write to people directly',
  'im:history': 'hear what people write to the app directly',
  'channels:history': 'take answers in an alert’s thread as notes, in public channels',
  'groups:history': 'the same in private channels',
  'users:read': 'know a person’s language, and that the account is of this company',
  'users:read.email': 'find the person of owners.yaml by e-mail where no slack_id is given',
  'pins:write': 'pin the cockpit that `/pin` keeps up to date',
  'links:read': 'see links to Heartbeat’s own pages',
  'links:write': 'show a metric under such a link',
} as const;

export type Scope = keyof typeof SCOPES;

type MethodSpec = {
  /** null: every app may */
  scope: Scope | null;
};

/** Every method of the Web API that Heartbeat calls. */
export const METHODS = {
  'auth.test': { scope: null },
  'chat.postMessage': { scope: 'chat:write' },
  'chat.update': { scope: 'chat:write' },
  'chat.postEphemeral': { scope: 'chat:write' },
  'chat.unfurl': { scope: 'links:write' },
  'conversations.open': { scope: 'im:write' },
  'files.getUploadURLExternal': { scope: 'files:write' },
  'files.completeUploadExternal': { scope: 'files:write' },
  'files.info': { scope: 'files:read' },
  'pins.add': { scope: 'pins:write' },
  'pins.remove': { scope: 'pins:write' },
  'users.info': { scope: 'users:read' },
  'users.lookupByEmail': { scope: 'users:read.email' },
  'views.open': { scope: null },
  'views.update': { scope: null },
  'views.publish': { scope: null },
} as const satisfies Record<string, MethodSpec>;

export type SlackMethod = keyof typeof METHODS;

/** Every event that Heartbeat hears, with the scope it takes. */
export const EVENTS = {
  app_home_opened: null,
  link_shared: 'links:read',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
  'message.im': 'im:history',
} as const satisfies Record<string, Scope | null>;
