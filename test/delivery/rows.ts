import { randomUUID } from 'node:crypto';
import { sql, type Db } from '../../src/db/index.ts';

export type DeliveryRow = {
  workspaceId: string;
  edge: string;
  place: string;
  lane: string;
  operation: string;
  status: string;
  attempts: number;
  reason: string | null;
  maybeSent: boolean;
  createdAt: string | null;
  sentAt: string | null;
  heldUntil: string | null;
  dueInMs: number;
  alertId: string | null;
};

/** Stores a delivery as it is, without what would have caused it; gives its id. */
export async function insertDelivery(
  db: Pick<Db, 'prisma'>,
  over: Partial<DeliveryRow> = {},
): Promise<string> {
  const id = randomUUID();
  const place = over.place ?? 'telegram:1';
  const row: DeliveryRow = {
    workspaceId: 'shop',
    edge: 'entered_red',
    place,
    lane: place.split(':').slice(0, 2).join(':'),
    operation: 'post',
    status: 'pending',
    attempts: 0,
    reason: null,
    maybeSent: false,
    createdAt: null,
    sentAt: null,
    heldUntil: null,
    dueInMs: 0,
    alertId: null,
    ...over,
  };
  await db.prisma.$executeRaw(sql`
    insert into heartbeat.delivery (id, workspace_id, key, alert_id, edge, channel, place, lane, operation, priority, status, attempts,
      reason, maybe_sent, created_at, sent_at, held_until, next_attempt_at)
    values (${id}::uuid, ${row.workspaceId}, ${id}, ${row.alertId}::uuid, ${row.edge}, split_part(${place}, ':', 1), ${place},
      ${row.lane}, ${row.operation}, 1, ${row.status}, ${row.attempts}::int, ${row.reason}, ${row.maybeSent},
      coalesce(${row.createdAt}::timestamptz, now()), ${row.sentAt}::timestamptz, ${row.heldUntil}::timestamptz,
      now() + ${row.dueInMs}::int * interval '1 millisecond')`);
  return id;
}

export type TryRow = {
  number: number;
  outcome: string | null;
  error: string | null;
  statusCode: number | null;
  retryAfterMs: number | null;
  startedAt: string | null;
};

/** Stores an attempt of a delivery. */
export async function insertTry(
  db: Pick<Db, 'prisma'>,
  deliveryId: string,
  over: Partial<TryRow>,
): Promise<void> {
  const row: TryRow = {
    number: 1,
    outcome: null,
    error: null,
    statusCode: null,
    retryAfterMs: null,
    startedAt: null,
    ...over,
  };
  await db.prisma.$executeRaw(sql`
    insert into heartbeat.delivery_attempt
      (workspace_id, delivery_id, number, worker, started_at, ended_at, outcome, error, status_code, retry_after_ms)
    select workspace_id, id, ${row.number}::int, 'w', coalesce(${row.startedAt}::timestamptz, now()),
           case when ${row.outcome}::text is null then null else coalesce(${row.startedAt}::timestamptz, now()) end,
           ${row.outcome}, ${row.error}, ${row.statusCode}::int, ${row.retryAfterMs}::int
    from heartbeat.delivery where id = ${deliveryId}::uuid`);
}
