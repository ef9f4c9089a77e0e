import type { ScheduleChange } from '../answers/index.ts';
import { inTransaction, sql, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { placeKey, type Place } from '../delivery/index.ts';
import { ConflictError, NotFoundError, RefusedError } from '../errors.ts';
import { recordAct, type Act } from '../journal/index.ts';
import { requireMay, type Caller } from '../people/index.ts';
import { nextRun } from '../pulse/index.ts';
import type { Schedule, Wanted } from './types.ts';

/** Of one chat. */
const SCHEDULES_MAX = 20;

const COLUMNS = sql`number, place, what, argument, cron, timezone, next_at as "nextAt", paused_at as "pausedAt", created_by as "by"`;

/** What is to be planned. */
export type NewSchedule = Wanted & { place: Place; cron: string; timezone: string };

/**
 * Plans a post. Throws RefusedError `role_too_low` or `schedules_too_many`, ConflictError `schedule_known` when the chat has the
 * same already, InputError `schedule_invalid`.
 */
export async function createSchedule(deps: Deps, caller: Caller, input: NewSchedule): Promise<Schedule> {
  requireMay(caller, 'schedule');
  const { workspaceId, clock } = deps;
  const now = clock.now();
  const place = placeKey(input.place);
  const nextAt = nextRun(input.cron, now, input.timezone);
  return inTransaction(deps.db, async (tx) => {
    const key = `${workspaceId} schedules of ${place}`;
    await tx.$executeRaw(sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`);
    const here = await querySchedules(tx, workspaceId, sql`place = ${place}`);
    requireRoom(here, input);
    const { what, argument, cron, timezone, by } = input;
    const rows = await tx.$queryRaw<Schedule[]>(sql`
      insert into heartbeat.schedule (workspace_id, place, what, argument, cron, timezone, next_at, created_by, created_at)
      values (${workspaceId}, ${place}, ${what}, ${argument}, ${cron}, ${timezone}, ${nextAt}::timestamptz, ${by},
              ${now}::timestamptz)
      returning ${COLUMNS}`);
    const schedule = rows[0] ?? { ...input, number: 0, place, nextAt, pausedAt: null };
    const after = { place, what, argument, cron, timezone };
    await journal(tx, { deps, caller, verb: 'create', number: schedule.number, before: null, after });
    return schedule;
  });
}

function requireRoom(here: readonly Schedule[], { what, argument, cron }: NewSchedule): void {
  const same = here.find((one) => one.what === what && one.argument === argument && one.cron === cron);
  if (same)
    throw new ConflictError('schedule_known', `That is planned here already: number ${same.number}.`, {
      details: { number: String(same.number) },
    });
  if (here.length >= SCHEDULES_MAX)
    throw new RefusedError('schedules_too_many', `A chat has at most ${SCHEDULES_MAX} schedules.`, {
      details: { most: SCHEDULES_MAX },
    });
}

/** Lists the schedules of a place, also those made before its group got another id. */
export async function listSchedules(
  deps: Pick<Deps, 'db' | 'workspaceId'>,
  place: Place,
): Promise<Schedule[]> {
  const { db, workspaceId } = deps;
  return querySchedules(db.prisma, workspaceId, isAt(workspaceId, place));
}

/** Rows of a place `place`: of this one, or of the chat that became this one. */
export function isAt(workspaceId: string, place: Place): ReturnType<typeof sql> {
  const key = placeKey(place);
  const lane = place.channel === 'telegram' ? placeKey({ ...place, topic: null }) : key;
  const topic = key.slice(lane.length);
  return sql`(place = ${key} or exists (
    select 1 from heartbeat.place p
    where p.workspace_id = ${workspaceId} and p.moved_to = ${lane} and place = p.key || ${topic}))`;
}

function querySchedules(
  db: Pick<Tx, '$queryRaw'>,
  workspaceId: string,
  where: ReturnType<typeof sql>,
): Promise<Schedule[]> {
  return db.$queryRaw<Schedule[]>(sql`
    select ${COLUMNS} from heartbeat.schedule where workspace_id = ${workspaceId} and ${where} order by number`);
}

/**
 * Pauses a schedule, goes on with it from its next time, or removes it; done twice it is done once. Throws RefusedError
 * `role_too_low`, NotFoundError `schedule_unknown`.
 */
export async function changeSchedule(
  deps: Deps,
  caller: Caller,
  { number, change }: { number: number; change: ScheduleChange },
): Promise<Schedule> {
  requireMay(caller, 'schedule');
  const { workspaceId } = deps;
  const now = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    const [found] = await querySchedules(tx, workspaceId, sql`number = ${number}::int`);
    if (!found)
      throw new NotFoundError('schedule_unknown', `There is no schedule ${number} any more.`, {
        details: { number: String(number) },
      });
    const isDone =
      change === 'pause' ? found.pausedAt !== null : change === 'resume' && found.pausedAt === null;
    if (isDone) return found;
    const nextAt = change === 'resume' ? nextRun(found.cron, now, found.timezone) : found.nextAt;
    const pausedAt = change === 'pause' ? now : null;
    await (change === 'remove'
      ? tx.$executeRaw(sql`
          delete from heartbeat.schedule where workspace_id = ${workspaceId} and number = ${number}::int`)
      : tx.$executeRaw(sql`
          update heartbeat.schedule set paused_at = ${pausedAt}::timestamptz, next_at = ${nextAt}::timestamptz
          where workspace_id = ${workspaceId} and number = ${number}::int`));
    const { place, what, argument, cron } = found;
    await journal(tx, {
      deps,
      caller,
      verb: change,
      number,
      before: { place, what, argument, cron },
      after: null,
    });
    return { ...found, nextAt, pausedAt };
  });
}

type Entry = { deps: Deps; caller: Caller; verb: string; number: number } & Pick<Act, 'before' | 'after'>;

async function journal(tx: Tx, { deps, caller, verb, number, before, after }: Entry): Promise<void> {
  await recordAct(tx, caller, {
    at: deps.clock.now(),
    verb: `schedule.${verb}`,
    subject: `schedule:${number}`,
    before,
    after,
  });
}
