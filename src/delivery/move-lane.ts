import { sql, type Tx } from '../db/index.ts';
import { repostOpen } from './repost-open.ts';

/**
 * Remembers that a chat has a new id (a group became a supergroup). What waits for it goes there. Its messages cannot be edited
 * there, so what is open gets new ones.
 */
export async function moveLane(
  tx: Tx,
  workspaceId: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const movedPlace = sql`${to}::text || substr(place, length(${from}) + 1)`;
  await tx.$executeRaw(sql`
    insert into heartbeat.place (workspace_id, key, channel, is_group)
    values (${workspaceId}, ${to}, split_part(${to}, ':', 1), split_part(${to}, ':', 2) like '-%')
    on conflict do nothing`);
  await tx.$executeRaw(sql`
    update heartbeat.place set moved_to = ${to} where workspace_id = ${workspaceId} and key = ${from}`);
  await tx.$executeRaw(sql`
    update heartbeat.delivery set place = ${movedPlace}, lane = ${to}
    where workspace_id = ${workspaceId} and lane = ${from} and status = 'pending'`);
  await repostOpen(tx, workspaceId, {
    edge: 'group_moved',
    which: sql`(place = ${from} or place like ${`${from}:%`})`,
    place: movedPlace,
    lane: sql`${to}::text`,
  });
}
