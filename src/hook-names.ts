import type { ChannelsConfig } from './config-channels.ts';
import type { Hooks, Workspace } from './registry/index.ts';

/** A name that stands on one side only. */
export type UnmatchedName = { channel: keyof Hooks; name: string; reason: string };

const SETTINGS = { webhook: 'WEBHOOKS', msteams: 'MSTEAMS_WEBHOOKS', discord: 'DISCORD_WEBHOOKS' } as const;
const CHANNELS = Object.keys(SETTINGS) as (keyof Hooks)[];

/** Gives the names of web hooks that workspace.yaml uses and no setting has, and the other way round. Pure. */
export function listUnmatchedNames(
  { rooms, opsInbox }: Pick<Workspace, 'rooms' | 'opsInbox'>,
  channels: Pick<ChannelsConfig, 'webhooks' | 'msteams' | 'discord'>,
): UnmatchedName[] {
  const addresses = { webhook: channels.webhooks, msteams: channels.msteams, discord: channels.discord };
  return CHANNELS.flatMap((channel) => {
    const used = new Set([...rooms, opsInbox].flatMap(({ hooks }) => hooks[channel] ?? []));
    const known = [...addresses[channel].keys()];
    const setting = SETTINGS[channel];
    return [
      ...[...used]
        .filter((name) => !known.includes(name))
        .map((name) => ({
          channel,
          name,
          reason: `workspace.yaml posts to ${channel}: ${name}, and ${setting} has no such name. Add ${name}=https://… to it.`,
        })),
      ...known
        .filter((name) => !used.has(name))
        .map((name) => ({
          channel,
          name,
          reason: `${setting} has ${name}, and no room of workspace.yaml posts to it. Add ${channel}: ${name} to a room or to ops_inbox, or take it out.`,
        })),
    ];
  });
}
