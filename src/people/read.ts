import { sql, type Db } from '../db/index.ts';
import type { LinkedAccount, PeopleRecord, PersonSetting } from './merge.ts';

type Reader = { db: Pick<Db, 'prisma'>; workspaceId: string };

/** Gives the version of what the database knows of people; 0 before anything was changed. */
export async function readPeopleVersion({ db, workspaceId }: Reader): Promise<bigint> {
  const rows = await db.prisma.$queryRaw<{ version: bigint }[]>(
    sql`select version from heartbeat.people_version where workspace_id = ${workspaceId}`,
  );
  return rows[0]?.version ?? 0n;
}

/** Reads links and settings, and the version that they are at least of. */
export async function readPeople(reader: Reader): Promise<PeopleRecord> {
  const { db, workspaceId } = reader;
  const version = await readPeopleVersion(reader);
  const links = await db.prisma.$queryRaw<LinkedAccount[]>(sql`
    select channel, account, email from heartbeat.linked_account
    where workspace_id = ${workspaceId} and live_account is not null order by id`);
  const settings = await db.prisma.$queryRaw<PersonSetting[]>(sql`
    select email, locale, timezone, quiet from heartbeat.person_setting where workspace_id = ${workspaceId}`);
  return { version, links, settings };
}
