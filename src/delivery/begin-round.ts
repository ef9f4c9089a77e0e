import { sql, type Tx } from '../db/index.ts';

/**
 * Makes room for the attempts of deliveries that are sent once more: those of earlier rounds count backwards from 0, so that the
 * next one is the first again and every row keeps its own result. Holds the deliveries' rows.
 */
export async function beginRound(tx: Tx, workspaceId: string, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.$executeRaw(sql`
    with again as (
      select id, attempts, status from heartbeat.delivery
      where workspace_id = ${workspaceId} and key = any(${[...keys]}) order by id for update)
    update heartbeat.delivery_attempt a set number = a.number - again.attempts
    from again where a.delivery_id = again.id and again.attempts > 0 and again.status in ('sent', 'superseded', 'dead')`);
}
