import { inTransaction, sql, type Db, type Jobs, type Tx } from '../db/index.ts';
import { writeBots, type PacedChannel } from './bot-pace.ts';
import { coalesceMsOf } from './coalesce.ts';
import { enqueueDeliveries, MOVED_ON } from './enqueue.ts';
import { botLane, laneOf } from './lane.ts';
import { moveLane } from './move-lane.ts';
import { parsePlaceKey, placeKey } from './place.ts';
import type { Decision } from './decide.ts';
import type { ClaimedDelivery, DeliveryDraft, SendOutcome } from './types.ts';

/** One finished attempt: what the channel said, what was decided, and what must follow from it. */
export type Settled = {
  delivery: ClaimedDelivery;
  decision: Decision;
  outcome: SendOutcome['kind'] | 'skipped';
  statusCode: number | null;
  contentHash: string | null;
  pictureHash: string | null;
  /** of the thread that the message belongs to */
  subject: string | null;
  /** deliveries that this result makes necessary: a picture to add, an inbox to tell */
  followUps: readonly DeliveryDraft[];
};

type SettledRow = ReturnType<typeof toRow>;

/**
 * Writes the results of attempts in one transaction. A result whose lease went to another process only keeps its attempt row: the
 * other one tries again, and what it shows is what counts.
 */
export async function settle(
  db: Db,
  jobs: Pick<Jobs, 'send'>,
  input: {
    workspaceId: string;
    worker: string;
    results: readonly Settled[];
    channels: readonly PacedChannel[];
    now: Date;
  },
): Promise<void> {
  const { workspaceId, worker, results, channels, now } = input;
  const rows = results.map((result) => toRow(result));
  await inTransaction(db, async (tx) => {
    await writeAttempts(tx, rows);
    const held = await writeDeliveries(tx, worker, rows);
    const own = rows.filter((row) => held.has(row.id));
    await writePlaces(tx, { workspaceId, worker, rows: own });
    await writeMessages(tx, workspaceId, own);
    const drafts = results.flatMap(({ delivery, followUps }) =>
      held.has(delivery.id) ? [...followUps] : [],
    );
    await enqueueDeliveries(tx, jobs, { workspaceId, drafts, now });
    await writeBots(tx, { workspaceId, channels, attempts: own });
  });
}

function toRow({ delivery, decision, outcome, statusCode, contentHash, pictureHash, subject }: Settled) {
  const again =
    decision.kind === 'again' ||
    decision.kind === 'hold' ||
    decision.kind === 'redirect' ||
    decision.kind === 'drop_topic';
  const afterMs = decision.kind === 'again' || decision.kind === 'hold' ? decision.afterMs : 0;
  const target = retarget(delivery, decision);
  return {
    id: delivery.id,
    alert_id: delivery.alertId,
    place: placeKey(delivery.place),
    lane: delivery.lane,
    new_place: placeKey(target),
    new_lane: laneOf(target),
    number: delivery.attempts,
    operation: delivery.operation,
    outcome,
    status_code: statusCode,
    status: again ? 'pending' : decision.kind,
    reason: 'reason' in decision ? decision.reason : null,
    after_ms: afterMs,
    coalesce_ms: coalesceMsOf(delivery.edge),
    retry_after_ms: decision.kind === 'hold' ? decision.afterMs : null,
    maybe_sent: decision.kind === 'again' && decision.maybeSent,
    message_id: decision.kind === 'sent' ? decision.messageId : null,
    has_picture: decision.kind === 'sent' && decision.hasPicture,
    content_hash: contentHash,
    picture_hash: pictureHash,
    subject,
    place_gone: decision.kind === 'dead' && decision.placeGone,
    topic_gone: decision.kind === 'drop_topic',
    forget_message: decision.kind === 'superseded' && decision.forgetMessage,
  };
}

function retarget(delivery: ClaimedDelivery, decision: Decision): ClaimedDelivery['place'] {
  if (decision.kind === 'redirect') return decision.to;
  if (decision.kind === 'drop_topic' && delivery.place.channel === 'telegram')
    return { ...delivery.place, topic: null };
  return delivery.place;
}

async function writeAttempts(tx: Tx, rows: readonly SettledRow[]): Promise<void> {
  await tx.$executeRaw(sql`
    update heartbeat.delivery_attempt a
    set ended_at = clock_timestamp(), outcome = r.outcome, status_code = r.status_code, error = r.reason, retry_after_ms = r.retry_after_ms
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      id uuid, number int, outcome text, status_code int, reason text, retry_after_ms bigint)
    where a.delivery_id = r.id and a.number = r.number`);
}

/** Gives the ids of those that this process still held. */
async function writeDeliveries(
  tx: Tx,
  worker: string,
  rows: readonly SettledRow[],
): Promise<ReadonlySet<string>> {
  const isDueAgain = sql`(d.reason = ${MOVED_ON} and r.status in ('sent', 'superseded'))`;
  const held = await tx.$queryRaw<{ id: string }[]>(sql`
    update heartbeat.delivery d
    set status = case when ${isDueAgain} then 'pending' else r.status end, reason = r.reason, lease_by = null, lease_until = null,
        maybe_sent = d.maybe_sent or r.maybe_sent, message_id = coalesce(r.message_id, d.message_id),
        place = r.new_place, lane = r.new_lane,
        next_attempt_at = now() + case when ${isDueAgain} then coalesce(r.coalesce_ms, 60000) * interval '1 millisecond' else r.after_ms * interval '1 millisecond' end,
        sent_at = case when r.status = 'sent' then now() else d.sent_at end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      id uuid, number int, status text, reason text, maybe_sent boolean, message_id text, after_ms bigint, coalesce_ms bigint, new_place text, new_lane text)
    where d.id = r.id and d.lease_by = ${worker} and d.attempts = r.number and d.status = 'sending'
    returning d.id`);
  return new Set(held.map(({ id }) => id));
}

type OwnRows = { workspaceId: string; worker: string; rows: readonly SettledRow[] };

/** Frees the lanes. A call counts for pacing from its end, since making the message may have taken long; none made counts not. */
async function writePlaces(tx: Tx, { workspaceId, worker, rows }: OwnRows): Promise<void> {
  if (rows.length === 0) return;
  const moved = rows.filter((row) => row.new_lane !== row.lane);
  await tx.$executeRaw(sql`
    update heartbeat.place p
    set busy_by = null, busy_until = null,
        recent = array_remove(p.recent, a.started_at)
                 || case when r.outcome = 'skipped' then array[]::timestamptz[] else array[now()] end,
        held_until = case when r.retry_after_ms is null then p.held_until
                          else greatest(p.held_until, now() + r.retry_after_ms * interval '1 millisecond') end,
        gone_at = case when r.place_gone then now() when r.status = 'sent' then null else p.gone_at end,
        gone_reason = case when r.place_gone then r.reason when r.status = 'sent' then null else p.gone_reason end,
        moved_to = case when r.new_lane <> r.lane then r.new_lane else p.moved_to end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      id uuid, number int, outcome text, lane text, new_lane text, status text, reason text, retry_after_ms bigint, place_gone boolean)
    join heartbeat.delivery_attempt a on a.delivery_id = r.id and a.number = r.number
    where p.workspace_id = ${workspaceId} and p.key = r.lane and (p.busy_by = ${worker} or p.busy_by is null)`);
  await holdBot(tx, workspaceId, rows);
  const topics = rows.filter((row) => row.topic_gone).map((row) => ({ key: row.place, lane: row.lane }));
  if (moved.length === 0 && topics.length === 0) return;
  const fresh = [
    ...moved.map((row) => ({ key: row.new_lane, topic_gone: false })),
    ...topics.map((t) => ({ key: t.key, topic_gone: true })),
  ];
  await tx.$executeRaw(sql`
    insert into heartbeat.place (workspace_id, key, channel, is_group, topic_gone)
    select distinct ${workspaceId}, r.key, split_part(r.key, ':', 1), split_part(r.key, ':', 2) like '-%', r.topic_gone
    from jsonb_to_recordset(${JSON.stringify(fresh)}::jsonb) as r(key text, topic_gone boolean)
    on conflict (workspace_id, key) do update set topic_gone = excluded.topic_gone`);
  for (const row of moved) await moveLane(tx, workspaceId, { from: row.lane, to: row.new_lane });
}

/** A refused token is refused in every chat: none is tried before one of them would be again. */
async function holdBot(tx: Tx, workspaceId: string, rows: readonly SettledRow[]): Promise<void> {
  const refused = rows.find((row) => row.outcome === 'unauthorized');
  if (!refused) return;
  const bot = botLane(parsePlaceKey(refused.place).channel);
  await tx.$executeRaw(sql`
    update heartbeat.place set held_until = now() + ${refused.after_ms}::int * interval '1 millisecond'
    where workspace_id = ${workspaceId} and key = ${bot}`);
}

async function writeMessages(tx: Tx, workspaceId: string, rows: readonly SettledRow[]): Promise<void> {
  const forgotten = rows.filter((row) => row.forget_message && row.alert_id);
  if (forgotten.length > 0) {
    await tx.$executeRaw(sql`
      delete from heartbeat.alert_message m
      using jsonb_to_recordset(${JSON.stringify(forgotten)}::jsonb) as r(alert_id uuid, place text)
      where m.alert_id = r.alert_id and m.place = r.place`);
  }
  const shown = rows.filter(
    (row) => row.alert_id && row.message_id && (row.operation === 'post' || row.operation === 'edit'),
  );
  if (shown.length === 0) return;
  await tx.$executeRaw(sql`
    insert into heartbeat.alert_message as m
      (workspace_id, alert_id, place, message_id, has_picture, content_hash, picture_hash, subject, edited_at)
    select ${workspaceId}, r.alert_id, r.new_place, r.message_id, r.has_picture, r.content_hash, r.picture_hash, r.subject, now()
    from jsonb_to_recordset(${JSON.stringify(shown)}::jsonb) as r(
      alert_id uuid, new_place text, message_id text, has_picture boolean, content_hash text, picture_hash text, subject text)
    on conflict (alert_id, place) do update
      set message_id = excluded.message_id, has_picture = excluded.has_picture, content_hash = excluded.content_hash,
          picture_hash = coalesce(excluded.picture_hash, m.picture_hash),
          subject = coalesce(m.subject, excluded.subject), edited_at = excluded.edited_at`);
}
