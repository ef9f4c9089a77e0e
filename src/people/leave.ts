import { inTransaction, sql, type Db } from '../db/index.ts';
import type { Person } from '../registry/index.ts';
import { bumpPeople } from './bump-people.ts';

type Leaving = { workspaceId: string; people: readonly Pick<Person, 'email'>[]; now: Date };

/**
 * Ends the links, and forgets the settings, of everybody who is not among the people: an address that is given to somebody
 * else later opens nothing. `among` narrows whom to look at; gives whether there was anybody.
 */
export async function forgetLeavers(
  db: Pick<Db, 'prisma'>,
  { workspaceId, people, now, among }: Leaving & { among?: readonly string[] },
): Promise<boolean> {
  const present = people.map(({ email }) => email.toLowerCase());
  const asked = among?.map((email) => email.toLowerCase()) ?? null;
  const isGone = sql`not (email = any(${present})) and (${asked === null} or email = any(${asked ?? []}))`;
  return inTransaction(db, async (tx) => {
    const ended = await tx.$executeRaw(sql`
      update heartbeat.linked_account
      set unlinked_at = ${now}::timestamptz, unlinked_reason = 'left', live_account = null, live_email = null
      where workspace_id = ${workspaceId} and live_email is not null and ${isGone}`);
    const forgotten = await tx.$executeRaw(sql`
      delete from heartbeat.person_setting where workspace_id = ${workspaceId} and ${isGone}`);
    if (ended + forgotten > 0) await bumpPeople(tx, workspaceId);
    return ended + forgotten > 0;
  });
}
