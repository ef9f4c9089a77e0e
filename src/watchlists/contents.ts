import { sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { RefusedError } from '../errors.ts';
import type { Caller } from '../people/index.ts';
import { changeList, recordChange, type Changing } from './change.ts';
import { ITEMS_MAX } from './rules.ts';
import type { Watchlist } from './types.ts';

/** A list as it is after a change, and the metrics that the change was about; those it had before, or had not, are left out. */
export type ContentsChanged = { list: Watchlist; metricIds: readonly string[] };

/**
 * Adds metrics at the end of a list; all or none. Throws NotFoundError `watchlist_unknown`, RefusedError `watchlist_full`,
 * `role_too_low` or `not_of_team`.
 */
export async function addToWatchlist(
  deps: Deps,
  caller: Caller,
  { id, metricIds }: { id: string; metricIds: readonly string[] },
): Promise<ContentsChanged> {
  let added: readonly string[] = [];
  const list = await changeList(deps, caller, {
    id,
    change: async (before, within) => {
      const present = await forgetRetired(before, within);
      added = await insertItems(within, { id, present, metricIds });
      if (added.length > 0)
        await recordChange(within, { id, verb: 'add', before: null, after: { metrics: [...added] } });
    },
  });
  return { list, metricIds: added };
}

/** Takes metrics off a list. Throws NotFoundError `watchlist_unknown`, RefusedError `role_too_low` or `not_of_team`. */
export async function removeFromWatchlist(
  deps: Deps,
  caller: Caller,
  { id, metricIds }: { id: string; metricIds: readonly string[] },
): Promise<ContentsChanged> {
  let removed: readonly string[] = [];
  const list = await changeList(deps, caller, {
    id,
    change: async (before, within) => {
      removed = before.metricIds.filter((known) => metricIds.includes(known));
      if (removed.length === 0) return;
      await deleteItems(within, { id, metricIds: removed });
      await recordChange(within, { id, verb: 'remove', before: { metrics: [...removed] }, after: null });
    },
  });
  return { list, metricIds: removed };
}

/** Retired metrics are not shown: they must not take the room of others. Gives those that stay. */
async function forgetRetired({ id, metricIds }: Watchlist, within: Changing): Promise<readonly string[]> {
  const { metrics } = within.deps.registry.current();
  const retired = metricIds.filter((known) => !metrics.has(known));
  if (retired.length > 0) await deleteItems(within, { id, metricIds: retired });
  return metricIds.filter((known) => metrics.has(known));
}

async function deleteItems(
  { tx, deps }: Changing,
  { id, metricIds }: { id: string; metricIds: readonly string[] },
): Promise<void> {
  await tx.$executeRaw(sql`
    delete from heartbeat.watchlist_item
    where workspace_id = ${deps.workspaceId} and watchlist_id = ${id} and metric_id = any(${[...metricIds]})`);
}

/** Appends metrics to a list that is locked, and gives those that are new to it. Throws RefusedError `watchlist_full`. */
export async function insertItems(
  { tx, deps, caller, now }: Changing,
  { id, present, metricIds }: { id: string; present: readonly string[]; metricIds: readonly string[] },
): Promise<string[]> {
  const added = [...new Set(metricIds)].filter((metricId) => !present.includes(metricId));
  if (present.length + added.length > ITEMS_MAX) throw full(present.length, added.length);
  if (added.length === 0) return added;
  await tx.$executeRaw(sql`
    insert into heartbeat.watchlist_item (workspace_id, watchlist_id, metric_id, position, added_by, added_at)
    select ${deps.workspaceId}, ${id}, new.metric_id, last.position + new.number, ${caller.actor}, ${now}
    from unnest(${added}::text[]) with ordinality as new(metric_id, number),
      (select coalesce(max(position), 0) as position from heartbeat.watchlist_item
       where workspace_id = ${deps.workspaceId} and watchlist_id = ${id}) as last`);
  return added;
}

function full(has: number, adds: number): RefusedError {
  return new RefusedError(
    'watchlist_full',
    `A watchlist holds at most ${ITEMS_MAX} metrics; this one has ${has}, and ${adds} more do not fit.`,
    { details: { most: ITEMS_MAX, has, adds } },
  );
}
