import { inTransaction, sql, type Db, type Tx } from '../db/index.ts';
import { ConflictError } from '../errors.ts';
import { recordAct } from '../journal/index.ts';
import type { Clock } from '../lib/clock.ts';
import { requireMay, type Caller } from '../people/index.ts';
import { listDeliveries, unknownDelivery, UUID, type DeliveryFilter } from './log.ts';
import type { Outbox } from './outbox.ts';

/** What a retry works with: less than the whole program has, so that a command can do it. */
export type RetryDeps = {
  db: Pick<Db, 'prisma'>;
  workspaceId: string;
  clock: Clock;
  /** looks at once in this process; others find it within a second */
  outbox: Pick<Outbox, 'kick'>;
};

type Dead = { status: string; attempts: number; reason: string | null; place: string };

/**
 * Sends a dead letter again, from its first attempt on, and keeps the attempts it had. Throws NotFoundError `delivery_unknown`,
 * ConflictError `delivery_not_dead`, RefusedError `not_a_member` or `role_too_low`.
 */
export async function retryDelivery(deps: RetryDeps, caller: Caller, id: string): Promise<void> {
  requireMay(caller, 'retry_delivery');
  await inTransaction(deps.db, async (tx) => {
    const dead = await lock(tx, deps.workspaceId, id);
    if (dead.status !== 'dead') throw notDead(id, dead.status);
    await revive(tx, id);
    await recordAct(tx, caller, {
      at: deps.clock.now(),
      verb: 'delivery.retry',
      subject: `delivery:${id}`,
      before: { status: 'dead', attempts: dead.attempts, reason: dead.reason, place: dead.place },
      after: { status: 'pending' },
    });
  });
  deps.outbox.kick();
}

const PAGE = 200;

/**
 * Sends again every dead letter that a filter leaves, oldest first; gives the ids of those that were. One that somebody else
 * retried meanwhile is not among them. Throws as `retryDelivery` does.
 */
export async function retryDeadLetters(
  deps: RetryDeps,
  caller: Caller,
  filter: Omit<DeliveryFilter, 'status' | 'before' | 'limit'>,
): Promise<string[]> {
  requireMay(caller, 'retry_delivery');
  const ids: string[] = [];
  let before: bigint | undefined;
  do {
    const more = before === undefined ? {} : { before };
    const { items, next } = await listDeliveries(deps.db, deps.workspaceId, {
      ...filter,
      ...more,
      status: 'dead',
      limit: PAGE,
    });
    ids.push(...items.map((item) => item.id));
    before = next === null ? undefined : BigInt(next);
  } while (before !== undefined);
  const retried: string[] = [];
  for (const id of ids.reverse()) if (await retryIfDead(deps, caller, id)) retried.push(id);
  return retried;
}

async function retryIfDead(deps: RetryDeps, caller: Caller, id: string): Promise<boolean> {
  try {
    await retryDelivery(deps, caller, id);
    return true;
  } catch (error) {
    if (error instanceof ConflictError) return false;
    throw error;
  }
}

async function lock(tx: Tx, workspaceId: string, id: string): Promise<Dead> {
  if (!UUID.test(id)) throw unknownDelivery(id);
  const rows = await tx.$queryRaw<Dead[]>(sql`
    select status, attempts, reason, place from heartbeat.delivery
    where workspace_id = ${workspaceId} and id = ${id}::uuid for update`);
  const [found] = rows;
  if (!found) throw unknownDelivery(id);
  return found;
}

/** Attempts of earlier rounds count backwards from 0, so that the next one is the first again and their rows stay. */
async function revive(tx: Tx, id: string): Promise<void> {
  await tx.$executeRaw(sql`
    update heartbeat.delivery_attempt a set number = a.number - d.attempts
    from heartbeat.delivery d where d.id = ${id}::uuid and a.delivery_id = d.id`);
  await tx.$executeRaw(sql`
    update heartbeat.delivery
    set status = 'pending', attempts = 0, next_attempt_at = now(), reason = null, lease_by = null, lease_until = null,
        give_up_at = case when give_up_at is not null then now() + interval '15 minutes' end
    where id = ${id}::uuid`);
}

function notDead(id: string, status: string): ConflictError {
  return new ConflictError(
    'delivery_not_dead',
    `Delivery ${id} is ${status}: only one that was given up can be retried.`,
    { details: { delivery: id, status } },
  );
}
