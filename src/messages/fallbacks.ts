import { listOpsPlaces, listPersonPlaces } from '../alerts/index.ts';
import type { Deps } from '../deps.ts';
import { placeKey, type ClaimedDelivery, type DeliveryDraft, type Place } from '../delivery/index.ts';
import type { FallbackChannel, Person } from '../registry/index.ts';
import { labelOf } from './audience.ts';
import { noticeDraft, type Notice } from './notices.ts';

type Failed = Pick<
  ClaimedDelivery,
  'id' | 'alertId' | 'edge' | 'place' | 'operation' | 'silent' | 'priority'
>;

/**
 * Decides who must hear of a message that failed for good: the person whose place it was, on their next channel, else the ops
 * inbox gets the alert itself; and the ops inbox is told in any case. Edits and notices are not worth it.
 */
export function listFallbacks(deps: Deps, delivery: Failed, reason: string): DeliveryDraft[] {
  const { alertId, operation } = delivery;
  if (operation === 'edit' || operation === 'notice') return [];
  const inbox = listOpsPlaces(deps.registry.current().workspace.opsInbox).filter(
    (place) => deps.channels.has(place.channel) && placeKey(place) !== placeKey(delivery.place),
  );
  const next = alertId === null ? undefined : findNextPlace(deps, delivery.place);
  const notice: Notice = {
    kind: 'undeliverable',
    place: labelOf(deps, delivery.place),
    edge: delivery.edge,
    reason,
    alertId,
    next: next ? labelOf(deps, next) : null,
  };
  const told = inbox.map((place) => noticeDraft({ place, notice, key: `undeliverable:${delivery.id}` }));
  if (alertId === null) return told;
  const rescued = next ? [next] : inbox;
  return [...told, ...rescued.map((place) => rescuePost(delivery, alertId, place))];
}

/** The next place of the person whose chat failed, in their own order; undefined when none is live. */
function findNextPlace(deps: Deps, failed: Place): Place | undefined {
  const person = deps.registry.current().people.find((one) => isPlaceOf(one, failed));
  if (!person) return undefined;
  const places = [...listPersonPlaces(person), ...smsPlace(person)];
  const inOrder = person.fallback.flatMap((channel) => places.filter((place) => isOn(place, channel)));
  const at = inOrder.findIndex((place) => placeKey(place) === placeKey(failed));
  return inOrder.slice(at + 1).find((place) => deps.channels.has(place.channel));
}

function isPlaceOf(person: Person, place: Place): boolean {
  return [...listPersonPlaces(person), ...smsPlace(person)].some((one) => placeKey(one) === placeKey(place));
}

function smsPlace({ phone }: Person): Place[] {
  return phone === null ? [] : [{ channel: 'sms', number: phone }];
}

function isOn(place: Place, channel: FallbackChannel): boolean {
  return place.channel === channel;
}

/** One a place, whatever failed how often; a place that has the alert's message already is not told twice. */
function rescuePost(delivery: Failed, alertId: string, place: Place): DeliveryDraft {
  return {
    key: `${alertId}:rescue:${placeKey(place)}`,
    alertId,
    edge: delivery.edge,
    place,
    operation: 'post',
    silent: delivery.silent,
    priority: delivery.priority,
    hold: null,
    payload: { rescue: true },
  };
}
