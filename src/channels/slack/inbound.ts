import { Command, Event, HomeOpened, LinkShared, Message, Press, Submission } from './inbound-schemas.ts';
import { readText } from './read-text.ts';

/** Who acted, from where, by Slack's own ids. */
export type Actor = {
  /** the same when Slack, or somebody who listened, sends it again: an event's own id, else that of the request */
  id: string;
  userId: string;
  teamId: string | null;
  /** null in the Home tab */
  channel: string | null;
};

/** What a request of Slack means to Heartbeat. */
export type Inbound =
  /** a slash command: `/metric cr`, also when it came as `/heartbeat metric cr` */
  | { kind: 'command'; actor: Actor; text: string; triggerId: string; responseUrl: string | null }
  /** words in direct messages, or in a thread */
  | { kind: 'message'; actor: Actor; text: string; ts: string; threadTs: string | null }
  | ({ kind: 'press' } & InboundPress)
  | { kind: 'submission'; actor: Actor; callbackId: string; metadata: string; values: Values }
  | { kind: 'home'; actor: Actor }
  | { kind: 'links'; actor: Actor; ts: string; urls: readonly string[] }
  | { kind: 'other' };

/** A press of a button, or a choice. */
export type InboundPress = {
  actor: Actor;
  data: string;
  triggerId: string;
  /** null in the Home tab, and where Slack names none */
  responseUrl: string | null;
  threadTs: string | null;
};

/** What was put into a modal: by block, then by action. */
export type Values = Record<
  string,
  Record<string, { selected_date_time?: number | null | undefined; value?: string | null | undefined }>
>;

/** Messages that a person wrote; the other subtypes tell of edits, joins and the like. */
const WRITTEN: ReadonlySet<string | undefined> = new Set([undefined, 'thread_broadcast', 'file_share']);

/** Reads what Slack sent in a request of this id. Never throws: what it does not know is `other`. */
export function toInbound(body: unknown, requestId: string): Inbound {
  return (
    readCommand(body, requestId) ??
    readPress(body, requestId) ??
    readSubmission(body, requestId) ??
    readEvent(body, requestId) ?? { kind: 'other' }
  );
}

function readCommand(body: unknown, id: string): Inbound | undefined {
  const { data } = Command.safeParse(body);
  if (!data) return undefined;
  const { command, text = '', user_id: userId, team_id: teamId = null, channel_id: channel = null } = data;
  return {
    kind: 'command',
    actor: { id, userId, teamId, channel },
    text: commandText(command, text),
    triggerId: data.trigger_id ?? '',
    responseUrl: data.response_url ?? null,
  };
}

/** The name under which everything can be asked, where another app has the short names or Slack keeps one for itself. */
export const UMBRELLA = '/heartbeat';

function commandText(command: string, text: string): string {
  if (command !== UMBRELLA) return `${command} ${text}`.trim();
  const words = text.trim().replace(/^\//, '');
  return words === '' ? '/help' : `/${words}`;
}

function readPress(body: unknown, id: string): Inbound | undefined {
  const { data } = Press.safeParse(body);
  const action = data?.actions[0];
  const value = action?.selected_option?.value ?? action?.value;
  // a button with an address has none: Slack opens it and tells us all the same
  if (!data || value === undefined) return undefined;
  const { user, channel, container } = data;
  return {
    kind: 'press',
    actor: {
      id,
      userId: user.id,
      teamId: user.team_id ?? null,
      channel: channel?.id ?? container?.channel_id ?? null,
    },
    data: value,
    triggerId: data.trigger_id ?? '',
    responseUrl: data.response_url ?? null,
    threadTs: container?.thread_ts ?? null,
  };
}

function readSubmission(body: unknown, id: string): Inbound | undefined {
  const { data } = Submission.safeParse(body);
  if (!data) return undefined;
  const { user, view } = data;
  const values: Values = Object.fromEntries(
    Object.entries(view.state.values).map(([block, actions]) => [block, actions]),
  );
  return {
    kind: 'submission',
    actor: {
      id,
      userId: user.id,
      teamId: user.team_id ?? null,
      channel: null,
    },
    callbackId: view.callback_id,
    metadata: view.private_metadata,
    values,
  };
}

function readEvent(body: unknown, requestId: string): Inbound | undefined {
  const { data } = Event.safeParse(body);
  if (!data) return undefined;
  const { event, event_id: eventId, team_id: teamId = null } = data;
  const id = eventId === undefined ? requestId : [eventId, event.event_ts].filter(Boolean).join(' ');
  return readMessage(event, id) ?? readHome(event, { id, teamId }) ?? readLinks(event, { id, teamId });
}

function readMessage(event: unknown, id: string): Inbound | undefined {
  const { data } = Message.safeParse(event);
  if (!data || data.bot_id !== undefined || !WRITTEN.has(data.subtype)) return undefined;
  const { user: userId, channel, text = '', ts, thread_ts: thread } = data;
  const threadTs = thread === undefined || thread === ts ? null : thread;
  if (threadTs === null && !isDirect(channel)) return undefined;
  const teamId = data.user_team ?? data.team ?? null;
  return { kind: 'message', actor: { id, userId, teamId, channel }, text: readText(text), ts, threadTs };
}

type Origin = { id: string; teamId: string | null };

function readHome(event: unknown, { id, teamId }: Origin): Inbound | undefined {
  const { data } = HomeOpened.safeParse(event);
  return data && { kind: 'home', actor: { id, userId: data.user, teamId, channel: null } };
}

function readLinks(event: unknown, { id, teamId }: Origin): Inbound | undefined {
  const { data } = LinkShared.safeParse(event);
  if (!data) return undefined;
  const actor = { id, userId: data.user, teamId, channel: data.channel };
  return { kind: 'links', actor, ts: data.message_ts, urls: data.links.map(({ url }) => url) };
}

/** Tells whether a conversation is a person's direct messages with the app. */
export function isDirect(channel: string): boolean {
  return channel.startsWith('D');
}
