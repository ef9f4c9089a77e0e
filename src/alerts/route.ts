import { placeKey, type ChannelName, type Place } from '../delivery/index.ts';
import { isOwnChat } from './silence.ts';
import type { Edge } from './types.ts';
import { isValidated } from '../people/index.ts';
import type { Hooks, Metric, OpsInbox, Person, RoomAddress, Workspace } from '../registry/index.ts';

/** Where an alert goes. `unowned`: nobody validated answers for the metric, which the message says. */
export type Route = { places: Place[]; unowned: boolean };

/** Everything routing looks at; `channels` are the ones that are live. */
export type RouteRequest = {
  metric: Pick<Metric, 'owner' | 'teams'>;
  people: readonly Person[];
  workspace: Pick<Workspace, 'rooms' | 'opsInbox'>;
  channels: ReadonlySet<ChannelName>;
};

/**
 * Decides where an alert goes: its owner, the rooms of its teams, and the ops inbox when nobody validated owns it or
 * the owner has no address on a live channel. Each place once, the owner first.
 */
export function routeAlert(request: RouteRequest): Route {
  const { metric, people, workspace } = request;
  const owner = findOwner(metric.owner, people);
  const ownerPlaces = listOwnerPlaces(request);
  const opsPlaces = ownerPlaces.length > 0 ? [] : listOpsPlaces(workspace.opsInbox);
  const places = listLive(request, [...ownerPlaces, ...listTeamPlaces(request), ...opsPlaces]);
  return { places, unowned: owner === undefined };
}

/**
 * Decides whom an edge is for: a rung of the ladder (the ops inbox where nobody stands on it), the person who forgot an ack
 * with the owner, and else everybody whom the alert goes to.
 */
export function listAudience(request: RouteRequest, edge: Edge, ladder: readonly string[]): Place[] {
  switch (edge.kind) {
    case 'escalated': {
      const rung = listRung(request, ladder[edge.step] ?? 'ops');
      return rung.length > 0 ? rung : listRung(request, 'ops');
    }
    case 'ack_timed_out': {
      const acker = findOwner(edge.by, request.people);
      return listLive(request, [
        ...(acker === undefined ? [] : listPersonPlaces(acker)),
        ...listOwnerPlaces(request),
      ]);
    }
    default:
      return routeAlert(request).places;
  }
}

/** Gives the people in whose own chats an alert may come: at its first edge, or up the ladder. */
export function listHearers(request: RouteRequest, ladder: readonly string[]): Person[] {
  const places = [...routeAlert(request).places, ...ladder.flatMap((rung) => listRung(request, rung))];
  return request.people.filter((person) => places.some((place) => isOwnChat(place, person)));
}

function listRung(request: RouteRequest, rung: string): Place[] {
  switch (rung) {
    case 'owner':
      return listOwnerPlaces(request);
    case 'rooms':
      return listLive(request, listTeamPlaces(request));
    case 'ops':
      return listLive(request, listOpsPlaces(request.workspace.opsInbox));
    default: {
      const deputy = findOwner(rung, request.people);
      return deputy === undefined ? [] : listLive(request, listPersonPlaces(deputy));
    }
  }
}

function listOwnerPlaces(request: RouteRequest): Place[] {
  const owner = findOwner(request.metric.owner, request.people);
  return owner === undefined ? [] : listLive(request, listPersonPlaces(owner));
}

function listTeamPlaces({ metric, workspace }: RouteRequest): Place[] {
  const rooms = workspace.rooms.filter((room) => room.teams.some((team) => metric.teams.includes(team)));
  return rooms.flatMap(listRoomPlaces);
}

/** Each place once, of channels that are live. */
function listLive({ channels }: Pick<RouteRequest, 'channels'>, places: readonly Place[]): Place[] {
  return withoutRepeats(places.filter(({ channel }) => channels.has(channel)));
}

/** Gives the owner when that person is known and validated: only then does anybody answer for the metric. */
export function findOwner(email: string | null, people: readonly Person[]): Person | undefined {
  const wanted = email?.toLowerCase();
  return people.find((person) => person.email.toLowerCase() === wanted && isValidated(person));
}

/** Gives every address a person has for alerts; SMS is for fallback only. */
export function listPersonPlaces({ telegramId, slackId, email }: Person): Place[] {
  return [...telegramPlace(telegramId), ...slackPlace(slackId), ...mailPlace(email)];
}

/** Gives the addresses of a room. */
export function listRoomPlaces({ telegram, telegramTopic, slack, hooks }: RoomAddress): Place[] {
  return [...telegramPlace(telegram, telegramTopic), ...slackPlace(slack), ...hookPlaces(hooks)];
}

/** Gives the addresses of the ops inbox. */
export function listOpsPlaces({ telegram, slack, email, hooks }: OpsInbox): Place[] {
  return [...telegramPlace(telegram), ...slackPlace(slack), ...mailPlace(email), ...hookPlaces(hooks)];
}

function hookPlaces(hooks: Hooks): Place[] {
  return (['webhook', 'msteams', 'discord'] as const).flatMap((channel) => {
    const name = hooks[channel];
    return name === null ? [] : [{ channel, name }];
  });
}

/** A private chat has its person's id. */
function telegramPlace(chat: number | null, topic: number | null = null): Place[] {
  return chat === null ? [] : [{ channel: 'telegram', chat: String(chat), topic }];
}

function slackPlace(conversation: string | null): Place[] {
  return conversation === null ? [] : [{ channel: 'slack', conversation }];
}

function mailPlace(address: string | null): Place[] {
  return address === null ? [] : [{ channel: 'mail', address }];
}

function withoutRepeats(places: readonly Place[]): Place[] {
  return [...new Map(places.map((place) => [placeKey(place), place])).values()];
}
