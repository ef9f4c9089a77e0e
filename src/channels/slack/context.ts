import { randomUUID } from 'node:crypto';
import type { CommandContext, CommandDeps } from '../../commands/index.ts';
import { sql } from '../../db/index.ts';
import { effectiveTimezone, identifySlack, rememberSlack, type Caller } from '../../people/index.ts';
import type { Person } from '../../registry/index.ts';
import type { SlackChannel } from './channel.ts';
import { isDirect, type Actor } from './inbound.ts';
import type { SlackPlace } from './outcome.ts';
import type { Profiles } from './profiles.ts';

export type DialogueOptions = {
  deps: CommandDeps;
  channel: SlackChannel;
  profiles: Profiles;
  /** waits until a message to a place may be sent: pacing is shared with the outbox */
  reserve: (place: SlackPlace) => Promise<void>;
};

export type Context = Omit<CommandContext, 'commands'>;

/**
 * Who asks, by Slack's own ids: never by what somebody writes or is called. The language is the person's own setting, else that of
 * the Slack account, else the workspace's.
 */
export async function contextOf(
  { deps, profiles }: Pick<DialogueOptions, 'deps' | 'profiles'>,
  actor: Actor,
): Promise<Context> {
  const registry = deps.registry.current();
  const { workspace, people } = registry;
  const { userId, channel } = actor;
  const named = people.find(({ slackId }) => slackId === userId);
  const profile = named?.locale ? null : await profiles.find(userId);
  const person = identifySlack(registry, { userId, email: profile?.email ?? null });
  const locale = person?.locale ?? profile?.locale ?? workspace.locale;
  const timezone = effectiveTimezone(person, workspace);
  const caller: Caller = {
    workspaceId: deps.workspaceId,
    person,
    actor: person?.email ?? `slack:${userId}`,
    role: person?.role ?? null,
    channel: 'slack',
    locale,
    timezone,
    roomTeams: workspace.rooms.find(({ slack }) => slack !== null && slack === channel)?.teams ?? [],
    requestId: randomUUID(),
  };
  if (person && !named) await remember(deps, caller, { person, userId });
  return {
    deps,
    caller,
    words: deps.wordsFor(locale, timezone),
    place: placeOf(actor),
    ...(profile?.name ? { callerName: profile.name } : {}),
  };
}

/** Who was found by e-mail is remembered, so that alerts reach them here too; without that they are answered all the same. */
async function remember(
  deps: CommandDeps,
  caller: Caller,
  found: { person: Person; userId: string },
): Promise<void> {
  try {
    if (await rememberSlack(deps, caller, found))
      deps.log.info({ actor: caller.actor }, 'a Slack account is known now');
  } catch (error) {
    deps.log.warn({ err: error }, 'a Slack account could not be remembered');
  }
}

/** Direct messages are a place by their person's id, as the files name it. */
export function placeOf({ userId, channel }: Pick<Actor, 'userId' | 'channel'>): SlackPlace {
  const isOwn = channel === null || isDirect(channel);
  return { channel: 'slack', conversation: isOwn ? userId : channel };
}

/** Slack sends an event again when it is unsure, and a request can be repeated by who has seen it: each is handled once, by one process. */
export async function isFirst(deps: Pick<CommandDeps, 'db' | 'workspaceId'>, id: string): Promise<boolean> {
  const inserted = await deps.db.prisma.$executeRaw(sql`
    insert into heartbeat.handled_update (channel, update_id) values ('slack', ${`${deps.workspaceId}:${id}`})
    on conflict do nothing`);
  return inserted > 0;
}
