import { sql, type Jobs, type Tx } from '../db/index.ts';
import { beginRound } from './begin-round.ts';
import { coalesceMsOf } from './coalesce.ts';
import { botLane, isGroupPlace, laneOf } from './lane.ts';
import { placeKey } from './place.ts';
import type { DeliveryDraft } from './types.ts';

/** Queue whose jobs ring for deliveries that other processes committed. */
export const DELIVER_QUEUE = 'deliver';
/** Reason of a coalescing edit that is being sent while what it shows changes again: it is due once more. */
export const MOVED_ON = 'what it shows changed while it was sent';

/**
 * Stores deliveries and their wake-up job inside the caller's transaction. A key that exists already is left alone, except a
 * coalescing edit: its one row becomes pending again, some time after the message was last touched. A chat that moved gets them
 * at its new id. A post or reply takes the place of one that is kept back there.
 */
export async function enqueueDeliveries(
  tx: Tx,
  jobs: Pick<Jobs, 'send'>,
  input: { workspaceId: string; drafts: readonly DeliveryDraft[]; now: Date },
): Promise<void> {
  const { workspaceId, drafts, now } = input;
  if (drafts.length === 0) return;
  const once = [...new Map(drafts.map((draft) => [draft.key, draft])).values()];
  const rows = once.map((draft, n) => toRow(draft, n, now));
  const json = JSON.stringify(rows);
  await tx.$executeRaw(sql`
    insert into heartbeat.place (workspace_id, key, channel, is_group)
    select distinct ${workspaceId}, l.key, r.channel, l.is_group
    from jsonb_to_recordset(${json}::jsonb) as r(channel text, lane text, bot text, is_group boolean)
    cross join lateral (values (r.lane, r.is_group), (r.bot, false)) as l(key, is_group)
    order by 2
    on conflict do nothing`);
  await tx.$executeRaw(sql`
    update heartbeat.delivery d set status = 'superseded', reason = 'a newer message tells it'
    from jsonb_to_recordset(${json}::jsonb) as r(key text, alert_id uuid, place text, operation text)
    where d.workspace_id = ${workspaceId} and d.status = 'held' and d.operation in ('post', 'reply') and r.operation = d.operation
      and d.alert_id = r.alert_id and d.place = r.place and d.key <> r.key`);
  const again = rows.filter((row) => row.coalesce_ms !== null).map(({ key }) => key);
  await beginRound(tx, workspaceId, again);
  await tx.$executeRaw(sql`
    insert into heartbeat.delivery as d
      (id, workspace_id, key, alert_id, edge, channel, place, lane, operation, silent, priority, status, held_until, reason,
       next_attempt_at, payload)
    select gen_random_uuid(), ${workspaceId}, r.key, r.alert_id, r.edge, r.channel,
           case when gone.key is not null then coalesce(moved.moved_to, r.lane)
                else coalesce(moved.moved_to || substr(r.place, length(r.lane) + 1), r.place) end,
           coalesce(moved.moved_to, r.lane), r.operation, r.silent, r.priority,
           case when r.held_until is null then 'pending' else 'held' end, r.held_until, r.hold_reason,
           case when r.coalesce_ms is null then now()
                else greatest(now(), coalesce(shown.edited_at, now()) + r.coalesce_ms * interval '1 millisecond') end,
           r.payload
    from jsonb_to_recordset(${json}::jsonb) as r(
      n int, key text, alert_id uuid, edge text, channel text, place text, lane text, operation text, silent boolean, priority int,
      coalesce_ms bigint, held_until timestamptz, hold_reason text, payload jsonb)
    left join heartbeat.place moved on moved.workspace_id = ${workspaceId} and moved.key = r.lane and moved.moved_to is not null
    left join heartbeat.place gone on gone.workspace_id = ${workspaceId} and gone.key = r.place and gone.topic_gone
    left join heartbeat.alert_message shown on shown.alert_id = r.alert_id and shown.place = r.place
    order by r.n
    on conflict (workspace_id, key) do update
      set status = case when d.status = 'sending' then d.status else 'pending' end,
          attempts = case when d.status = 'sending' then d.attempts else 0 end,
          maybe_sent = d.status = 'sending' and d.maybe_sent,
          reason = case when d.status = 'sending' then ${MOVED_ON} end, payload = excluded.payload, next_attempt_at = excluded.next_attempt_at
      where excluded.edge in ('value_changed', 'storm_changed') and d.status in ('sending', 'sent', 'superseded', 'dead')`);
  await jobs.send(tx, DELIVER_QUEUE, [{ data: { workspaceId } }]);
}

function toRow(draft: DeliveryDraft, n: number, now: Date) {
  const { place, hold } = draft;
  return {
    n,
    key: draft.key,
    alert_id: draft.alertId,
    edge: draft.edge,
    channel: place.channel,
    place: placeKey(place),
    lane: laneOf(place),
    is_group: isGroupPlace(place),
    bot: botLane(place.channel),
    operation: draft.operation,
    silent: draft.silent,
    priority: draft.priority,
    coalesce_ms: coalesceMsOf(draft.edge),
    held_until: hold && hold.until > now ? hold.until.toISOString() : null,
    hold_reason: hold?.reason ?? null,
    payload: draft.payload,
  };
}
