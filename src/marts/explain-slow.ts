import { describeFailure } from './failures.ts';
import { planQuery } from './metric-query.ts';
import { parseSql } from './parse-sql.ts';
import { isNode, namesOf } from './sql-tree.ts';
import type { CheckedSql, QueryWindow } from './types.ts';
import type { InspectedWarehouse } from './warehouse.ts';

/** A table that a query reads as a whole, and the columns its rows are filtered by. */
export type TableScan = { table: string; columns: readonly string[]; cost: number };

/** Why a query is slow, as far as its plan tells: the dearest scan first, and what would help (null when nothing obvious would). */
export type SlowPlan =
  | { kind: 'plan'; scans: readonly TableScan[]; advice: string | null }
  | { kind: 'failed'; reason: string };

const TIMEOUT_MS = 10_000;
/** A scan below this share of the whole cost is not why the query is slow. */
const WORTH_NAMING = 0.1;

/** Asks PostgreSQL for the plan of a slow metric's SQL, without running it, and says which index would help. */
export async function explainSlow(
  warehouse: InspectedWarehouse,
  sql: CheckedSql,
  window: QueryWindow,
): Promise<SlowPlan> {
  const options = { timeoutMs: TIMEOUT_MS, timezone: warehouse.timezone };
  const query = planQuery({ sql, window, options });
  const answer = await warehouse.inspect(query);
  if (answer.kind === 'failed') return { kind: 'failed', reason: describeFailure(answer, query) };
  const plan: unknown = JSON.parse(answer.rows.map(([cell]) => cell ?? '').join(''));
  const root: unknown = Array.isArray(plan) && isNode(plan[0]) ? plan[0].Plan : null;
  if (!isNode(root)) return { kind: 'plan', scans: [], advice: null };
  const scans = listScans(root)
    .filter(({ cost }) => cost >= Number(root['Total Cost']) * WORTH_NAMING)
    .sort((a, b) => b.cost - a.cost);
  return { kind: 'plan', scans, advice: adviseOn(scans) };
}

function adviseOn(scans: readonly TableScan[]): string | null {
  const filtered = scans.find(({ columns }) => columns.length > 0);
  if (filtered) return `an index on ${filtered.table} (${filtered.columns.join(', ')}) would help`;
  const whole = scans[0];
  return whole ? `it reads all of ${whole.table}: narrow it by :from and :to on an indexed column` : null;
}

function listScans(node: Readonly<Record<string, unknown>>): TableScan[] {
  const below = Array.isArray(node.Plans) ? node.Plans.filter(isNode).flatMap(listScans) : [];
  if (node['Node Type'] !== 'Seq Scan') return below;
  const scan = {
    table: `${String(node.Schema)}.${String(node['Relation Name'])}`,
    columns: typeof node.Filter === 'string' ? columnsOf(node.Filter) : [],
    cost: Number(node['Total Cost']),
  };
  return [scan, ...below];
}

/** The columns that a filter of a plan names: those compared for equality first, as an index wants them. */
function columnsOf(filter: string): string[] {
  const parsed = parseSql(`select ${filter}`);
  if ('refusal' in parsed) return [];
  const equal = new Set<string>();
  const others = new Set<string>();
  const visit = (value: unknown, isEqual: boolean): void => {
    if (typeof value !== 'object' || value === null) return;
    const node = isNode(value) ? value : {};
    const name = isNode(node.ColumnRef) ? namesOf(node.ColumnRef.fields).at(-1) : undefined;
    if (name !== undefined) (isEqual ? equal : others).add(name);
    const compared = isNode(node.A_Expr) ? namesOf(node.A_Expr.name)[0] === '=' : isEqual;
    for (const part of Object.values(value)) visit(part, compared);
  };
  visit(parsed.statements[0]?.tree, false);
  return [...new Set([...equal, ...others])];
}
