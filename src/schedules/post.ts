import { inTransaction, sql, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { enqueueDeliveries, parsePlaceKey, PRIORITY, type DeliveryDraft } from '../delivery/index.ts';
import { MINUTE } from '../lib/time.ts';
import { lastRun, nextRun } from '../pulse/index.ts';
import type { ScheduledPayload } from './payloads.ts';
import type { Schedule } from './types.ts';

/** A post is late, and says so, after this. */
const LATE_MS = 2 * MINUTE;
/** A time further ahead than the next one by this was written by a clock that has jumped back since. */
const CLOCK_TOLERANCE_MS = MINUTE;
const LIMIT = 200;

type PostDeps = Pick<Deps, 'db' | 'jobs' | 'workspaceId' | 'log'>;
type Row = Pick<Schedule, 'number' | 'place' | 'what' | 'argument' | 'cron' | 'timezone' | 'nextAt' | 'by'>;

/** One post that is due, and when the one after it is. */
export type DuePost = { number: number; due: Date; nextAt: Date; draft: DeliveryDraft };

/** Decides what a schedule that is due posts: its last time alone, however many were missed. Pure. */
export function planPost(schedule: Row, now: Date): DuePost {
  const { number, what, argument, by, cron, timezone } = schedule;
  const last = lastRun(cron, now, timezone);
  const due = last < schedule.nextAt ? schedule.nextAt : last;
  const payload: ScheduledPayload = {
    kind: 'scheduled',
    number,
    what,
    argument,
    by,
    due: due.toISOString(),
    isLate: now.getTime() - due.getTime() > LATE_MS,
  };
  return {
    number,
    due,
    nextAt: nextRun(cron, now, timezone),
    draft: {
      key: `schedule:${number}:${due.toISOString()}`,
      alertId: null,
      edge: 'scheduled',
      place: parsePlaceKey(schedule.place),
      operation: 'notice',
      silent: false,
      priority: PRIORITY.rest,
      hold: null,
      payload,
    },
  };
}

/**
 * Puts what is due into the outbox, each time once over all processes: the delivery's key is the schedule and the time. Gives how
 * many there were.
 */
export async function postDue(deps: PostDeps, now: Date): Promise<number> {
  const { db, jobs, workspaceId } = deps;
  return inTransaction(db, async (tx) => {
    const rows = await tx.$queryRaw<Row[]>(sql`
      select number, place, what, argument, cron, timezone, next_at as "nextAt", created_by as "by"
      from heartbeat.schedule
      where workspace_id = ${workspaceId} and next_at <= ${now}::timestamptz and paused_at is null
      order by next_at, number limit ${LIMIT}::int for update skip locked`);
    const posts = rows.flatMap((row) => planSafely(deps, row, now));
    const followed = new Set(posts.map(({ number }) => number));
    await pauseBroken(tx, {
      workspaceId,
      now,
      numbers: rows.map(({ number }) => number).filter((n) => !followed.has(n)),
    });
    if (posts.length === 0) return 0;
    const json = JSON.stringify(posts.map(({ number, due, nextAt }) => ({ number, due, next_at: nextAt })));
    await tx.$executeRaw(sql`
      update heartbeat.schedule s set next_at = r.next_at, last_posted_at = r.due
      from jsonb_to_recordset(${json}::jsonb) as r(number int, due timestamptz, next_at timestamptz)
      where s.workspace_id = ${workspaceId} and s.number = r.number`);
    await enqueueDeliveries(tx, jobs, { workspaceId, drafts: posts.map(({ draft }) => draft), now });
    return posts.length;
  });
}

/** A zone that the system no longer knows must not hold up the others. */
function planSafely({ log }: PostDeps, row: Row, now: Date): DuePost[] {
  try {
    return [planPost(row, now)];
  } catch (error) {
    log.error({ err: error, schedule: row.number }, 'a schedule cannot be followed and is paused');
    return [];
  }
}

async function pauseBroken(
  tx: Tx,
  { workspaceId, now, numbers }: { workspaceId: string; now: Date; numbers: number[] },
): Promise<void> {
  if (numbers.length === 0) return;
  await tx.$executeRaw(sql`
    update heartbeat.schedule set paused_at = ${now}::timestamptz
    where workspace_id = ${workspaceId} and number = any(${numbers})`);
}

/** Brings times back that a clock set too far ahead. What was posted already is not posted again: its key is known. */
export async function mendTimes({ db, workspaceId }: PostDeps, now: Date): Promise<void> {
  const rows = await db.prisma.$queryRaw<Row[]>(sql`
    select number, cron, timezone, next_at as "nextAt" from heartbeat.schedule
    where workspace_id = ${workspaceId} and paused_at is null and next_at > ${now}::timestamptz`);
  for (const { number, cron, timezone, nextAt } of rows) {
    const next = nextRun(cron, now, timezone);
    if (nextAt.getTime() - next.getTime() <= CLOCK_TOLERANCE_MS) continue;
    await db.prisma.$executeRaw(sql`
      update heartbeat.schedule set next_at = ${next}::timestamptz
      where workspace_id = ${workspaceId} and number = ${number}::int and next_at = ${nextAt}::timestamptz`);
  }
}
