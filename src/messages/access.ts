import { z } from 'zod';
import { listOpsPlaces, listPersonPlaces } from '../alerts/index.ts';
import { answerAccessDecided, type AccessDecision, type Answer } from '../answers/index.ts';
import { inTransaction, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { enqueueDeliveries, placeKey, PRIORITY, type DeliveryDraft, type Place } from '../delivery/index.ts';
import { RefusedError } from '../errors.ts';
import { recordJournal } from '../journal/index.ts';
import {
  accountKey,
  decideAccessRequest,
  isValidated,
  openAccessRequest,
  requireMay,
  strangerAccount,
  type Account,
  type Caller,
} from '../people/index.ts';
import { nameOfPeople } from './audience.ts';
import type { Notice } from './notices.ts';

const NAME_MAX = 60;

/**
 * Asks the admins to let somebody in; where none has a chat, the ops inbox, else both by mail. Throws ConflictError `access_asked`,
 * RefusedError `access_wait`, `access_full`, `access_known`, or `access_nobody` when there is nobody to ask.
 */
export async function askAccess(deps: Deps, caller: Caller, name: string): Promise<void> {
  const account = strangerAccount(caller);
  if (!account) throw new RefusedError('access_known', 'You are in this workspace already.');
  const { workspaceId, clock } = deps;
  const now = clock.now();
  const places = listDeciders(deps);
  if (places.length === 0) throw new RefusedError('access_nobody', 'No admin can be reached from here.');
  await inTransaction(deps.db, async (tx) => {
    const request = await openAccessRequest(tx, {
      workspaceId,
      now,
      account,
      name: name.trim().slice(0, NAME_MAX) || account.account,
      locale: caller.locale,
    });
    const { number, channel, account: id } = request;
    const notice: Notice = { kind: 'access_request', number, channel, account: id, name: request.name };
    const drafts = places.map((place) => ({
      ...draftOf(place, `access:${number}`),
      edge: notice.kind,
      payload: notice,
    }));
    await enqueueDeliveries(tx, deps.jobs, { workspaceId, drafts, now });
    await journal(tx, {
      caller,
      at: now,
      verb: 'access.ask',
      number,
      after: { account: accountKey(account) },
    });
  });
  deps.outbox.kick();
}

/** Chats with buttons: of the admins, else of the ops inbox. Where there is none, whatever else the two read: mail, hooks. */
function listDeciders(deps: Deps): Place[] {
  const { people, workspace } = deps.registry.current();
  const isLive = ({ channel }: Place): boolean => deps.channels.has(channel);
  const admins = people.filter((person) => person.role === 'admin' && isValidated(person));
  const linked = admins.flatMap(listPersonPlaces).filter(isLive);
  const inbox = listOpsPlaces(workspace.opsInbox).filter(isLive);
  const chats = [linked, inbox].map((places) => places.filter(hasButtons)).find(({ length }) => length > 0);
  return chats ?? [...inbox, ...linked];
}

function hasButtons({ channel }: Place): boolean {
  return channel === 'telegram' || channel === 'slack';
}

/** What was decided, and what stands in the file when it is done. `entry` is null for a no. */
export type Decided = { name: string; entry: string | null };

/**
 * Decides a request, tells who asked, and gives the entry for owners.yaml: the file says who is in. Throws RefusedError
 * `role_too_low`, ConflictError `access_decided`, NotFoundError `access_unknown`.
 */
export async function decideAccess(
  deps: Deps,
  caller: Caller,
  { request: number, decision }: { request: number; decision: AccessDecision },
): Promise<Decided> {
  requireMay(caller, 'change_people');
  const { workspaceId, clock } = deps;
  const now = clock.now();
  const request = await inTransaction(deps.db, async (tx) => {
    const by = nameOfPeople(deps)(caller.actor);
    const found = await decideAccessRequest(tx, { workspaceId, now, number, state: decision, by });
    const isIn = decision !== 'denied';
    const payload: AnswerPayload = { isIn, locale: found.locale };
    const drafts = [
      { ...draftOf(privatePlace(found), `access_answer:${number}`), edge: 'access_answer', payload },
    ];
    await enqueueDeliveries(tx, deps.jobs, { workspaceId, drafts, now });
    await journal(tx, { caller, at: now, verb: 'access.decide', number, after: { decision } });
    return found;
  });
  deps.outbox.kick();
  return { name: request.name, entry: decision === 'denied' ? null : ownersEntry(request, decision) };
}

/** A private chat has its person's id. */
function privatePlace({ channel, account }: Account): Place {
  return channel === 'telegram'
    ? { channel, chat: account, topic: null }
    : { channel, conversation: account };
}

/** The entry as owners.yaml takes it; a JSON string is a YAML string too. */
function ownersEntry({ channel, account, name }: Account & { name: string }, role: string): string {
  const id = channel === 'telegram' ? `telegram_id: ${account}` : `slack_id: ${account}`;
  return [`- email: name@example.com`, `  name: ${JSON.stringify(name)}`, `  role: ${role}`, `  ${id}`].join(
    '\n',
  );
}

function draftOf(place: Place, key: string): Omit<DeliveryDraft, 'edge' | 'payload'> {
  return {
    key: `notice:${key}:${placeKey(place)}`,
    alertId: null,
    place,
    operation: 'notice',
    silent: false,
    priority: PRIORITY.rest,
    hold: null,
  };
}

/** What the one who asked is told, in the language they asked in: no file says another yet. */
const AnswerPayload = z.object({ isIn: z.boolean(), locale: z.enum(['en', 'ru']) });
type AnswerPayload = z.infer<typeof AnswerPayload>;

/** Makes the message to somebody whose request was decided. */
export function composeAccessAnswer(
  { registry, wordsFor }: Pick<Deps, 'registry' | 'wordsFor'>,
  payload: unknown,
): Answer {
  const { isIn, locale } = AnswerPayload.parse(payload);
  return answerAccessDecided(isIn, wordsFor(locale, registry.current().workspace.timezone));
}

type Entry = {
  caller: Caller;
  at: Date;
  verb: string;
  number: number;
  after: { account: string } | { decision: string };
};

async function journal(tx: Tx, { caller, at, verb, number, after }: Entry): Promise<void> {
  const { workspaceId, actor, channel, requestId } = caller;
  await recordJournal(tx, {
    workspaceId,
    at,
    actor,
    channel,
    verb,
    subject: `access_request:${number}`,
    before: null,
    after,
    requestId,
  });
}
