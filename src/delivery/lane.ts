import { placeKey } from './place.ts';
import type { ChannelName, Place } from './types.ts';

/** What pacing counts by: a Telegram chat with all its topics, a Slack conversation, a mailbox, a number, a web hook. */
export function laneOf(place: Place): string {
  return place.channel === 'telegram' ? `telegram:${place.chat}` : placeKey(place);
}

/** Key of the row that holds a whole bot's own limit. */
export function botLane(channel: ChannelName): string {
  return `${channel}:*`;
}

/** Tells whether a place is a group chat, which platforms pace more strictly; Telegram's group ids are negative. */
export function isGroupPlace(place: Place): boolean {
  return place.channel === 'telegram' && place.chat.startsWith('-');
}
