import { createDiscordChannel } from './channels/discord/index.ts';
import { createTeamsChannel } from './channels/msteams/index.ts';
import { createSmsChannel } from './channels/sms/index.ts';
import { createWebhookChannel } from './channels/webhook/index.ts';
import type { ActDoors, Words } from './answers/index.ts';
import type { ChannelsConfig } from './config-channels.ts';
import type { Config } from './config.ts';
import type { Channel, ChannelName, Place } from './delivery/index.ts';
import type { Deps } from './deps.ts';
import { signLink } from './http/index.ts';
import { systemClock } from './lib/clock.ts';
import { DAY } from './lib/time.ts';

/** A card is read for days; the address of its picture opens that long. */
const PICTURE_TTL_MS = 7 * DAY;

/** What makes a channel, or null when the settings name no address of it. */
type Opener = (settings: ChannelsConfig) => ((deps: Deps) => Channel) | null;

/** The channels that only send: one line each. */
const CHANNELS = {
  webhook: ({ webhooks: addresses }) =>
    addresses.size === 0 ? null : () => createWebhookChannel({ addresses, clock: systemClock }),
  discord: ({ discord: addresses }) =>
    addresses.size === 0 ? null : (deps) => createDiscordChannel({ addresses, ...readerOf(deps) }),
  msteams: ({ msteams: addresses }) =>
    addresses.size === 0
      ? null
      : (deps) =>
          createTeamsChannel({ addresses, pictureUrl: (id) => pictureUrl(deps, id), ...readerOf(deps) }),
  sms: ({ sms: account }) =>
    account &&
    ((deps) => createSmsChannel({ account, wordsOf: (place) => wordsOf(deps, place), clock: systemClock })),
} as const satisfies Partial<Record<ChannelName, Opener>>;

const OPENERS = Object.entries(CHANNELS) as [keyof typeof CHANNELS, Opener][];

/** Names the channels that the settings have an address of. */
export function listOpenChannels({ channels }: Config): ChannelName[] {
  return OPENERS.flatMap(([name, opener]) => (opener(channels) ? [name] : []));
}

/** Opens them. */
export function openChannels(deps: Deps): Channel[] {
  return OPENERS.flatMap(([, opener]) => opener(deps.config.channels)?.(deps) ?? []);
}

/** A room reads the workspace's language. Waits and signatures go by the real clock, as they do on the other side. */
function readerOf(deps: Deps) {
  const reader = (): { words: Words; doors: ActDoors } => {
    const { locale, timezone } = deps.registry.current().workspace;
    const chat = deps.channels.has('telegram') || deps.channels.has('slack');
    const apiUrl = deps.config.apiTokens.length > 0 ? deps.publicUrl() : null;
    return { words: deps.wordsFor(locale, timezone), doors: { chat, apiUrl } };
  };
  return { reader, log: deps.log, clock: systemClock };
}

/** Teams fetches a picture from outside, by https only. */
async function pictureUrl(deps: Deps, metricId: string): Promise<string | null> {
  const base = deps.publicUrl();
  if (!base.startsWith('https://')) return null;
  return base + (await signLink(deps, `/metric/${metricId}.png`, PICTURE_TTL_MS));
}

function wordsOf(deps: Deps, place: Place): Words {
  const { people, workspace } = deps.registry.current();
  const reader = people.find(({ phone }) => place.channel === 'sms' && phone === place.number);
  return deps.wordsFor(reader?.locale ?? workspace.locale, reader?.timezone ?? workspace.timezone);
}
