import { sql, type Tx } from '../db/index.ts';
import { listLinks } from './links.ts';
import type { BrokenParts, Person, Registry, Workspace } from './types.ts';

/** Writes the workspace's row and holds it until the transaction ends, so that syncs of one workspace follow each other. */
export async function syncWorkspace(
  tx: Tx,
  { id, name, timezone, locale }: Workspace,
  now: Date,
): Promise<void> {
  await tx.$executeRaw(sql`
    insert into heartbeat.workspace (id, name, timezone, locale, created_at, updated_at)
    values (${id}, ${name}, ${timezone}, ${locale}, ${now}, ${now})
    on conflict (id) do update
      set name = excluded.name, timezone = excluded.timezone, locale = excluded.locale, updated_at = excluded.updated_at`);
}

type PeopleSync = { workspaceId: string; people: readonly Person[]; broken: BrokenParts; now: Date };

/** Writes the people's rows; those who are in the file no more have left, unless their entry is only broken. */
export async function syncPeople(tx: Tx, { workspaceId, people, broken, now }: PeopleSync): Promise<void> {
  const rows = JSON.stringify(people.map(personRow));
  await tx.$executeRaw(sql`
    insert into heartbeat.owner (
      workspace_id, email, name, role, teams, telegram_id, telegram_handle, slack_id, locale, timezone, quiet_hours,
      phone, fallback)
    select ${workspaceId}, r.*
    from jsonb_to_recordset(${rows}::jsonb) as r(
      email text, name text, role text, teams text[], telegram_id bigint, telegram_handle text, slack_id text, locale text,
      timezone text, quiet_hours jsonb, phone text, fallback text[])
    on conflict (workspace_id, email) do update set
      name = excluded.name, role = excluded.role, teams = excluded.teams, telegram_id = excluded.telegram_id,
      telegram_handle = excluded.telegram_handle, slack_id = excluded.slack_id, locale = excluded.locale,
      timezone = excluded.timezone, quiet_hours = excluded.quiet_hours, phone = excluded.phone,
      fallback = excluded.fallback, left_at = null`);
  if (broken.ownersFile) return;
  const present = [...people.map(({ email }) => email), ...broken.people];
  await tx.$executeRaw(sql`
    update heartbeat.owner set left_at = ${now}
    where workspace_id = ${workspaceId} and left_at is null and not (email = any(${present}))`);
}

function personRow(person: Person) {
  return {
    email: person.email,
    name: person.name,
    role: person.role,
    teams: person.teams,
    telegram_id: person.telegramId,
    telegram_handle: person.telegramHandle,
    slack_id: person.slackId,
    locale: person.locale,
    timezone: person.timezone,
    quiet_hours: person.quietHours,
    phone: person.phone,
    fallback: person.fallback,
  };
}

/** Makes the table of links hold exactly the links of the files. */
export async function syncLinks(
  tx: Tx,
  workspaceId: string,
  { metrics, cuts }: Pick<Registry, 'metrics' | 'cuts'>,
): Promise<void> {
  const links = JSON.stringify(listLinks(metrics, cuts));
  await tx.$executeRaw(sql`
    delete from heartbeat.metric_cut_link l
    where l.workspace_id = ${workspaceId} and not exists (
      select from jsonb_to_recordset(${links}::jsonb) as r(metric text, cut text, role text)
      where r.metric = l.metric_id and r.cut = l.cut_id and r.role = l.role)`);
  await tx.$executeRaw(sql`
    insert into heartbeat.metric_cut_link (workspace_id, metric_id, cut_id, role)
    select ${workspaceId}, r.metric, r.cut, r.role
    from jsonb_to_recordset(${links}::jsonb) as r(metric text, cut text, role text)
    on conflict do nothing`);
}
