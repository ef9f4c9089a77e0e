import { sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { NotFoundError, RefusedError } from '../errors.ts';
import type { Caller } from '../people/index.ts';
import {
  changing,
  getLocked,
  isNameTaken,
  lockOwner,
  nameTaken,
  recordChange,
  type Changing,
} from './change.ts';
import { insertItems } from './contents.ts';
import { findCopy, listTeams } from './read.ts';
import {
  createListId,
  isSameTeam,
  LISTS_MAX,
  NAME_MAX,
  readListName,
  requireMayEdit,
  toLiveKey,
  unknownList,
  type ListOwner,
} from './rules.ts';
import type { Watchlist } from './types.ts';

/** A list to make: the caller's own, or a team's. */
export type NewList = { name: string; team: string | null; metricIds: readonly string[] };

/**
 * Makes a list. Throws InputError `watchlist_name_invalid`, ConflictError `watchlist_name_taken`, NotFoundError `team_unknown`,
 * RefusedError `watchlist_full`, `watchlists_too_many`, `role_too_low` or `not_of_team`.
 */
export async function createWatchlist(deps: Deps, caller: Caller, input: NewList): Promise<Watchlist> {
  const name = readListName(input.name);
  const owner = input.team === null ? ownOf(caller) : { team: getTeam(deps, input.team) };
  requireMayEdit(caller, owner);
  return changing(deps, caller, async (within) => {
    await lockOwner(within, owner);
    if (await isNameTaken(within, { owner, name })) throw nameTaken(name);
    return insertList(within, { ...input, name, owner, description: null, copyOf: null });
  });
}

/**
 * Makes the caller's own copy of a list, under the next free name; the copy that they have already counts, so that two presses
 * are one. Throws RefusedError `watchlists_too_many`.
 */
export async function followCopy(
  deps: Deps,
  caller: Caller,
  list: Watchlist,
): Promise<{ list: Watchlist; isNew: boolean }> {
  const owner = ownOf(caller);
  requireMayEdit(caller, owner);
  return changing(deps, caller, async (within) => {
    await lockOwner(within, owner);
    const of = { email: owner.email, of: list.id };
    const known = await findCopy({ prisma: within.tx }, deps.workspaceId, of);
    if (known) return { list: known, isNew: false };
    const name = await freeName(within, owner, list.name);
    const { description, metricIds, id: copyOf } = list;
    return { list: await insertList(within, { owner, name, description, metricIds, copyOf }), isNew: true };
  });
}

function ownOf(caller: Caller): { email: string } {
  if (caller.person === null) throw unknownList();
  return { email: caller.person.email };
}

function getTeam(deps: Deps, name: string): string {
  const team = listTeams(deps).find((known) => isSameTeam(known, name));
  if (team !== undefined) return team;
  throw new NotFoundError('team_unknown', `There is no team called ${name}.`, { details: { team: name } });
}

async function freeName(within: Changing, owner: ListOwner, wanted: string): Promise<string> {
  let name = wanted;
  for (let number = 2; await isNameTaken(within, { owner, name }); number += 1) {
    const end = ` ${number}`;
    name = wanted.slice(0, NAME_MAX - end.length) + end;
  }
  return name;
}

type Insert = {
  owner: ListOwner;
  name: string;
  description: string | null;
  metricIds: readonly string[];
  copyOf: string | null;
};

async function insertList(within: Changing, input: Insert): Promise<Watchlist> {
  const { tx, deps, caller, now } = within;
  const { owner, name, description, metricIds, copyOf } = input;
  const id = createListId();
  const email = 'email' in owner ? owner.email : null;
  const team = 'team' in owner ? owner.team : null;
  await requireRoom(within, { email, team });
  await tx.$executeRaw(sql`
    insert into heartbeat.watchlist
      (workspace_id, id, name, description, owner_email, team, live_key, copy_of, created_by, created_at, updated_at)
    values (${deps.workspaceId}, ${id}, ${name}, ${description}, ${email}, ${team}, ${toLiveKey(owner, name)},
            ${copyOf}, ${caller.actor}, ${now}, ${now})`);
  await insertItems(within, { id, present: [], metricIds });
  const after = { name, description, team, metrics: [...metricIds], copyOf };
  await recordChange(within, { id, verb: copyOf === null ? 'create' : 'follow', before: null, after });
  return getLocked(within, sql`w.id = ${id}`);
}

async function requireRoom(
  { tx, deps }: Changing,
  { email, team }: { email: string | null; team: string | null },
): Promise<void> {
  const rows = await tx.$queryRaw<{ count: number }[]>(sql`
    select count(*)::int as count from heartbeat.watchlist
    where workspace_id = ${deps.workspaceId} and deleted_at is null
      and owner_email is not distinct from ${email}::text and team is not distinct from ${team}::text`);
  if ((rows[0]?.count ?? 0) < LISTS_MAX) return;
  throw new RefusedError('watchlists_too_many', `That would be more than ${LISTS_MAX} watchlists.`, {
    details: { most: LISTS_MAX },
  });
}
