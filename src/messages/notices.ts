import { z } from 'zod';
import type { Answer, Words } from '../answers/index.ts';
import type { Deps } from '../deps.ts';
import {
  placeKey,
  PRIORITY,
  type ClaimedDelivery,
  type DeliveryDraft,
  type Place,
} from '../delivery/index.ts';
import type { OpsInbox, Person } from '../registry/index.ts';
import { labelOf } from './audience.ts';

/** What a message outside of any alert is about. */
export const Notice = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('undeliverable'),
    place: z.string(),
    edge: z.string(),
    reason: z.string(),
    alertId: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('file_broken'),
    file: z.string(),
    line: z.number(),
    reason: z.string(),
    hint: z.string().nullable(),
  }),
  z.object({ kind: z.literal('verification_lost'), metric: z.string(), name: z.string() }),
  z.object({ kind: z.literal('test'), by: z.string() }),
]);
export type Notice = z.infer<typeof Notice>;

const REASON_MAX = 300;

/** The words of a notice, for one reader. */
export function composeNotice(payload: unknown, words: Words): Answer {
  const notice = Notice.parse(payload);
  switch (notice.kind) {
    case 'undeliverable':
      return {
        lines: [
          [words.t('notice-undeliverable', { place: notice.place })],
          [words.t('notice-undeliverable-why', { reason: notice.reason.slice(0, REASON_MAX) })],
        ],
      };
    case 'file_broken':
      return {
        lines: [
          [words.t('notice-file-broken', { file: notice.file })],
          [`${notice.file}:${notice.line}: ${notice.reason.slice(0, REASON_MAX)}`],
          ...(notice.hint ? [[notice.hint]] : []),
          [words.t('notice-file-broken-effect')],
        ],
      };
    case 'verification_lost':
      return {
        lines: [
          [words.t('notice-verification-lost', { name: notice.name })],
          [words.t('notice-verification-lost-next', { metric: notice.metric })],
        ],
      };
    case 'test':
      return { lines: [[words.t('notice-test')], [words.t('notice-test-why', { name: notice.by })]] };
  }
}

/** Tells the ops inbox that a message could not be brought to its place; nothing when the inbox itself is that place. */
export function undeliverableNotices(deps: Deps, delivery: ClaimedDelivery, reason: string): DeliveryDraft[] {
  if (delivery.operation === 'edit' || delivery.operation === 'notice') return [];
  const notice: Notice = {
    kind: 'undeliverable',
    place: labelOf(deps, delivery.place),
    edge: delivery.edge,
    reason,
    alertId: delivery.alertId,
  };
  const inbox = opsPlaces(deps, deps.registry.current().workspace.opsInbox).filter(
    (place) => placeKey(place) !== placeKey(delivery.place),
  );
  const notices = inbox.map((place) => noticeDraft({ place, notice, key: `undeliverable:${delivery.id}` }));
  return delivery.alertId
    ? [...notices, ...inbox.map((place) => rescuePost(delivery, delivery.alertId, place))]
    : notices;
}

/** The alert itself goes to the ops inbox too, so that it is not lost with its place. */
function rescuePost(delivery: ClaimedDelivery, alertId: string | null, place: Place): DeliveryDraft {
  return {
    key: `${alertId}:rescue:${placeKey(place)}`,
    alertId,
    edge: delivery.edge,
    place,
    operation: 'post',
    silent: delivery.silent,
    priority: delivery.priority,
    hold: null,
    payload: {},
  };
}

/** A notice for a person: in the chat that is linked, or the ops inbox for one who has none. */
export function noticeDrafts(
  deps: Deps,
  person: Person | undefined,
  input: { notice: Notice; key: string },
): DeliveryDraft[] {
  const own: Place[] = person?.telegramId
    ? [{ channel: 'telegram', chat: String(person.telegramId), topic: null }]
    : [];
  const places = own.length > 0 ? own : opsPlaces(deps, deps.registry.current().workspace.opsInbox);
  return places
    .filter((place) => deps.channels.has(place.channel))
    .map((place) => noticeDraft({ place, ...input }));
}

function opsPlaces(deps: Deps, inbox: OpsInbox): Place[] {
  const telegram: Place[] =
    inbox.telegram === null ? [] : [{ channel: 'telegram', chat: String(inbox.telegram), topic: null }];
  return telegram.filter((place) => deps.channels.has(place.channel));
}

function noticeDraft({ place, notice, key }: { place: Place; notice: Notice; key: string }): DeliveryDraft {
  return {
    key: `notice:${key}:${placeKey(place)}`,
    alertId: null,
    edge: notice.kind,
    place,
    operation: 'notice',
    silent: notice.kind !== 'undeliverable',
    priority: PRIORITY.rest,
    hold: null,
    payload: notice,
  };
}
