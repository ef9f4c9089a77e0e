import { sql, type Tx } from '../db/index.ts';

/** A delivery that was kept back and may go now. */
export type Released = { id: string; alertId: string; place: string };

/**
 * Lets go what was kept back until `now` by the program's clock (the end of quiet hours or of a maintenance window), in the
 * caller's transaction; several processes share it out.
 */
export async function releaseHeld(tx: Tx, input: { workspaceId: string; now: Date }): Promise<Released[]> {
  const rows = await tx.$queryRaw<{ id: string; alert_id: string; place: string }[]>(sql`
    with due as (
      select id from heartbeat.delivery
      where workspace_id = ${input.workspaceId} and status = 'held' and held_until <= ${input.now}::timestamptz
      order by seq limit 1000 for update skip locked)
    update heartbeat.delivery d set status = 'pending', next_attempt_at = now() from due where d.id = due.id
    returning d.id, d.alert_id, d.place`);
  return rows.map((row) => ({ id: row.id, alertId: row.alert_id, place: row.place }));
}
