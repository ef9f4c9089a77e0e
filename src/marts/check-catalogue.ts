import { lineOfFailure, maskMessage } from './failures.ts';
import { columnsQuery } from './metric-query.ts';
import { columnProblems } from './sql-columns.ts';
import type { SqlProblem } from './sql-problem.ts';
import type { CheckedSql } from './types.ts';
import type { InspectedWarehouse } from './warehouse.ts';

/** What the warehouse says of a metric's SQL: nothing wrong, what is wrong, or nothing because it does not answer. */
export type CatalogueCheck =
  | { kind: 'ok' }
  | { kind: 'problems'; problems: readonly SqlProblem[] }
  | { kind: 'unreachable' };

const TIMEOUT_MS = 10_000;
/** Nothing is read, so any window does. */
const NO_WINDOW = { from: new Date(0), to: new Date(0) };

/**
 * Lets the warehouse prepare SQL without running it, so that unknown tables and columns, and columns that only `select *` brings,
 * are told in PostgreSQL's own words.
 */
export async function checkSqlAgainstCatalogue(
  warehouse: InspectedWarehouse,
  sql: CheckedSql,
  needed: readonly string[] = ['value'],
): Promise<CatalogueCheck> {
  const options = { timeoutMs: TIMEOUT_MS, timezone: warehouse.timezone };
  const query = columnsQuery({ sql, window: NO_WINDOW, options });
  const answer = await warehouse.inspect(query);
  if (answer.kind === 'rows') {
    const problems = columnProblems(answer.columns, needed);
    return problems.length > 0 ? { kind: 'problems', problems } : { kind: 'ok' };
  }
  if (answer.fault !== 'sql') return { kind: 'unreachable' };
  const line = lineOfFailure(answer, query);
  const problem = { reason: maskMessage(answer), hint: 'Compare the names with the warehouse.' };
  return { kind: 'problems', problems: [line === null ? problem : { ...problem, line }] };
}
