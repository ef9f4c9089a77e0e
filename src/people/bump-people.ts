import { sql, type Tx } from '../db/index.ts';

/** Tells all processes, once the transaction commits, that links or settings changed. */
export async function bumpPeople(tx: Tx, workspaceId: string): Promise<void> {
  await tx.$executeRaw(sql`
    insert into heartbeat.people_version as v (workspace_id, version) values (${workspaceId}, 1)
    on conflict (workspace_id) do update set version = v.version + 1`);
}
