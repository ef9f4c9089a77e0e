import { sql, type Tx } from '../db/index.ts';

/**
 * Remembers that a chat has a new id (a group became a supergroup). What waits for it goes there, and its messages are forgotten:
 * they cannot be edited there.
 */
export async function moveLane(
  tx: Tx,
  workspaceId: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  await tx.$executeRaw(sql`
    insert into heartbeat.place (workspace_id, key, channel, is_group)
    values (${workspaceId}, ${to}, split_part(${to}, ':', 1), split_part(${to}, ':', 2) like '-%')
    on conflict do nothing`);
  await tx.$executeRaw(sql`
    update heartbeat.place set moved_to = ${to} where workspace_id = ${workspaceId} and key = ${from}`);
  await tx.$executeRaw(sql`
    update heartbeat.delivery set place = ${to}::text || substr(place, length(${from}) + 1), lane = ${to}
    where workspace_id = ${workspaceId} and lane = ${from} and status = 'pending'`);
  await tx.$executeRaw(sql`
    delete from heartbeat.alert_message
    where workspace_id = ${workspaceId} and (place = ${from} or place like ${`${from}:%`})`);
}
