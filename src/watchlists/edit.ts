import { sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { ConflictError, RefusedError } from '../errors.ts';
import type { Caller } from '../people/index.ts';
import {
  changeList,
  changing,
  getLocked,
  isNameTaken,
  lockOwner,
  nameTaken,
  recordChange,
} from './change.ts';
import {
  createShareToken,
  ownerOf,
  readDescription,
  readListName,
  requireMayEdit,
  toLiveKey,
  UNDO_MS,
} from './rules.ts';
import type { Watchlist } from './types.ts';

/** Gives a list another name. Throws as `createWatchlist` does of names, and NotFoundError `watchlist_unknown`. */
export async function renameWatchlist(
  deps: Deps,
  caller: Caller,
  { id, name: text }: { id: string; name: string },
): Promise<Watchlist> {
  const name = readListName(text);
  return changeList(deps, caller, {
    id,
    change: async (list, within) => {
      const owner = ownerOf(list);
      await lockOwner(within, owner);
      if (await isNameTaken(within, { owner, name, except: id })) throw nameTaken(name);
      await within.tx.$executeRaw(sql`
        update heartbeat.watchlist set name = ${name}, live_key = ${toLiveKey(owner, name)}
        where workspace_id = ${deps.workspaceId} and id = ${id}`);
      await recordChange(within, { id, verb: 'rename', before: { name: list.name }, after: { name } });
    },
  });
}

/** Says what a list is for; no words take the description away. Throws InputError `watchlist_description_long`. */
export async function describeWatchlist(
  deps: Deps,
  caller: Caller,
  { id, text }: { id: string; text: string },
): Promise<Watchlist> {
  const description = readDescription(text);
  return changeList(deps, caller, {
    id,
    change: async (list, within) => {
      await within.tx.$executeRaw(sql`
        update heartbeat.watchlist set description = ${description}
        where workspace_id = ${deps.workspaceId} and id = ${id}`);
      const before = { description: list.description };
      await recordChange(within, { id, verb: 'describe', before, after: { description } });
    },
  });
}

/** Deletes a list; `restoreWatchlist` brings it back for ten minutes. Its name is free at once, its link opens nothing. */
export function deleteWatchlist(deps: Deps, caller: Caller, id: string): Promise<Watchlist> {
  return changeList(deps, caller, {
    id,
    change: async (list, within) => {
      await within.tx.$executeRaw(sql`
        update heartbeat.watchlist set deleted_at = ${within.now}, live_key = null
        where workspace_id = ${deps.workspaceId} and id = ${id}`);
      const before = { name: list.name, metrics: [...list.metricIds] };
      await recordChange(within, { id, verb: 'delete', before, after: null });
    },
  });
}

/**
 * Brings a deleted list back as it was. Throws RefusedError `watchlist_undo_late` after ten minutes, ConflictError
 * `watchlist_not_deleted`, or `watchlist_name_taken` when another list has its name by now.
 */
export function restoreWatchlist(deps: Deps, caller: Caller, id: string): Promise<Watchlist> {
  return changing(deps, caller, async (within) => {
    const list = await getLocked(within, sql`w.id = ${id}`);
    const owner = ownerOf(list);
    requireMayEdit(caller, owner);
    const isLate = await isDeletedBefore(within, { id, at: new Date(within.now.getTime() - UNDO_MS) });
    if (isLate) throw new RefusedError('watchlist_undo_late', 'It was deleted more than ten minutes ago.');
    await lockOwner(within, owner);
    if (await isNameTaken(within, { owner, name: list.name })) throw nameTaken(list.name);
    await within.tx.$executeRaw(sql`
      update heartbeat.watchlist set deleted_at = null, live_key = ${toLiveKey(owner, list.name)}
      where workspace_id = ${deps.workspaceId} and id = ${id}`);
    await recordChange(within, { id, verb: 'restore', before: null, after: { name: list.name } });
    return getLocked(within, sql`w.id = ${id}`);
  });
}

async function isDeletedBefore(
  { tx, deps }: Parameters<typeof getLocked>[0],
  { id, at }: { id: string; at: Date },
): Promise<boolean> {
  const rows = await tx.$queryRaw<{ deleted_at: Date | null }[]>(sql`
    select deleted_at from heartbeat.watchlist where workspace_id = ${deps.workspaceId} and id = ${id}`);
  const deletedAt = rows[0]?.deleted_at;
  if (!deletedAt) throw new ConflictError('watchlist_not_deleted', 'This watchlist is not deleted.');
  return deletedAt < at;
}

/** Gives a list a link that opens it for everybody of the workspace; the one it has stays. */
export async function shareWatchlist(
  deps: Deps,
  caller: Caller,
  id: string,
): Promise<Watchlist & { token: string }> {
  let token = '';
  const shared = await changeList(deps, caller, {
    id,
    change: async (list, within) => {
      token = list.token ?? createShareToken();
      if (list.token !== null) return;
      await setToken(within, { id, token });
      await recordChange(within, { id, verb: 'share', before: { shared: false }, after: { shared: true } });
    },
  });
  return { ...shared, token };
}

/** Ends the link of a list; copies that were made of it stay. */
export function unshareWatchlist(deps: Deps, caller: Caller, id: string): Promise<Watchlist> {
  return changeList(deps, caller, {
    id,
    change: async (list, within) => {
      if (list.token === null) return;
      await setToken(within, { id, token: null });
      await recordChange(within, { id, verb: 'unshare', before: { shared: true }, after: { shared: false } });
    },
  });
}

async function setToken(
  { tx, deps }: Parameters<typeof getLocked>[0],
  { id, token }: { id: string; token: string | null },
): Promise<void> {
  await tx.$executeRaw(sql`
    update heartbeat.watchlist set token = ${token}
    where workspace_id = ${deps.workspaceId} and id = ${id}`);
}
