import { inTransaction, sql, type Db } from '../db/index.ts';
import type { Person } from '../registry/index.ts';

type Leaving = { workspaceId: string; people: readonly Pick<Person, 'email'>[]; among?: readonly string[] };

/**
 * Forgets the stars and the private lists, deleted ones included, of everybody who is not among the people: whoever has the
 * address later finds none and can bring none back. Lists of teams stay. `among` narrows whom to look at.
 */
export async function forgetLists(
  db: Pick<Db, 'prisma'>,
  { workspaceId, people, among }: Leaving,
): Promise<void> {
  const present = people.map(({ email }) => email.toLowerCase());
  const asked = among?.map((email) => email.toLowerCase()) ?? null;
  const isGone = (email: ReturnType<typeof sql>) => sql`
    workspace_id = ${workspaceId} and not (lower(${email}) = any(${present}))
    and (${asked === null} or lower(${email}) = any(${asked ?? []}))`;
  await inTransaction(db, async (tx) => {
    await tx.$executeRaw(sql`delete from heartbeat.star where ${isGone(sql`email`)}`);
    await tx.$executeRaw(sql`
      delete from heartbeat.watchlist where owner_email is not null and ${isGone(sql`owner_email`)}`);
  });
}
