import { isShareToken } from '../answers/index.ts';
import { sql, type Db, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { isSameTeam } from './rules.ts';
import type { Viewer, Watchlist } from './types.ts';

type Queryable = Pick<Db, 'prisma'> | { prisma: Tx };

type Row = {
  id: string;
  name: string;
  description: string | null;
  owner_email: string | null;
  team: string | null;
  token: string | null;
  copy_of: string | null;
  created_at: Date;
  updated_at: Date;
  metric_ids: string[];
};

type ReadDeps = Pick<Deps, 'db' | 'workspaceId'>;

/**
 * Reads lists by a condition on `w`; `lock`: nobody else changes them until the transaction ends. The lock is a statement of its
 * own: one that waits for a lock still sees the other tables as they were when it began.
 */
export async function queryLists(
  db: Queryable,
  workspaceId: string,
  { where, lock = false }: { where: ReturnType<typeof sql>; lock?: boolean },
): Promise<Watchlist[]> {
  if (lock) {
    await db.prisma.$queryRaw(sql`
      select w.id from heartbeat.watchlist w
      where w.workspace_id = ${workspaceId} and ${where} order by w.id for update`);
  }
  const rows = await db.prisma.$queryRaw<Row[]>(sql`
    select w.id, w.name, w.description, w.owner_email, w.team, w.token, w.copy_of, w.created_at, w.updated_at,
      array(select i.metric_id from heartbeat.watchlist_item i
            where i.workspace_id = w.workspace_id and i.watchlist_id = w.id
            order by i.position, i.metric_id) as metric_ids
    from heartbeat.watchlist w
    where w.workspace_id = ${workspaceId} and ${where}
    order by w.name, w.id`);
  return rows.map(toList);
}

function toList(row: Row): Watchlist {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    ownerEmail: row.owner_email,
    team: row.team,
    token: row.token,
    copyOf: row.copy_of,
    metricIds: row.metric_ids,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Lists that a viewer may see: their own and every team's. */
export function listWatchlists(
  { db, workspaceId }: ReadDeps,
  { email }: Pick<Viewer, 'email'>,
): Promise<Watchlist[]> {
  return queryLists(db, workspaceId, {
    where: sql`w.deleted_at is null and (w.team is not null or w.owner_email = ${email}::text)`,
  });
}

/** One list that a viewer may see, by its id; undefined when there is none. */
export async function findWatchlist(
  { db, workspaceId }: ReadDeps,
  { email }: Pick<Viewer, 'email'>,
  id: string,
): Promise<Watchlist | undefined> {
  const where = sql`w.id = ${id} and w.deleted_at is null and (w.team is not null or w.owner_email = ${email}::text)`;
  return (await queryLists(db, workspaceId, { where }))[0];
}

/** The list that a link shares; undefined when it is shared no more, deleted, or its owner has left. */
export async function findShared(
  { db, workspaceId, registry }: ReadDeps & Pick<Deps, 'registry'>,
  token: string,
): Promise<Watchlist | undefined> {
  if (!isShareToken(token)) return undefined;
  const where = sql`w.token = ${token} and w.deleted_at is null`;
  const [list] = await queryLists(db, workspaceId, { where });
  if (!list || list.ownerEmail === null) return list;
  const isHere = registry.current().people.some(({ email }) => email === list.ownerEmail);
  return isHere ? list : undefined;
}

/** The live list that a person copied from another; undefined when there is none. */
export async function findCopy(
  db: Queryable,
  workspaceId: string,
  { email, of }: { email: string; of: string },
): Promise<Watchlist | undefined> {
  const where = sql`w.deleted_at is null and w.owner_email = ${email} and w.copy_of = ${of}`;
  return (await queryLists(db, workspaceId, { where }))[0];
}

/** Every team that people, metrics or rooms name, each once, by name. */
export function listTeams({ registry }: Pick<Deps, 'registry'>): string[] {
  const { people, metrics, workspace } = registry.current();
  const named = [...people, ...metrics.values(), ...workspace.rooms].flatMap(({ teams }) => teams);
  const found: string[] = [];
  for (const team of named) if (!found.some((known) => isSameTeam(known, team))) found.push(team);
  return found.toSorted((a, b) => a.localeCompare(b));
}
