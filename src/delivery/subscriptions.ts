import { sql, type Db, type Tx } from '../db/index.ts';

type Where = { db: Pick<Db, 'prisma'> | { prisma: Tx }; workspaceId: string };

/** Tells whether a place asked not to be written to; `place` is its key. */
export async function isUnsubscribed({ db, workspaceId }: Where, place: string): Promise<boolean> {
  const rows = await db.prisma.$queryRaw<unknown[]>(sql`
    select 1 from heartbeat.unsubscribed where workspace_id = ${workspaceId} and place = ${place.toLowerCase()}`);
  return rows.length > 0;
}

/** Tells whether another message of a delivery's alert has failed for good: this one may then be the only way left. */
export async function isLastWay({ db, workspaceId }: Where, deliveryId: string): Promise<boolean> {
  const rows = await db.prisma.$queryRaw<unknown[]>(sql`
    select 1 from heartbeat.delivery own
    join heartbeat.delivery other on other.alert_id = own.alert_id and other.id <> own.id and other.status = 'dead'
    where own.workspace_id = ${workspaceId} and own.id = ${deliveryId}::uuid limit 1`);
  return rows.length > 0;
}

/** Ends or resumes what a place is written; gives whether that changed anything. */
export async function setSubscribed(
  tx: Tx,
  { workspaceId, place, at }: { workspaceId: string; place: string; at: Date },
  wanted: boolean,
): Promise<boolean> {
  const key = place.toLowerCase();
  const changed = wanted
    ? await tx.$executeRaw(
        sql`delete from heartbeat.unsubscribed where workspace_id = ${workspaceId} and place = ${key}`,
      )
    : await tx.$executeRaw(sql`
        insert into heartbeat.unsubscribed (workspace_id, place, at) values (${workspaceId}, ${key}, ${at})
        on conflict do nothing`);
  return changed > 0;
}
