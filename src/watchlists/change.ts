import { inTransaction, sql, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { ConflictError } from '../errors.ts';
import { recordAct, type Act } from '../journal/index.ts';
import type { Caller } from '../people/index.ts';
import { queryLists } from './read.ts';
import { ownerOf, requireMayEdit, toLiveKey, toOwnerKey, unknownList, type ListOwner } from './rules.ts';
import type { Watchlist } from './types.ts';

/** What a change of lists is made with. */
export type Changing = { tx: Tx; deps: Deps; caller: Caller; now: Date };

/** Runs a change in one transaction. */
export function changing<T>(
  deps: Deps,
  caller: Caller,
  work: (changing: Changing) => Promise<T>,
): Promise<T> {
  const now = deps.clock.now();
  return inTransaction(deps.db, (tx) => work({ tx, deps, caller, now }));
}

/** Changes one list that the caller may change, while nobody else does; gives it as it is then. */
export function changeList(
  deps: Deps,
  caller: Caller,
  { id, change }: { id: string; change: (list: Watchlist, changing: Changing) => Promise<unknown> },
): Promise<Watchlist> {
  return changing(deps, caller, async (within) => {
    const list = await getLocked(within, sql`w.id = ${id} and w.deleted_at is null`);
    requireMayEdit(caller, ownerOf(list));
    await change(list, within);
    return getLocked(within, sql`w.id = ${id}`);
  });
}

/** Reads one list and keeps others from changing it. Throws NotFoundError `watchlist_unknown`. */
export async function getLocked(
  { tx, deps }: Pick<Changing, 'tx' | 'deps'>,
  where: ReturnType<typeof sql>,
): Promise<Watchlist> {
  const [list] = await queryLists({ prisma: tx }, deps.workspaceId, { where, lock: true });
  if (!list) throw unknownList();
  return list;
}

/** Writes what happened to a list into the journal, and when. */
export async function recordChange(
  { tx, deps, caller, now }: Changing,
  { id, verb, before, after }: { id: string; verb: string } & Pick<Act, 'before' | 'after'>,
): Promise<void> {
  await tx.$executeRaw(sql`
    update heartbeat.watchlist set updated_at = ${now}
    where workspace_id = ${deps.workspaceId} and id = ${id}`);
  await recordAct(tx, caller, {
    at: now,
    verb: `watchlist.${verb}`,
    subject: `watchlist:${id}`,
    before,
    after,
  });
}

/** Keeps others from making or naming lists of an owner until the transaction ends. */
export async function lockOwner({ tx, deps }: Changing, owner: ListOwner): Promise<void> {
  const key = `${deps.workspaceId} watchlists of ${toOwnerKey(owner)}`;
  await tx.$executeRaw(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
}

/** Tells whether an owner has a list of that name; ask under `lockOwner`. */
export async function isNameTaken(
  { tx, deps }: Changing,
  { owner, name, except = '' }: { owner: ListOwner; name: string; except?: string },
): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>(sql`
    select 1 from heartbeat.watchlist
    where workspace_id = ${deps.workspaceId} and live_key = ${toLiveKey(owner, name)} and id <> ${except}`);
  return rows.length > 0;
}

/** What is said when an owner has a list of that name already. */
export function nameTaken(name: string): ConflictError {
  return new ConflictError('watchlist_name_taken', `There is a watchlist called ${name} already.`, {
    details: { list: name },
  });
}
