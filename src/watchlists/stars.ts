import { inTransaction, sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { RefusedError } from '../errors.ts';
import { recordAct } from '../journal/index.ts';
import { requireMay, type Caller } from '../people/index.ts';

/** The metrics that a person has starred, the first one first; retired ones may be among them. */
export async function listStarred(
  { db, workspaceId }: Pick<Deps, 'db' | 'workspaceId'>,
  email: string,
): Promise<string[]> {
  const rows = await db.prisma.$queryRaw<{ metric_id: string }[]>(sql`
    select metric_id from heartbeat.star
    where workspace_id = ${workspaceId} and email = ${email} order by at, metric_id`);
  return rows.map((row) => row.metric_id);
}

/**
 * Stars a metric for the caller, or takes the star away; `isNew` is false when that was so before. Throws RefusedError
 * `not_a_member`.
 */
export async function setStar(
  deps: Deps,
  caller: Caller,
  { metricId, starred }: { metricId: string; starred: boolean },
): Promise<{ isNew: boolean }> {
  requireMay(caller, 'star');
  const email = caller.person?.email;
  if (email === undefined) throw new RefusedError('not_a_member', 'Only a person has stars.');
  const at = deps.clock.now();
  return inTransaction(deps.db, async (tx) => {
    const changed = await tx.$executeRaw(
      starred
        ? sql`insert into heartbeat.star (workspace_id, email, metric_id, at)
              values (${deps.workspaceId}, ${email}, ${metricId}, ${at}) on conflict do nothing`
        : sql`delete from heartbeat.star
              where workspace_id = ${deps.workspaceId} and email = ${email} and metric_id = ${metricId}`,
    );
    if (changed === 0) return { isNew: false };
    await recordAct(tx, caller, {
      at,
      verb: starred ? 'star' : 'unstar',
      subject: `metric:${metricId}`,
      before: { starred: !starred },
      after: { starred },
    });
    return { isNew: true };
  });
}
