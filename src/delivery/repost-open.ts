import { sql, type Tx } from '../db/index.ts';
import { PRIORITY, type ChannelName } from './types.ts';

type Sql = ReturnType<typeof sql>;

/** Why, as the log names it; `which` of the rows of alert_message; the place and lane of each from then on. */
type Forgetting = { edge: 'group_moved' | 'reposted'; which: Sql; place: Sql; lane: Sql };

/**
 * Forgets messages that cannot be edited any more. What is open of them gets new ones, quietly: alerts, storms and silent sources
 * that will hear how they end.
 */
export async function repostOpen(
  tx: Tx,
  workspaceId: string,
  { edge, which, place, lane }: Forgetting,
): Promise<void> {
  await tx.$executeRaw(sql`
    with forgotten as (
      delete from heartbeat.alert_message where workspace_id = ${workspaceId} and ${which}
      returning alert_id, ${place} as place, ${lane} as lane)
    insert into heartbeat.delivery (id, workspace_id, key, alert_id, edge, channel, place, lane, operation, silent, priority)
    select gen_random_uuid(), ${workspaceId}, concat_ws(':', f.alert_id, 'again', f.place, gen_random_uuid()), f.alert_id, o.edge,
           split_part(f.place, ':', 1), f.place, f.lane, 'post', true, ${PRIORITY.rest}::int
    from forgotten f join lateral (
      select ${edge}::text as edge from heartbeat.alerts where id = f.alert_id and state <> 'resolved'
      union all select 'storm' from heartbeat.storm where id = f.alert_id and over_at is null
      union all select 'stale' from heartbeat.source_alert where id = f.alert_id and recovered_at is null) o on true`);
}

/** Reposts what is open on channels that have lost every message, such as those of a playground that was started again. */
export async function repostChannels(
  tx: Tx,
  workspaceId: string,
  channels: readonly ChannelName[],
): Promise<void> {
  await repostOpen(tx, workspaceId, {
    edge: 'reposted',
    which: sql`split_part(place, ':', 1) = any(${[...channels]})`,
    place: sql`place`,
    lane: sql`split_part(place, ':', 1) || ':' || split_part(place, ':', 2)`,
  });
}
