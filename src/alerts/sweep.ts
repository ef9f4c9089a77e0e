import { inTransaction, sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { enqueueDeliveries, releaseHeld } from '../delivery/index.ts';
import { sweepStale } from './stale-sweep.ts';
import { endStorms } from './storm-end.ts';
import { foldReleased } from './storm-store.ts';

/** Does what time alone brings about beside the judge: silences end, storms end, sources fall silent. Once over replicas. */
export async function sweepAlerts(deps: Deps, now: Date): Promise<void> {
  await releaseSilenced(deps, now);
  if ((await endStorms(deps, now)) > 0) deps.outbox.kick();
  await sweepStale(deps, now);
}

/** Lets messages go whose silence is over; many for one place are one message there. */
async function releaseSilenced(deps: Deps, now: Date): Promise<void> {
  const { workspaceId } = deps;
  const due = await deps.db.prisma.$queryRaw<unknown[]>(sql`
    select from heartbeat.delivery
    where workspace_id = ${workspaceId} and status = 'held' and held_until <= ${now}::timestamptz limit 1`);
  if (due.length === 0) return;
  await inTransaction(deps.db, async (tx) => {
    const released = await releaseHeld(tx, { workspaceId, now });
    const policy = deps.registry.current().workspace.policies.storm;
    const drafts = await foldReleased(tx, { workspaceId, policy }, released);
    await enqueueDeliveries(tx, deps.jobs, { workspaceId, drafts, now });
  });
  deps.outbox.kick();
}
