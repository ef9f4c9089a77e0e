import { inTransaction, sql, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { RefusedError } from '../errors.ts';
import { recordAct } from '../journal/index.ts';
import type { Person, Registry } from '../registry/index.ts';
import { strangerAccount, type Account } from './account.ts';
import { bumpPeople } from './bump-people.ts';
import { tryLinkCode } from './codes.ts';
import { accountKey, type LinkChannel } from './merge.ts';
import type { Caller } from './types.ts';

/** What linking works with. */
export type LinkDeps = Pick<Deps, 'db' | 'workspaceId' | 'clock' | 'registry' | 'people'>;

/** What a typed code came to. */
export type Proven = { kind: 'linked'; person: Person } | { kind: 'wrong'; left: number } | { kind: 'none' };

/** Gives the account that may be linked. Throws RefusedError `link_known` for who is known already, or `link_nowhere`. */
export function getLinkable(caller: Pick<Caller, 'person' | 'actor'>): Account {
  if (caller.person)
    throw new RefusedError('link_known', `You are ${caller.person.email} here already. /unlink ends that.`, {
      details: { email: caller.person.email },
    });
  const account = strangerAccount(caller);
  if (account) return account;
  throw new RefusedError('link_nowhere', 'Only a chat can be linked.');
}

/** Finds a person by their address; upper and lower case are the same. */
export function findByEmail({ people }: Pick<Registry, 'people'>, email: string): Person | undefined {
  const wanted = email.toLowerCase();
  return people.find((person) => person.email.toLowerCase() === wanted);
}

/**
 * Links the caller's chat to the person whose mailbox gave the code; an older link of that person on this chat platform ends.
 * Throws RefusedError `link_file_names` when owners.yaml names another account of theirs, and what `getLinkable` throws.
 */
export async function proveLink(deps: LinkDeps, caller: Caller, code: string): Promise<Proven> {
  const account = getLinkable(caller);
  const now = deps.clock.now();
  const proven = await inTransaction(deps.db, async (tx): Promise<Proven> => {
    const tried = await tryLinkCode(tx, { workspaceId: deps.workspaceId, now, account, code });
    if (tried.kind !== 'right') return tried;
    const person = findByEmail(deps.registry.current(), tried.email);
    if (!person) return { kind: 'none' };
    await storeLink(tx, deps, { caller, account, person, now });
    return { kind: 'linked', person };
  });
  if (proven.kind === 'linked') await deps.people.reload();
  return proven;
}

type Link = { caller: Caller; account: Account; person: Person; now: Date };

async function storeLink(tx: Tx, deps: LinkDeps, { caller, account, person, now }: Link): Promise<void> {
  const { channel } = account;
  const email = person.email.toLowerCase();
  const before = await endLink(tx, deps, { channel, email, reason: 'replaced', now });
  const named = channel === 'telegram' ? person.telegramId : person.slackId;
  if (before === null && named !== null)
    throw new RefusedError(
      'link_file_names',
      'owners.yaml names another account of yours. Ask an admin to change it.',
    );
  await tx.$executeRaw(sql`
    insert into heartbeat.linked_account (workspace_id, channel, account, email, proven_at, live_account, live_email)
    values (${deps.workspaceId}, ${channel}, ${account.account}, ${email}, ${now}::timestamptz, ${account.account}, ${email})`);
  await bumpPeople(tx, deps.workspaceId);
  await recordAct(
    tx,
    { ...caller, actor: person.email },
    {
      at: now,
      verb: 'people.link',
      subject: `person:${person.email}`,
      before: before === null ? null : { account: accountKey({ channel, account: before }) },
      after: { account: accountKey(account) },
    },
  );
}

type Ending = { channel: LinkChannel; email: string; reason: 'unlink' | 'replaced'; now: Date };

/** Ends the live link of a person on a platform; gives the account it was, null when there was none. */
async function endLink(
  tx: Tx,
  { workspaceId }: Pick<Deps, 'workspaceId'>,
  { channel, email, reason, now }: Ending,
): Promise<string | null> {
  const rows = await tx.$queryRaw<{ account: string }[]>(sql`
    update heartbeat.linked_account
    set unlinked_at = ${now}::timestamptz, unlinked_reason = ${reason}, live_account = null, live_email = null
    where workspace_id = ${workspaceId} and channel = ${channel} and live_email = ${email}
    returning account`);
  return rows[0]?.account ?? null;
}

/**
 * Ends the caller's link of the platform they write from: nothing is sent to that chat any more. Throws RefusedError
 * `unlink_by_file` when owners.yaml names the account, `not_a_member`.
 */
export async function unlink(deps: LinkDeps, caller: Caller): Promise<void> {
  const { person, channel } = caller;
  if (!person) throw new RefusedError('not_a_member', 'Nothing is linked to this chat.');
  const now = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const isChat = channel === 'telegram' || channel === 'slack';
    const email = person.email.toLowerCase();
    const account = isChat ? await endLink(tx, deps, { channel, email, reason: 'unlink', now }) : null;
    if (account === null)
      throw new RefusedError(
        'unlink_by_file',
        'This account stands in owners.yaml. Ask an admin to take it out there.',
      );
    await bumpPeople(tx, deps.workspaceId);
    await recordAct(tx, caller, {
      at: now,
      verb: 'people.unlink',
      subject: `person:${person.email}`,
      before: { account: `${channel}:${account}` },
      after: null,
    });
  });
  await deps.people.reload();
}
