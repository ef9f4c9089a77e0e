import { sql, type Tx } from '../db/index.ts';
import { brokenPartsOf, mergeRegistries } from './merge-registries.ts';
import { fingerprintOf } from './sync-plan.ts';
import type { BrokenParts, Cut, Metric, Person, Registry } from './types.ts';

type Reader = Pick<Tx, '$queryRaw'>;

/**
 * Gives a freshly loaded registry in which the last good definitions that the database remembers stand in for broken files, so
 * that a restart does not stop what a running program would keep.
 */
export async function restoreLastGood(db: Reader, registry: Registry): Promise<Registry> {
  const broken = brokenPartsOf(registry);
  if (isWhole(broken)) return registry;
  const workspaceId = registry.workspace.id;
  const [metrics, cuts, people] = await Promise.all([
    loadDefinitions<Metric>(
      db,
      sql`select definition from heartbeat.metric_registry
      where workspace_id = ${workspaceId} and retired_at is null and id = any(${[...broken.metrics]})`,
    ),
    loadDefinitions<Cut>(
      db,
      sql`select definition from heartbeat.audit_cut_registry
      where workspace_id = ${workspaceId} and retired_at is null and id = any(${[...broken.cuts]})`,
    ),
    loadPeople(db, workspaceId),
  ]);
  return mergeRegistries({ ...registry, metrics, cuts, people }, registry);
}

function isWhole({ metrics, cuts, people, ownersFile }: BrokenParts): boolean {
  return metrics.length + cuts.length + people.length === 0 && !ownersFile;
}

// A definition that another version of the program stored in another shape does not match its fingerprint.
async function loadDefinitions<T extends Metric | Cut>(
  db: Reader,
  query: ReturnType<typeof sql>,
): Promise<Map<string, T>> {
  const rows = await db.$queryRaw<{ definition: T & { fingerprint?: string } }[]>(query);
  const known = rows.flatMap(({ definition: { fingerprint, ...definition } }) =>
    fingerprint === fingerprintOf(definition as T) ? [definition as T] : [],
  );
  return new Map(known.map((definition) => [definition.id, definition]));
}

type OwnerRow = {
  email: string;
  name: string;
  role: Person['role'];
  teams: string[];
  telegram_id: bigint | null;
  telegram_handle: string | null;
  slack_id: string | null;
  locale: Person['locale'];
  timezone: string | null;
  quiet_hours: Person['quietHours'];
  phone: string | null;
  fallback: Person['fallback'];
};

async function loadPeople(db: Reader, workspaceId: string): Promise<Person[]> {
  const rows = await db.$queryRaw<OwnerRow[]>(sql`
    select email, name, role, teams, telegram_id, telegram_handle, slack_id, locale, timezone, quiet_hours, phone, fallback
    from heartbeat.owner where workspace_id = ${workspaceId} and left_at is null order by email`);
  return rows.map((row) => ({
    email: row.email,
    name: row.name,
    role: row.role,
    teams: row.teams,
    telegramId: row.telegram_id === null ? null : Number(row.telegram_id),
    telegramHandle: row.telegram_handle,
    slackId: row.slack_id,
    locale: row.locale,
    timezone: row.timezone,
    quietHours: row.quiet_hours,
    phone: row.phone,
    fallback: row.fallback,
  }));
}
