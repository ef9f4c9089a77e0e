import { sql, type Tx } from '../db/index.ts';
import { PRIORITY } from './types.ts';

/**
 * Remembers that a chat has a new id (a group became a supergroup). What waits for it goes there. Its messages cannot be edited
 * there, so they are forgotten, and what is open gets new ones, quietly: alerts, storms and silent sources that will hear how they end.
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
    with forgotten as (
      delete from heartbeat.alert_message
      where workspace_id = ${workspaceId} and (place = ${from} or place like ${`${from}:%`})
      returning alert_id, ${to}::text || substr(place, length(${from}) + 1) as place)
    insert into heartbeat.delivery (id, workspace_id, key, alert_id, edge, channel, place, lane, operation, silent, priority)
    select gen_random_uuid(), ${workspaceId}, concat_ws(':', f.alert_id, 'moved', f.place), f.alert_id, o.edge,
           split_part(${to}, ':', 1), f.place, ${to}, 'post', true, ${PRIORITY.rest}::int
    from forgotten f join lateral (
      select 'group_moved' as edge from heartbeat.alerts where id = f.alert_id and state <> 'resolved'
      union all select 'storm' from heartbeat.storm where id = f.alert_id and over_at is null
      union all select 'stale' from heartbeat.source_alert where id = f.alert_id and recovered_at is null) o on true
    on conflict do nothing`);
}
