import { checkSql } from './check-sql.ts';
import type { SqlProblem } from './sql-problem.ts';
import type { CheckedSql } from './types.ts';

/**
 * Compares the tables that SQL reads with the sources its file lists, both ways. A name without a schema stands for a table of
 * any schema. What differs is a warning: staleness groups metrics by their sources.
 */
export function checkSources(
  { tables }: Pick<CheckedSql, 'tables'>,
  sources: readonly string[],
): SqlProblem[] {
  const listed = sources.map((source) => source.trim().replaceAll('"', '').toLowerCase());
  const unlisted = tables.filter((table) => !listed.some((source) => isSameTable(table, source)));
  const unread = listed.filter((source) => !tables.some((table) => isSameTable(table, source)));
  return [
    ...unlisted.map((table) => ({
      reason: `the SQL reads ${table}, which sources does not list`,
      hint: `Add ${table} to sources.`,
    })),
    ...unread.map((source) => ({
      reason: `sources lists ${source}, which the SQL does not read`,
      hint: `Take ${source} out of sources, or read it.`,
    })),
  ];
}

function isSameTable(left: string, right: string): boolean {
  if (left.includes('.') && right.includes('.')) return left === right;
  return left.split('.').at(-1) === right.split('.').at(-1);
}

/** SQL of a file, and what it is for; `sources` is null where a file lists none. */
export type SqlOfFile = { kind: 'metric' | 'cut'; sql: string; sources: readonly string[] | null };

/** Something to tell of a file's SQL. */
export type SqlFinding = SqlProblem & { severity: 'error' | 'warning' };

/** Checks SQL of a file and its sources; of a cut, whose columns depend on its chart, only that it reads. */
export function checkSqlOf({ kind, sql, sources }: SqlOfFile): SqlFinding[] {
  const checked = checkSql(sql, { columns: kind === 'metric' ? ['value'] : [] });
  if ('problems' in checked) return checked.problems.map((problem) => ({ ...problem, severity: 'error' }));
  if (sources === null) return [];
  return checkSources(checked.ok, sources).map((problem) => ({ ...problem, severity: 'warning' }));
}
