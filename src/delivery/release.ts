import { sql, type Tx } from '../db/index.ts';
import type { Hold, Operation } from './types.ts';

/** A delivery whose silence was to end by now. */
export type HeldDelivery = {
  id: string;
  alertId: string;
  /** its place as `placeKey` gives it */
  place: string;
  operation: Operation;
  edge: string;
  silent: boolean;
};

/** What becomes of it: it goes out, waits for another silence to end, or is no news any more. */
export type Release = { kind: 'go' } | { kind: 'hold'; hold: Hold } | { kind: 'drop'; reason: string };

/**
 * Locks what was kept back until `now` by the program's clock (the end of quiet hours or of a maintenance window), in the
 * caller's transaction and in the order it was decided; several processes share it out.
 */
export async function lockHeld(
  tx: Tx,
  input: { workspaceId: string; now: Date },
): Promise<readonly HeldDelivery[]> {
  return tx.$queryRaw<HeldDelivery[]>(sql`
    select id, alert_id as "alertId", place, operation, edge, silent from heartbeat.delivery
    where workspace_id = ${input.workspaceId} and status = 'held' and held_until <= ${input.now}::timestamptz
    order by seq limit 1000 for update skip locked`);
}

/** Makes everything that silence keeps back due now, so that it is decided anew: windows or quiet hours are others. */
export async function reviewHeld(
  tx: Tx,
  { workspaceId, now }: { workspaceId: string; now: Date },
): Promise<void> {
  await tx.$executeRaw(sql`
    update heartbeat.delivery set held_until = ${now}::timestamptz
    where id in (
      select id from heartbeat.delivery
      where workspace_id = ${workspaceId} and status = 'held' and held_until > ${now}::timestamptz order by seq for update)`);
}

/** Stores what becomes of deliveries that `lockHeld` gave. */
export async function storeReleases(
  tx: Tx,
  releases: readonly { id: string; release: Release }[],
): Promise<void> {
  const rows = releases.map(({ id, release }) => ({
    id,
    status: STATUS[release.kind],
    until: release.kind === 'hold' ? release.hold.until.toISOString() : null,
    reason: reasonOf(release),
  }));
  await tx.$executeRaw(sql`
    update heartbeat.delivery d
    set status = r.status, held_until = coalesce(r.until, d.held_until), reason = coalesce(r.reason, d.reason),
        next_attempt_at = case when r.status = 'pending' then now() else d.next_attempt_at end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id uuid, status text, until timestamptz, reason text)
    where d.id = r.id`);
}

const STATUS = { go: 'pending', hold: 'held', drop: 'superseded' } as const;

function reasonOf(release: Release): string | null {
  if (release.kind === 'go') return null;
  return release.kind === 'hold' ? release.hold.reason : release.reason;
}
