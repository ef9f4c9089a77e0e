import { Client } from 'pg';
import { UnavailableError } from '../errors.ts';
import { SECOND } from '../lib/time.ts';
import { describeFailure, toEngineFailure } from './failures.ts';

/** Whether the role of an address could write, and by what; `reasons` are sentences. */
export type WriteAccess = { canWrite: boolean; reasons: readonly string[] };

const TIMEOUT_MS = 10 * SECOND;
const NAMED_TABLES = 5;

// Tables that it may change by a grant or because it owns them, and schemas in which it may make some.
const ACCESS = `
  select
    (select rolsuper from pg_roles where rolname = current_user) as superuser,
    array(
      select format('%I.%I', n.nspname, c.relname)
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'f', 'v') and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
        and has_schema_privilege(n.oid, 'usage')
        and (pg_has_role(c.relowner, 'usage') or has_table_privilege(c.oid, 'insert, update, delete, truncate'))
      order by 1) as tables,
    array(
      select format('%I', n.nspname) from pg_namespace n
      where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and has_schema_privilege(n.oid, 'create')
      order by 1) as schemas`;

type AccessRow = { superuser: boolean; tables: string[]; schemas: string[] };

/**
 * Tells whether the role that an address logs in as could write to the warehouse. Heartbeat's sessions only read in any case; a
 * role that cannot write is the second lock. Throws UnavailableError `marts_unreachable`.
 */
export async function warehouseCanWrite(url: string): Promise<WriteAccess> {
  const [row] = await ask(url);
  if (!row) return { canWrite: false, reasons: [] };
  const reasons = [
    ...(row.superuser ? ['the role is a superuser'] : []),
    ...(row.tables.length > 0 ? [`it may change ${nameSome(row.tables)}`] : []),
    ...(row.schemas.length > 0 ? [`it may make tables in ${nameSome(row.schemas)}`] : []),
  ];
  return { canWrite: reasons.length > 0, reasons };
}

async function ask(url: string): Promise<AccessRow[]> {
  const client = new Client({
    connectionString: url,
    application_name: 'heartbeat doctor',
    connectionTimeoutMillis: TIMEOUT_MS,
    query_timeout: TIMEOUT_MS,
  });
  try {
    await client.connect();
    return (await client.query<AccessRow>(ACCESS)).rows;
  } catch (error) {
    const reason = describeFailure(toEngineFailure(error), {
      text: ACCESS,
      prefix: '',
      timeoutMs: TIMEOUT_MS,
    });
    throw new UnavailableError(
      'marts_unreachable',
      `The warehouse could not be asked what its role may do: ${reason}`,
      {
        details: { reason },
      },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
}

function nameSome(names: readonly string[]): string {
  const rest = names.length - NAMED_TABLES;
  const named = names.slice(0, NAMED_TABLES).join(', ');
  return rest > 0 ? `${named} and ${rest} more` : named;
}
