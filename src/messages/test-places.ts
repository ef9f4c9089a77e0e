import { listOpsPlaces, listPersonPlaces, listRoomPlaces } from '../alerts/index.ts';
import { placeKey, type ChannelName, type Place } from '../delivery/index.ts';
import { InputError } from '../errors.ts';
import { requireRole, type Caller } from '../people/index.ts';
import type { Workspace } from '../registry/index.ts';

const PERSONAL: readonly ChannelName[] = ['telegram', 'slack', 'mail', 'sms'];
const HOOKS: readonly ChannelName[] = ['webhook', 'msteams', 'discord'];

/** Who asks for a test of which places; `channels` are the ones that are live. */
export type TestRequest = {
  caller: Pick<Caller, 'person' | 'role'>;
  workspace: Pick<Workspace, 'rooms' | 'opsInbox'>;
  channels: ReadonlySet<ChannelName>;
  /** `ops`, `rooms`, or a channel; null for every address of the caller's own */
  target: string | null;
};

/**
 * Decides which places a test message goes to: somebody's own addresses, the rooms, the ops inbox, or the web hooks of a kind.
 * Throws InputError `test_target_unknown` or `test_nowhere`, RefusedError `role_too_low` (places of others take an admin).
 */
export function listTestPlaces(request: TestRequest): Place[] {
  const target = request.target?.toLowerCase() ?? null;
  const found = targetPlaces(request, target).filter(({ channel }) => request.channels.has(channel));
  const places = [...new Map(found.map((place) => [placeKey(place), place])).values()];
  if (places.length > 0) return places;
  throw new InputError(
    'test_nowhere',
    `There is nothing to test: no address for ${target ?? 'you'} on a channel that runs here.`,
    { details: { target: target ?? '' } },
  );
}

function targetPlaces({ caller, workspace }: TestRequest, target: string | null): Place[] {
  if (target === null) return listOwnPlaces(caller);
  const personal = PERSONAL.find((name) => name === target);
  if (personal) return listOwnPlaces(caller).filter(({ channel }) => channel === personal);
  const shared = listSharedPlaces(workspace);
  const hook = HOOKS.find((name) => name === target);
  if (hook === undefined && target !== 'ops' && target !== 'rooms') throw unknownTarget(target);
  requireRole(caller, 'admin');
  if (hook) return [...shared.ops, ...shared.rooms].filter(({ channel }) => channel === hook);
  return target === 'ops' ? shared.ops : shared.rooms;
}

function listOwnPlaces({ person }: Pick<Caller, 'person'>): Place[] {
  if (person === null) return [];
  const phone: Place[] = person.phone === null ? [] : [{ channel: 'sms', number: person.phone }];
  return [...listPersonPlaces(person), ...phone];
}

/** Gives the places that belong to nobody alone: the rooms and the ops inbox. */
export function listSharedPlaces({ rooms, opsInbox }: Pick<Workspace, 'rooms' | 'opsInbox'>): {
  rooms: Place[];
  ops: Place[];
} {
  return { rooms: rooms.flatMap(listRoomPlaces), ops: listOpsPlaces(opsInbox) };
}

function unknownTarget(target: string): InputError {
  const known = [...PERSONAL, ...HOOKS, 'ops', 'rooms'].join(', ');
  return new InputError('test_target_unknown', `"${target}" cannot be tested. Name one of ${known}.`, {
    details: { target, known },
  });
}
