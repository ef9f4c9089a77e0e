const REMEMBERED = 2_000;
/** A result that lists no columns changes with a migration of another process, and PostgreSQL refuses its old plan for good. */
const LISTS_NO_COLUMNS = /\*\s*(?:,|from\b|$)|returning\s+\w*\.?\*/i;

/**
 * Gives names to statements, so that a connection to a server parses and plans each of them once: the long ones of the outbox
 * take as long to plan as to run. The empty name is none. The clients of the embedded engine share one session, where a name
 * would be taken by the first of them: it gets none.
 */
export function createStatementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    const name = names.size >= REMEMBERED || LISTS_NO_COLUMNS.test(sql) ? '' : `heartbeat_${names.size}`;
    if (names.size < REMEMBERED) names.set(sql, name);
    return name;
  };
}
