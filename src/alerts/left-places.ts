import { placeKey, type Place } from '../delivery/index.ts';
import type { Person, Registry } from '../registry/index.ts';
import { listOpsPlaces, listPersonPlaces, listRoomPlaces } from './route.ts';

/** Why nothing is sent there. */
export const LEFT = 'its reader has left';

/** A private chat, a mailbox or a phone: one person reads it. */
const PERSONAL = /^(telegram:\d+$|slack:[UW]|mail:|sms:)/;

/** Gives those keys of places that were one person's and are nobody's now: no person of the files has them, no room, not the ops inbox. */
export function listLeftPlaces(
  keys: readonly string[],
  { people, workspace }: Pick<Registry, 'people' | 'workspace'>,
): string[] {
  const personal = keys.filter((key) => PERSONAL.test(key));
  if (personal.length === 0) return [];
  const places = [
    ...people.flatMap(listPersonPlaces),
    ...people.flatMap(listPhones),
    ...workspace.rooms.flatMap(listRoomPlaces),
    ...listOpsPlaces(workspace.opsInbox),
  ];
  const known = new Set(places.map((place) => placeKey(place).toLowerCase()));
  return personal.filter((key) => !known.has(key.toLowerCase()));
}

function listPhones({ phone }: Person): Place[] {
  return phone === null ? [] : [{ channel: 'sms', number: phone }];
}
