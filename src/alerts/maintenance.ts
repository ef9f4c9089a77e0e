import { inTransaction, sql, type Db, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { ConflictError, InputError, NotFoundError } from '../errors.ts';
import { recordAct, type Act } from '../journal/index.ts';
import { MINUTE, DAY } from '../lib/time.ts';
import { requireRole, type Caller } from '../people/index.ts';

const LEAST_MS = MINUTE;
const MOST_MS = 30 * DAY;

/** A window that a person opened; what it is of, everything where nothing is named. */
export type ChatWindow = {
  number: number;
  name: string;
  startsAt: Date;
  endsAt: Date;
  metrics: string[];
  domains: string[];
  sources: string[];
  createdBy: string;
};

/** What a window is to be. */
export type WindowRequest = Pick<ChatWindow, 'name' | 'metrics' | 'domains' | 'sources'> & { forMs: number };

/**
 * Opens a maintenance window now. Throws RefusedError `role_too_low`, InputError `maintenance_length` for one of less than a
 * minute or more than 30 days.
 */
export async function openWindow(deps: Deps, caller: Caller, request: WindowRequest): Promise<ChatWindow> {
  requireRole(caller, 'approver');
  if (request.forMs < LEAST_MS || request.forMs > MOST_MS)
    throw new InputError('maintenance_length', 'A maintenance window lasts from a minute to 30 days.');
  const now = deps.clock.now();
  const endsAt = new Date(now.getTime() + request.forMs);
  return inTransaction(deps.db, async (tx) => {
    const rows = await tx.$queryRaw<{ number: number }[]>(sql`
      insert into heartbeat.maintenance_window
        (id, workspace_id, name, starts_at, ends_at, metrics, domains, sources, created_by, created_at)
      values (gen_random_uuid(), ${deps.workspaceId}, ${request.name}, ${now}::timestamptz, ${endsAt}::timestamptz,
        ${request.metrics}, ${request.domains}, ${request.sources}, ${caller.actor}, ${now}::timestamptz)
      returning number`);
    const { name, metrics, domains, sources } = request;
    const window = { number: rows[0]?.number ?? 0, startsAt: now, endsAt, createdBy: caller.actor };
    await journal(tx, deps, caller, {
      verb: 'maintenance.open',
      number: window.number,
      after: { ...request },
    });
    return { ...window, name, metrics, domains, sources };
  });
}

/**
 * Ends a window early: what it keeps back goes now, if it is still news. Throws NotFoundError `maintenance_unknown`, ConflictError
 * `maintenance_over`, RefusedError `role_too_low`.
 */
export async function endWindow(deps: Deps, caller: Caller, number: number): Promise<void> {
  requireRole(caller, 'approver');
  const now = deps.clock.now();
  await inTransaction(deps.db, async (tx) => {
    const rows = await tx.$queryRaw<{ name: string; over: boolean }[]>(sql`
      select name, ended_at is not null or ends_at <= ${now}::timestamptz as over from heartbeat.maintenance_window
      where workspace_id = ${deps.workspaceId} and number = ${number}::int for update`);
    const [found] = rows;
    if (!found)
      throw new NotFoundError('maintenance_unknown', `There is no maintenance window ${number}.`, {
        details: { number },
      });
    if (found.over)
      throw new ConflictError('maintenance_over', `The maintenance window ${found.name} is over already.`, {
        details: { name: found.name },
      });
    await tx.$executeRaw(sql`
      update heartbeat.maintenance_window set ended_at = ${now}::timestamptz
      where workspace_id = ${deps.workspaceId} and number = ${number}::int`);
    await tx.$executeRaw(sql`
      update heartbeat.delivery set held_until = ${now}::timestamptz
      where workspace_id = ${deps.workspaceId} and status = 'held' and reason = ${`maintenance: ${found.name}`}`);
    await journal(tx, deps, caller, { verb: 'maintenance.end', number, after: { name: found.name } });
  });
}

/** Windows opened in chat that are not over. */
export async function listWindows(db: Db, workspaceId: string, now: Date): Promise<ChatWindow[]> {
  return db.prisma.$queryRaw<ChatWindow[]>(sql`
    select number, name, starts_at as "startsAt", ends_at as "endsAt", metrics, domains, sources, created_by as "createdBy"
    from heartbeat.maintenance_window
    where workspace_id = ${workspaceId} and ended_at is null and ends_at > ${now}::timestamptz order by ends_at`);
}

async function journal(
  tx: Tx,
  deps: Deps,
  caller: Caller,
  { verb, number, after }: { verb: string; number: number } & Pick<Act, 'after'>,
): Promise<void> {
  await recordAct(tx, caller, {
    at: deps.clock.now(),
    verb,
    subject: `maintenance ${number}`,
    before: null,
    after,
  });
}
