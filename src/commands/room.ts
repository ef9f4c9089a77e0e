import type { Place } from '../delivery/index.ts';
import type { RoomAddress } from '../registry/index.ts';

/** Finds the room that a chat is: in a forum that of the topic, else that of the whole chat. */
export function findRoom(rooms: readonly RoomAddress[], place: Place): RoomAddress | undefined {
  if (place.channel === 'slack') return rooms.find(({ slack }) => slack === place.conversation);
  if (place.channel !== 'telegram') return undefined;
  const here = rooms.filter(({ telegram }) => String(telegram) === place.chat);
  return (
    here.find(({ telegramTopic }) => telegramTopic === place.topic) ??
    here.find(({ telegramTopic }) => telegramTopic === null)
  );
}
