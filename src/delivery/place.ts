import { HeartbeatError } from '../errors.ts';
import type { ChannelName, Place } from './types.ts';

/** Every channel, for those who name one. */
export const CHANNEL_NAMES = [
  'telegram',
  'slack',
  'mail',
  'webhook',
  'msteams',
  'discord',
  'sms',
] as const satisfies readonly ChannelName[];

/** Channels whose messages can be redrawn; on the others each edge that matters is a message of its own. */
const EDITING: ReadonlySet<ChannelName> = new Set(['telegram', 'slack', 'discord']);

/** Tells whether a place's messages can be redrawn. */
export function canEdit({ channel }: Place): boolean {
  return EDITING.has(channel);
}

/** Tells whether an alert's message has a thread, where each edge can be noted without interrupting anybody. */
export function hasThreads({ channel }: Place): boolean {
  return channel === 'slack';
}

/** Gives a place as one word: `telegram:-100200`, `telegram:-100200:7` with a topic, `slack:C0OPS`, `mail:a@b.test`, `webhook:pager`, `sms:+34600`. */
export function placeKey(place: Place): string {
  switch (place.channel) {
    case 'telegram':
      return place.topic === null ? `telegram:${place.chat}` : `telegram:${place.chat}:${place.topic}`;
    case 'slack':
      return `slack:${place.conversation}`;
    case 'mail':
      return `mail:${place.address}`;
    case 'webhook':
    case 'msteams':
    case 'discord':
      return `${place.channel}:${place.name}`;
    case 'sms':
      return `sms:${place.number}`;
  }
}

/** Gives the place that a key of `placeKey` names; throws `place_key_invalid` on any other text. */
export function parsePlaceKey(key: string): Place {
  const telegram = /^telegram:([^:]+)(?::(\d{1,15}))?$/.exec(key);
  if (telegram?.[1] !== undefined) {
    return {
      channel: 'telegram',
      chat: telegram[1],
      topic: telegram[2] === undefined ? null : Number(telegram[2]),
    };
  }
  const [, channel, address] = /^(slack|mail|webhook|msteams|discord|sms):(.+)$/.exec(key) ?? [];
  if (address === undefined) {
    throw new HeartbeatError(
      'place_key_invalid',
      `"${key}" is not a place. Write telegram:<chat>[:<topic>], slack:<conversation>, mail:<address>, sms:<number>, or webhook:, msteams: or discord:<name>.`,
      { details: { key } },
    );
  }
  switch (channel) {
    case 'slack':
      return { channel, conversation: address };
    case 'webhook':
    case 'msteams':
    case 'discord':
      return { channel, name: address };
    case 'sms':
      return { channel, number: address };
    default:
      return { channel: 'mail', address };
  }
}
