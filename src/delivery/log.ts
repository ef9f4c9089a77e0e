import { sql, type Db } from '../db/index.ts';

/** One delivery with its attempts: what was sent, where, when, how often tried, why not. */
export type DeliveryRecord = {
  id: string;
  alertId: string | null;
  alertNumber: number | null;
  metric: string | null;
  edge: string;
  channel: string;
  place: string;
  operation: string;
  status: string;
  attempts: number;
  reason: string | null;
  maybeSent: boolean;
  createdAt: string;
  nextAttemptAt: string;
  sentAt: string | null;
  messageId: string | null;
  tries: readonly {
    number: number;
    startedAt: string;
    endedAt: string | null;
    outcome: string | null;
    error: string | null;
  }[];
};

export type DeliveryFilter = {
  metric?: string;
  alertId?: string;
  channel?: string;
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
  db: Db,
  workspaceId: string,
  filter: DeliveryFilter,
): Promise<{ items: DeliveryRecord[]; next: string | null }> {
  const rows = await db.prisma.$queryRaw<Row[]>(sql`
    select d.seq, jsonb_build_object(
      'id', d.id, 'alertId', d.alert_id, 'alertNumber', a.number, 'metric', a.metric_id, 'edge', d.edge, 'channel', d.channel,
      'place', d.place, 'operation', d.operation, 'status', d.status, 'attempts', d.attempts, 'reason', d.reason,
      'maybeSent', d.maybe_sent, 'createdAt', d.created_at, 'nextAttemptAt', d.next_attempt_at, 'sentAt', d.sent_at,
      'messageId', d.message_id,
      'tries', coalesce((
        select jsonb_agg(jsonb_build_object('number', t.number, 'startedAt', t.started_at, 'endedAt', t.ended_at,
                                            'outcome', t.outcome, 'error', t.error) order by t.id)
        from heartbeat.delivery_attempt t where t.delivery_id = d.id), '[]')) as record
    from heartbeat.delivery d left join heartbeat.alerts a on a.id = d.alert_id
    where d.workspace_id = ${workspaceId}
      and (${filter.metric ?? null}::text is null or a.metric_id = ${filter.metric ?? null})
      and (${filter.alertId ?? null}::uuid is null or d.alert_id = ${filter.alertId ?? null}::uuid)
      and (${filter.channel ?? null}::text is null or d.channel = ${filter.channel ?? null})
      and (${filter.status ?? null}::text is null or d.status = ${filter.status ?? null})
      and (${filter.from ?? null}::timestamptz is null or d.created_at >= ${filter.from ?? null}::timestamptz)
      and (${filter.to ?? null}::timestamptz is null or d.created_at < ${filter.to ?? null}::timestamptz)
      and (${filter.before ?? null}::bigint is null or d.seq < ${filter.before ?? null}::bigint)
    order by d.seq desc limit ${filter.limit + 1}::int`);
  const page = rows.slice(0, filter.limit);
  const last = page.at(-1);
  return {
    items: page.map((row) => row.record),
    next: rows.length > page.length && last ? String(last.seq) : null,
  };
}
