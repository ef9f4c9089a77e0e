import { sql, type Db } from '../db/index.ts';

/** What waits in the outbox; ages in milliseconds, by the database's clock, 0 when nothing waits. */
export type QueueState = {
  /** due and not sent yet */
  waiting: number;
  oldestMs: number;
  /** age of the oldest that nothing but trouble keeps: its chat was not told to wait, and sent nothing lately */
  stuckMs: number;
  /** kept back by quiet hours or a maintenance window */
  held: number;
  /** given up, of those decided since `since` */
  dead: number;
};

type Row = { waiting: number; oldest_ms: number; stuck_ms: number; held: number; dead: number };

/** Reads how the queue of a workspace is; `since` is where counting of dead letters begins. */
export async function readQueue(
  db: Pick<Db, 'prisma'>,
  { workspaceId, since }: { workspaceId: string; since: Date },
): Promise<QueueState> {
  const rows = await db.prisma.$queryRaw<Row[]>(sql`
    with due as materialized (${dueSince(workspaceId)})
    select count(*)::int as waiting, ${ageMs(sql`true`)} as oldest_ms, ${ageMs(sql`not due.moves`)} as stuck_ms,
      (select count(*)::int from heartbeat.delivery where workspace_id = ${workspaceId} and status = 'held') as held,
      (select count(*)::int from heartbeat.delivery
       where workspace_id = ${workspaceId} and status = 'dead' and created_at >= ${since}) as dead
    from due`);
  const [row] = rows;
  return {
    waiting: row?.waiting ?? 0,
    oldestMs: row?.oldest_ms ?? 0,
    stuckMs: row?.stuck_ms ?? 0,
    held: row?.held ?? 0,
    dead: row?.dead ?? 0,
  };
}

function ageMs(of: ReturnType<typeof sql>) {
  return sql`coalesce(extract(epoch from now() - min(due.since) filter (where ${of})) * 1000, 0)::float8`;
}

/**
 * Since when each delivery could have been sent: since it fell due, or since the first attempt of this round, however often it
 * was put off since. `moves`: its chat waits as a limit told it to, or sends at its pace.
 */
function dueSince(workspaceId: string) {
  return sql`
    select
      least(now(), case when d.attempts = 0 then d.next_attempt_at else coalesce(
        (select max(t.started_at) from heartbeat.delivery_attempt t where t.delivery_id = d.id and t.number = 1),
        d.next_attempt_at) end) as since,
      exists (
        select 1 from heartbeat.place p
        where p.workspace_id = d.workspace_id and p.key in (d.lane, d.channel || ':*') and p.held_until > now())
      or exists (
        select 1 from heartbeat.delivery s
        where s.workspace_id = d.workspace_id and s.lane = d.lane and s.status = 'sent'
          and s.sent_at > now() - interval '2 minutes') as moves
    from heartbeat.delivery d
    where d.workspace_id = ${workspaceId} and d.status in ('pending', 'sending')
      and (d.status = 'sending' or d.attempts > 0 or d.next_attempt_at <= now())`;
}

/** A place that messages do not reach now: gone for good, or told to wait. */
export type PlaceTrouble = { key: string } & (
  | { kind: 'gone'; reason: string; since: Date }
  | { kind: 'waits'; until: Date }
);

const TROUBLES_MAX = 10;

/** Lists the places that cannot be reached, newest trouble first, at most ten. */
export async function listPlaceTroubles(
  db: Pick<Db, 'prisma'>,
  workspaceId: string,
): Promise<PlaceTrouble[]> {
  const rows = await db.prisma.$queryRaw<
    { key: string; gone_at: Date | null; gone_reason: string | null; held_until: Date | null }[]
  >(sql`
    select key, gone_at, gone_reason, held_until from heartbeat.place
    where workspace_id = ${workspaceId} and moved_to is null and (gone_at is not null or held_until > now())
    order by coalesce(gone_at, held_until) desc, key limit ${TROUBLES_MAX}::int`);
  return rows.map(({ key, gone_at: since, gone_reason: reason, held_until: until }) =>
    since === null && until !== null
      ? { key, kind: 'waits', until }
      : { key, kind: 'gone', reason: reason ?? '', since: since ?? new Date(0) },
  );
}
