import { HeartbeatError } from '../errors.ts';
import type { Place } from './types.ts';

/** Gives a place as one word: `telegram:-100200`, `telegram:-100200:7` with a topic, `slack:C0OPS`, `mail:a@b.test`. */
export function placeKey(place: Place): string {
  switch (place.channel) {
    case 'telegram':
      return place.topic === null ? `telegram:${place.chat}` : `telegram:${place.chat}:${place.topic}`;
    case 'slack':
      return `slack:${place.conversation}`;
    case 'mail':
      return `mail:${place.address}`;
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
  const other = /^(slack|mail):(.+)$/.exec(key);
  if (other?.[2] === undefined) {
    throw new HeartbeatError(
      'place_key_invalid',
      `"${key}" is not a place. Write telegram:<chat>[:<topic>], slack:<conversation> or mail:<address>.`,
      { details: { key } },
    );
  }
  return other[1] === 'slack'
    ? { channel: 'slack', conversation: other[2] }
    : { channel: 'mail', address: other[2] };
}
