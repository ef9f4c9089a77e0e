import type { ChannelName, Place } from './types.ts';

/** What pacing counts by: a Telegram chat with all its topics, a Slack conversation, a mailbox. */
export function laneOf(place: Place): string {
  switch (place.channel) {
    case 'telegram':
      return `telegram:${place.chat}`;
    case 'slack':
      return `slack:${place.conversation}`;
    case 'mail':
      return `mail:${place.address}`;
  }
}

/** Key of the row that holds a whole bot's own limit. */
export function botLane(channel: ChannelName): string {
  return `${channel}:*`;
}

/** Tells whether a place is a group chat, which platforms pace more strictly; Telegram's group ids are negative. */
export function isGroupPlace(place: Place): boolean {
  return place.channel === 'telegram' && place.chat.startsWith('-');
}
