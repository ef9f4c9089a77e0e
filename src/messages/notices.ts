import { z } from 'zod';
import { listOpsPlaces, listPersonPlaces } from '../alerts/index.ts';
import { answerAccessRequest, firstLine, GLYPH, type Answer, type Words } from '../answers/index.ts';
import type { Deps } from '../deps.ts';
import { placeKey, PRIORITY, type DeliveryDraft, type Place } from '../delivery/index.ts';
import { isValidated } from '../people/index.ts';
import type { Person } from '../registry/index.ts';

/** What a message outside of any alert is about. */
export const Notice = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('undeliverable'),
    place: z.string(),
    edge: z.string(),
    reason: z.string(),
    alertId: z.string().nullable(),
    /** where the alert goes instead; null when it is posted in the ops inbox, or there is none */
    next: z.string().nullable().default(null),
  }),
  z.object({
    kind: z.literal('file_broken'),
    file: z.string(),
    line: z.number(),
    reason: z.string(),
    hint: z.string().nullable(),
  }),
  z.object({ kind: z.literal('sql_error'), metric: z.string(), name: z.string(), error: z.string() }),
  z.object({ kind: z.literal('verification_lost'), metric: z.string(), name: z.string() }),
  z.object({ kind: z.literal('test'), by: z.string() }),
  z.object({
    kind: z.literal('access_request'),
    number: z.number(),
    channel: z.enum(['telegram', 'slack']),
    account: z.string(),
    name: z.string(),
  }),
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
          [notice.reason.slice(0, REASON_MAX)],
          [words.t('notice-undeliverable-next', { where: whereInstead(notice), next: notice.next ?? '' })],
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
    case 'sql_error':
      return {
        lines: [
          firstLine({ glyph: GLYPH.trouble, word: words.t('notice-sql-error'), name: notice.name }),
          [{ kind: 'code', text: notice.error.slice(0, REASON_MAX) }],
          [words.t('notice-sql-error-effect')],
          [words.t('notice-sql-error-next', { metric: notice.metric })],
        ],
      };
    case 'verification_lost':
      return {
        lines: [
          [words.t('notice-verification-lost', { name: notice.name })],
          [words.t('notice-verification-lost-next', { metric: notice.metric })],
        ],
      };
    case 'access_request':
      return answerAccessRequest(notice, words);
    case 'test':
      return { lines: [[words.t('notice-test')], [words.t('notice-test-why', { name: notice.by })]] };
  }
}

function whereInstead({ alertId, next }: { alertId: string | null; next: string | null }): string {
  if (alertId === null) return 'nowhere';
  return next === null ? 'here' : 'next';
}

/** A notice for a person: in the chats that are linked, else by mail, or the ops inbox for one who has no address. */
export function noticeDrafts(
  deps: Deps,
  person: Person | undefined,
  input: { notice: Notice; key: string },
): DeliveryDraft[] {
  const isLive = ({ channel }: Place): boolean => deps.channels.has(channel);
  const all = person && isValidated(person) ? listPersonPlaces(person).filter(isLive) : [];
  const chats = all.filter(({ channel }) => channel !== 'mail');
  const own = chats.length > 0 ? chats : all;
  const inbox = listOpsPlaces(deps.registry.current().workspace.opsInbox).filter(isLive);
  return (own.length > 0 ? own : inbox).map((place) => noticeDraft({ place, ...input }));
}

/** Gives the delivery of a notice. */
export function noticeDraft({
  place,
  notice,
  key,
}: {
  place: Place;
  notice: Notice;
  key: string;
}): DeliveryDraft {
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
