import { empty, sql, type Db } from '../db/index.ts';
import { MINUTE } from '../lib/time.ts';
import { countOfBot } from './bot-pace.ts';
import { botLane } from './lane.ts';
import { parsePlaceKey } from './place.ts';
import { PRIORITY, type Channel, type ClaimedDelivery, type Operation } from './types.ts';

/** A lease outlives one call with its timeout, and ends soon enough for a second try within 15 s of a crash. */
export const LEASE_MS = 12_000;
/** As long as red is patient with one channel. */
const IN_ORDER_MS = 15 * MINUTE;
/** How the reason begins where words, and not a channel, are the trouble. */
export const NOT_MADE = 'it could not be made: ';

type Row = {
  id: string;
  alert_id: string | null;
  edge: string;
  place: string;
  lane: string;
  operation: Operation;
  silent: boolean;
  priority: number;
  attempts: number;
  maybe_sent: boolean;
  payload: Record<string, unknown>;
  created_at: Date;
  held_until: Date | null;
};

/** Whose deliveries, over which channel, for which process, how many. */
type ClaimRequest = {
  workspaceId: string;
  channel: Pick<Channel, 'name' | 'limits'>;
  worker: string;
  limit: number;
};

/**
 * Takes at most one due delivery a lane, and at most `limit` in all, where pacing lets a call begin now: presses first, then
 * red, new alerts before more about known ones, then the rest; never past an earlier unsent message of the same alert and place, or one that its lane failed to take. One statement, so that any number of
 * processes share the pacing and no two take the same. Instants are the database's.
 */
export async function claimDeliveries(db: Db, request: ClaimRequest): Promise<ClaimedDelivery[]> {
  const { workspaceId, channel, worker } = request;
  const bot = botLane(channel.name);
  const lease = sql`now() + ${LEASE_MS}::int * interval '1 millisecond'`;
  const keep = Math.max(1, channel.limits.perGroup?.count ?? 1);
  const rows = await db.prisma.$queryRaw<Row[]>(sql`
    with due as (${dueLanes(request)}),
    bot as materialized (
      select key, recent, held_until from heartbeat.place where workspace_id = ${workspaceId} and key = ${bot} and exists (select 1 from due)
      for update
    ), candidate as materialized (${freeLanes(request)}),
    pick as materialized (${nextOfEachLane(request)}),
    claimed as (
      update heartbeat.delivery d
      set status = 'sending', attempts = d.attempts + 1, maybe_sent = d.maybe_sent or d.status = 'sending',
          lease_by = ${worker}, lease_until = ${lease}
      from pick
      where d.id = pick.id and (d.status = 'pending' or (d.status = 'sending' and d.lease_until < now()))
      returning d.*
    ), superseded as (
      update heartbeat.delivery o set status = 'superseded', reason = 'a newer edit shows it'
      from claimed c
      where c.operation = 'edit' and o.alert_id = c.alert_id and o.place = c.place and o.operation = 'edit'
        and o.status = 'pending' and o.id <> c.id
    ), paced as (
      update heartbeat.place p
      set recent = (p.recent || now())[greatest(1, cardinality(p.recent) + 2 - ${keep}::int):], busy_by = ${worker}, busy_until = ${lease}
      from claimed c where p.workspace_id = ${workspaceId} and p.key = c.lane
    ), bot_paced as (
      update heartbeat.place p
      set recent = (array(select r.at from unnest(p.recent) as r(at) where r.at > now() - interval '1 second' order by r.at))
                   || array_fill(now(), array[(select count(*) from claimed)::int])
      where p.workspace_id = ${workspaceId} and p.key = ${bot} and exists (select 1 from claimed)
    ), attempt as (
      insert into heartbeat.delivery_attempt (workspace_id, delivery_id, number, worker, started_at)
      select workspace_id, id, attempts, ${worker}, now() from claimed
    )
    select id, alert_id, edge, place, lane, operation, silent, priority, attempts, maybe_sent, payload, created_at, held_until
    from claimed order by priority, seq`);
  return rows.map(toClaimed);
}

/** A delivery `d` that may be tried now: its time has come, or the process that had it is gone. */
function isDue({ workspaceId, channel }: ClaimRequest) {
  return sql`d.workspace_id = ${workspaceId} and d.channel = ${channel.name}
    and ((d.status = 'pending' and d.next_attempt_at <= now()) or (d.status = 'sending' and d.lease_until < now()))`;
}

function dueLanes(request: ClaimRequest) {
  return sql`
    select d.lane, min(d.priority) as priority, min(d.seq) as seq
    from heartbeat.delivery d where ${isDue(request)} group by d.lane`;
}

/** Due lanes that nobody calls now, that no 429 and no refused token holds, and whose gap and window allow a call; locked for this statement. */
function freeLanes({ workspaceId, channel, limit }: ClaimRequest) {
  const { perPlaceGapMs, perGroup, perBotPerSecond } = channel.limits;
  const window =
    perGroup === null
      ? empty
      : sql`and (not p.is_group or coalesce(
          p.recent[cardinality(p.recent) - ${perGroup.count - 1}::int] <= now() - ${perGroup.windowMs}::int * interval '1 millisecond', true))`;
  const budget =
    perBotPerSecond === null
      ? sql`${limit}::int`
      : sql`least(${limit}::int, ${perBotPerSecond}::int - (${countOfBot({ workspaceId, channel: channel.name })})::int)`;
  return sql`
    select p.key
    from heartbeat.place p join due on due.lane = p.key
    where p.workspace_id = ${workspaceId}
      and (p.busy_until is null or p.busy_until < now())
      and (p.held_until is null or p.held_until <= now())
      and not exists (select 1 from bot where bot.held_until > now())
      and coalesce(p.recent[cardinality(p.recent)] <= now() - ${perPlaceGapMs}::int * interval '1 millisecond', true)
      ${window}
    order by due.priority, due.seq
    limit greatest(0, ${budget})
    for update of p skip locked`;
}

function nextOfEachLane(request: ClaimRequest) {
  return sql`
    select distinct on (d.lane) d.id
    from heartbeat.delivery d join candidate c on c.key = d.lane
    where ${isDue(request)}
      and not exists (
        select 1 from heartbeat.delivery e
        where e.alert_id = d.alert_id and e.place = d.place and e.seq < d.seq
          and e.status in ('pending', 'sending') and e.operation <> 'edit')
      and not exists (${aheadInLane()})
    order by d.lane, d.priority, d.priority = ${PRIORITY.red}::int and d.operation <> 'post', d.seq`;
}

/**
 * A message that its channel did not take is tried again before what came after it, so that a chat that was away reads all in
 * order. One that cannot be made, or that is refused for longer, keeps nobody waiting.
 */
function aheadInLane() {
  return sql`
    select 1 from heartbeat.delivery w
    where w.workspace_id = d.workspace_id and w.lane = d.lane and w.status = 'pending' and w.attempts > 0
      and w.next_attempt_at > now() and w.operation <> 'edit' and (w.priority, w.seq) < (d.priority, d.seq)
      and w.created_at > now() - ${IN_ORDER_MS}::int * interval '1 millisecond'
      and not starts_with(coalesce(w.reason, ''), ${NOT_MADE})`;
}

function toClaimed(row: Row): ClaimedDelivery {
  return {
    id: row.id,
    alertId: row.alert_id,
    edge: row.edge,
    place: parsePlaceKey(row.place),
    lane: row.lane,
    operation: row.operation,
    silent: row.silent,
    priority: row.priority,
    attempts: row.attempts,
    maybeSent: row.maybe_sent,
    payload: row.payload,
    createdAt: row.created_at,
    dueAt: row.held_until !== null && row.held_until > row.created_at ? row.held_until : row.created_at,
    wasHeld: row.held_until !== null,
  };
}

/** Prolongs the leases of deliveries that are still under way; gives the ids of those that this process still has. */
export async function renewLeases(db: Db, worker: string, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.prisma.$queryRaw<{ id: string }[]>(sql`
    with renewed as (
      update heartbeat.delivery set lease_until = now() + ${LEASE_MS}::int * interval '1 millisecond'
      where id = any(${ids}::uuid[]) and lease_by = ${worker} and status = 'sending'
      returning id, workspace_id, lane
    ), lanes as (
      update heartbeat.place p set busy_until = now() + ${LEASE_MS}::int * interval '1 millisecond'
      from renewed r where p.workspace_id = r.workspace_id and p.key = r.lane and p.busy_by = ${worker})
    select id from renewed`);
  return rows.map(({ id }) => id);
}

/**
 * Takes a slot of a lane's pacing for a direct answer to a person. Gives 0 when the call may begin now (the slot is taken), or
 * the milliseconds to wait before asking again.
 */
export async function reserveSlot(
  db: Db,
  input: { workspaceId: string; channel: Pick<Channel, 'name' | 'limits'>; lane: string; isGroup: boolean },
): Promise<number> {
  const { workspaceId, channel, lane, isGroup } = input;
  const { perPlaceGapMs, perGroup } = channel.limits;
  const count = isGroup && perGroup ? perGroup.count : 1;
  const windowMs = isGroup && perGroup ? perGroup.windowMs : 0;
  const rows = await db.prisma.$queryRaw<{ wait_ms: number }[]>(sql`
    insert into heartbeat.place as p (workspace_id, key, channel, is_group, recent)
    values (${workspaceId}, ${lane}, ${channel.name}, ${isGroup}, array[now()])
    on conflict (workspace_id, key) do update set
      recent = (p.recent || now())[greatest(1, cardinality(p.recent) + 2 - ${Math.max(1, count)}::int):]
    where coalesce(p.held_until <= now(), true)
      and coalesce(p.recent[cardinality(p.recent)] <= now() - ${perPlaceGapMs}::int * interval '1 millisecond', true)
      and coalesce(p.recent[cardinality(p.recent) - ${count - 1}::int] <= now() - ${windowMs}::int * interval '1 millisecond', true)
    returning 0 as wait_ms`);
  if (rows.length > 0) return 0;
  return msUntilSlot(db, { workspaceId, lane, perPlaceGapMs, count, windowMs });
}

async function msUntilSlot(
  db: Db,
  input: { workspaceId: string; lane: string; perPlaceGapMs: number; count: number; windowMs: number },
): Promise<number> {
  const rows = await db.prisma.$queryRaw<{ wait_ms: number | null }[]>(sql`
    select ceil(extract(epoch from greatest(
      coalesce(held_until, now()),
      coalesce(recent[cardinality(recent)] + ${input.perPlaceGapMs}::int * interval '1 millisecond', now()),
      coalesce(recent[cardinality(recent) - ${input.count - 1}::int] + ${input.windowMs}::int * interval '1 millisecond', now())
    ) - now()) * 1000)::int as wait_ms
    from heartbeat.place where workspace_id = ${input.workspaceId} and key = ${input.lane}`);
  return Math.max(1, rows[0]?.wait_ms ?? 1);
}
