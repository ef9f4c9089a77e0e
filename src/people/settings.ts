import { inTransaction, sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { RefusedError } from '../errors.ts';
import { recordAct } from '../journal/index.ts';
import type { Locale } from '../registry/index.ts';
import { bumpPeople } from './bump-people.ts';
import type { PersonSetting } from './merge.ts';
import type { Caller } from './types.ts';

/** One thing that a person sets for themselves; null gives it back to the file. `quiet` is `22:00-07:00` or `off`. */
export type SettingChange =
  | { name: 'locale'; value: Locale | null }
  | { name: 'timezone'; value: string | null }
  | { name: 'quiet'; value: string | null };

type SettingDeps = Pick<Deps, 'db' | 'workspaceId' | 'clock' | 'people'>;

/** Changes a setting of the caller, in every process within two seconds, in this one at once. Throws RefusedError `not_a_member`. */
export async function changeSetting(deps: SettingDeps, caller: Caller, change: SettingChange): Promise<void> {
  const { person } = caller;
  if (!person) throw new RefusedError('not_a_member', 'Only people of this workspace have settings.');
  const now = deps.clock.now();
  const email = person.email.toLowerCase();
  await inTransaction(deps.db, async (tx) => {
    await tx.$executeRaw(sql`
      insert into heartbeat.person_setting (workspace_id, email, updated_at, updated_by)
      values (${deps.workspaceId}, ${email}, ${now}::timestamptz, ${caller.actor}) on conflict do nothing`);
    const [before] = await tx.$queryRaw<Record<string, string | null>[]>(sql`
      select locale, timezone, quiet from heartbeat.person_setting
      where workspace_id = ${deps.workspaceId} and email = ${email} for update`);
    const next = { ...before, [change.name]: change.value };
    await tx.$executeRaw(sql`
      update heartbeat.person_setting
      set locale = ${next['locale']}, timezone = ${next['timezone']}, quiet = ${next['quiet']},
          updated_at = ${now}::timestamptz, updated_by = ${caller.actor}
      where workspace_id = ${deps.workspaceId} and email = ${email}`);
    await bumpPeople(tx, deps.workspaceId);
    await recordAct(tx, caller, {
      at: now,
      verb: `people.${change.name}`,
      subject: `person:${person.email}`,
      before: { [change.name]: before?.[change.name] ?? null },
      after: { [change.name]: change.value },
    });
  });
  await deps.people.reload();
}

/** Where a person's settings and chats come from. */
export type Origins = {
  locale: Origin;
  timezone: Origin;
  quiet: Origin;
  /** links that this person made; null where the file names the account */
  linked: Readonly<Record<'telegram' | 'slack', Date | null>>;
};

/** `chat`: said here; `file`: owners.yaml; `workspace`: nobody said. */
export type Origin = 'chat' | 'file' | 'workspace';

/** Tells where what is in force for the caller comes from. */
export async function loadOrigins(
  { db, workspaceId }: Pick<Deps, 'db' | 'workspaceId'>,
  person: NonNullable<Caller['person']>,
): Promise<Origins> {
  const email = person.email.toLowerCase();
  const [settings, links] = await Promise.all([
    db.prisma.$queryRaw<PersonSetting[]>(sql`
      select email, locale, timezone, quiet from heartbeat.person_setting
      where workspace_id = ${workspaceId} and email = ${email}`),
    db.prisma.$queryRaw<{ channel: 'telegram' | 'slack'; proven_at: Date }[]>(sql`
      select channel, proven_at from heartbeat.linked_account
      where workspace_id = ${workspaceId} and live_email = ${email}`),
  ]);
  const [said] = settings;
  const originOf = (chat: string | null | undefined, inForce: unknown): Origin =>
    chat != null ? 'chat' : inForce === null ? 'workspace' : 'file';
  const linkedAt = (channel: 'telegram' | 'slack'): Date | null =>
    links.find((link) => link.channel === channel)?.proven_at ?? null;
  return {
    locale: originOf(said?.locale, person.locale),
    timezone: originOf(said?.timezone, person.timezone),
    quiet: originOf(said?.quiet, person.quietHours),
    linked: { telegram: linkedAt('telegram'), slack: linkedAt('slack') },
  };
}
