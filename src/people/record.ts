import { sql, type Tx } from '../db/index.ts';
import { recordJournal, type JournalEntry } from '../journal/index.ts';
import type { Caller } from './types.ts';

/** Tells all processes, once the transaction commits, that links or settings changed. */
export async function bumpPeople(tx: Tx, workspaceId: string): Promise<void> {
  await tx.$executeRaw(sql`
    insert into heartbeat.people_version as v (workspace_id, version) values (${workspaceId}, 1)
    on conflict (workspace_id) do update set version = v.version + 1`);
}

/** Writes who changed what about a person into the journal. */
export async function recordPeople(
  tx: Tx,
  {
    caller,
    at,
    ...entry
  }: { caller: Caller; at: Date } & Pick<JournalEntry, 'verb' | 'subject' | 'before' | 'after'>,
): Promise<void> {
  const { workspaceId, actor, channel, requestId } = caller;
  await recordJournal(tx, { ...entry, workspaceId, at, actor, channel, requestId });
}
