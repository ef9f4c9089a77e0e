import { inTransaction, sql, type Tx } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { canEdit, enqueueDeliveries, parsePlaceKey, type DeliveryDraft } from '../delivery/index.ts';
import { z } from 'zod';
import { stormDraft } from './storm.ts';

/** What was true when a storm ended, or when the last of its alerts did. */
export const StormPayload = z.object({ alerts: z.int(), open: z.int(), at: z.iso.datetime() });
export type StormPayload = z.infer<typeof StormPayload>;

type Ended = { id: string; place: string; alerts: number; open: number };

/** Ends storms that no flood joined for the policy's time, and says once that all alerts of a storm are over. */
export async function endStorms(deps: Deps, now: Date): Promise<number> {
  const { withinMs } = deps.registry.current().workspace.policies.storm;
  const due = await deps.db.prisma.$queryRaw<unknown[]>(sql`
    select from heartbeat.storm s where s.workspace_id = ${deps.workspaceId} and s.over_at is null limit 1`);
  if (due.length === 0) return 0;
  return inTransaction(deps.db, async (tx) => {
    const ended = await markEnded(tx, deps.workspaceId, withinMs);
    const recovered = await markRecovered(tx, deps.workspaceId);
    const told = new Set(ended.map(({ id }) => id));
    const drafts = [
      ...ended.flatMap((storm) => endDrafts(storm, 'storm_over', now)),
      ...recovered
        .filter(({ id }) => !told.has(id))
        .flatMap((storm) => endDrafts(storm, 'storm_recovered', now)),
    ];
    await enqueueDeliveries(tx, deps.jobs, { workspaceId: deps.workspaceId, drafts, now });
    return drafts.length;
  });
}

async function markEnded(tx: Tx, workspaceId: string, withinMs: number): Promise<Ended[]> {
  return tx.$queryRaw<Ended[]>(sql`
    with ended as (
      update heartbeat.storm set ended_at = now(), open_place = null
      where workspace_id = ${workspaceId} and ended_at is null and last_push_at < now() - ${withinMs}::int * interval '1 millisecond'
      returning id, place)
    select e.id, e.place, counts.alerts, counts.open from ended e cross join lateral (${countsOf()}) counts`);
}

async function markRecovered(tx: Tx, workspaceId: string): Promise<Ended[]> {
  return tx.$queryRaw<Ended[]>(sql`
    with e as (
      select id, place from heartbeat.storm
      where workspace_id = ${workspaceId} and ended_at is not null and over_at is null for update skip locked),
    over as (
      select e.id, e.place, counts.alerts, counts.open from e cross join lateral (${countsOf()}) counts where counts.open = 0)
    update heartbeat.storm s set over_at = now() from over where s.id = over.id
    returning s.id, s.place, over.alerts, over.open`);
}

function countsOf() {
  return sql`
    select count(*)::int as alerts, (count(*) filter (where a.state <> 'resolved'))::int as open
    from heartbeat.storm_alert m join heartbeat.alerts a on a.id = m.alert_id where m.storm_id = e.id`;
}

/** The end of a storm that left alerts open interrupts nobody: its message says which. */
function endDrafts(
  { id, place, alerts, open }: Ended,
  edge: 'storm_over' | 'storm_recovered',
  now: Date,
): DeliveryDraft[] {
  const where = parsePlaceKey(place);
  const payload: StormPayload = { alerts, open, at: now.toISOString() };
  const redraw = canEdit(where) ? [stormDraft(id, where, { edge: 'storm_changed' })] : [];
  return [...redraw, stormDraft(id, where, { edge, payload, silent: open > 0 })];
}
