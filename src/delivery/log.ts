import { sql, type Db } from '../db/index.ts';
import { NotFoundError } from '../errors.ts';

/** A word that is no id names no delivery, instead of a database error. */
export const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** One call on a platform, or one that was lost in a crash (`endedAt` null). */
export type DeliveryTry = {
  /** from 1, over all rounds: a retried dead letter goes on counting */
  number: number;
  startedAt: string;
  endedAt: string | null;
  outcome: string | null;
  statusCode: number | null;
  error: string | null;
  retryAfterMs: number | null;
};

/** One delivery with its attempts: what was sent, where, when, how often tried, why not. */
export type DeliveryRecord = {
  id: string;
  alertId: string | null;
  /** of an alert, or of a silent source's */
  alertNumber: number | null;
  metric: string | null;
  /** the source that gives nothing fresh; null for any other message */
  source: string | null;
  edge: string;
  channel: string;
  place: string;
  operation: string;
  status: string;
  attempts: number;
  reason: string | null;
  maybeSent: boolean;
  /** a limit of the platform kept it back: told by it (429), or kept by the shared pacing */
  delayed: boolean;
  createdAt: string;
  nextAttemptAt: string;
  /** not before, by quiet hours or a maintenance window */
  heldUntil: string | null;
  sentAt: string | null;
  messageId: string | null;
  tries: readonly DeliveryTry[];
};

/** Which deliveries; what is left out does not narrow. */
export type DeliveryFilter = {
  id?: string;
  metric?: string;
  /** those of any of these metrics */
  metrics?: readonly string[];
  alertId?: string;
  channel?: string;
  /** a place's key, such as `telegram:-100200` */
  place?: string;
  /** held, pending, sending, sent, superseded or dead */
  status?: string;
  /** only those created in [from, to) */
  from?: Date;
  to?: Date;
  /** ids come newest first; continue below this sequence */
  before?: bigint;
  limit: number;
};

type Row = { seq: bigint; record: DeliveryRecord };

/** Deliveries, newest first, with the cursor of the next page (null at the end). */
export async function listDeliveries(
  db: Pick<Db, 'prisma'>,
  workspaceId: string,
  filter: DeliveryFilter,
): Promise<{ items: DeliveryRecord[]; next: string | null }> {
  const rows = await db.prisma.$queryRaw<Row[]>(sql`
    select d.seq, jsonb_build_object(
      'id', d.id, 'alertId', d.alert_id, 'alertNumber', coalesce(a.number, sa.number), 'metric', a.metric_id, 'source', sa.source, 'edge', d.edge, 'channel', d.channel,
      'place', d.place, 'operation', d.operation, 'status', d.status, 'attempts', d.attempts, 'reason', d.reason,
      'maybeSent', d.maybe_sent, 'delayed', ${DELAYED}, 'createdAt', d.created_at, 'nextAttemptAt', d.next_attempt_at,
      'heldUntil', d.held_until, 'sentAt', d.sent_at, 'messageId', d.message_id, 'tries', coalesce(tried.list, '[]')) as record
    from heartbeat.delivery d
    left join heartbeat.alerts a on a.id = d.alert_id
    left join heartbeat.source_alert sa on sa.id = d.alert_id
    left join lateral (${TRIES}) tried on true
    where d.workspace_id = ${workspaceId} and ${narrowing(filter)}
    order by d.seq desc limit ${filter.limit + 1}::int`);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => row.record),
    next: rows.length > page.length && last ? String(last.seq) : null,
  };
}

/** One delivery with its attempts. Throws NotFoundError `delivery_unknown`. */
export async function getDelivery(
  db: Pick<Db, 'prisma'>,
  workspaceId: string,
  id: string,
): Promise<DeliveryRecord> {
  const { items } = UUID.test(id) ? await listDeliveries(db, workspaceId, { id, limit: 1 }) : { items: [] };
  const [found] = items;
  if (!found) throw unknownDelivery(id);
  return found;
}

/** Gives the id of the alert that a number names, of a metric or of a silent source; undefined when there is none. */
export async function findAlertId(
  db: Pick<Db, 'prisma'>,
  workspaceId: string,
  number: number,
): Promise<string | undefined> {
  const rows = await db.prisma.$queryRaw<{ id: string }[]>(sql`
    select id from heartbeat.alerts where workspace_id = ${workspaceId} and number = ${number}::int
    union all
    select id from heartbeat.source_alert where workspace_id = ${workspaceId} and number = ${number}::int`);
  return rows[0]?.id;
}

/** What is said of an id that no delivery of the workspace has. */
export function unknownDelivery(id: string): NotFoundError {
  return new NotFoundError('delivery_unknown', `There is no delivery ${id}. The delivery log lists them.`, {
    details: { delivery: id },
  });
}

const TRIES = sql`
  select bool_or(t.outcome = 'wait') as waited, min(t.started_at) as first_at,
    jsonb_agg(jsonb_build_object(
      'number', t.position, 'startedAt', t.started_at, 'endedAt', t.ended_at, 'outcome', t.outcome,
      'statusCode', t.status_code, 'error', t.error, 'retryAfterMs', t.retry_after_ms) order by t.position) as list
  from (
    select row_number() over (order by id) as position, t.*
    from heartbeat.delivery_attempt t where t.delivery_id = d.id) t`;

/** A wait that the pacing decides leaves no attempt: it is told by what else went to the same lane meanwhile. */
const DELAYED = sql`(
  coalesce(tried.waited, false)
  or (d.status = 'pending' and d.next_attempt_at <= now() and exists (
    select 1 from heartbeat.place p
    where p.workspace_id = d.workspace_id and p.key in (d.lane, d.channel || ':*')
      and (p.held_until > now() or (p.key = d.lane and p.recent[cardinality(p.recent)] > now() - interval '1 minute'))))
  or (tried.first_at > d.created_at + interval '2 seconds' and d.held_until is null and d.priority < 3 and exists (
    select 1 from heartbeat.delivery o
    where o.workspace_id = d.workspace_id and o.lane = d.lane and o.id <> d.id
      and o.created_at between d.created_at - interval '15 minutes' and tried.first_at
      and o.sent_at between d.created_at and tried.first_at)))`;

function narrowing(filter: DeliveryFilter) {
  const { id = null, metric = null, alertId = null, channel = null, place = null, status = null } = filter;
  const { from = null, to = null, before = null } = filter;
  return sql`(${id}::uuid is null or d.id = ${id}::uuid)
    and (${metric}::text is null or a.metric_id = ${metric} or ${metric} = any(sa.ever_metrics))
    and (${filter.metrics === undefined} or a.metric_id = any(${[...(filter.metrics ?? [])]}) or sa.ever_metrics && ${[...(filter.metrics ?? [])]})
    and (${alertId}::uuid is null or d.alert_id = ${alertId}::uuid)
    and (${channel}::text is null or d.channel = ${channel})
    and (${place}::text is null or d.place = ${place})
    and (${status}::text is null or d.status = ${status})
    and (${from}::timestamptz is null or d.created_at >= ${from}::timestamptz)
    and (${to}::timestamptz is null or d.created_at < ${to}::timestamptz)
    and (${before}::bigint is null or d.seq < ${before}::bigint)`;
}
