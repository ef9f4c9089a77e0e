import type { SqlNode } from './parse-sql.ts';
import { isRefusedFunction } from './sql-refusals.ts';

/** What in a SELECT is not reading; `at` counts bytes of the text, null where the parser tells no place. */
export type TreeFinding = { reason: string; hint: string | null; at: number | null };

/** What a statement reads, and what of it is refused. */
export type TreeReading = { tables: readonly string[]; findings: readonly TreeFinding[] };

const READ_ONLY_HINT = 'A metric only reads: give one SELECT, or WITH … SELECT.';

/** Names under which a WITH of an enclosing SELECT is known; they are no tables. */
type Scope = ReadonlySet<string>;

/** Walks a statement's tree for the tables it reads and for everything that is more than reading. */
export function readTree(tree: SqlNode): TreeReading {
  const tables = new Set<string>();
  const findings: TreeFinding[] = [];
  const visit = (value: unknown, scope: Scope): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item, scope);
      return;
    }
    if (!isNode(value)) return;
    const inner = isNode(value.withClause) ? visitWith(value.withClause, scope, visit) : scope;
    for (const [key, part] of Object.entries(value)) {
      if (key === 'withClause') continue;
      const finding = findingOf(key, part);
      if (finding) findings.push(finding);
      if (key === 'RangeVar' && isNode(part)) addTable(part, inner, tables);
      visit(part, inner);
    }
  };
  visit(tree, new Set());
  return { tables: [...tables].sort(), findings };
}

// A query of a WITH sees the names before it; with RECURSIVE all of them, itself included.
function visitWith(clause: SqlNode, scope: Scope, visit: (value: unknown, scope: Scope) => void): Scope {
  const queries = nodesOf(clause.ctes).flatMap(({ CommonTableExpr }) =>
    isNode(CommonTableExpr) ? [CommonTableExpr] : [],
  );
  const names = queries.map(({ ctename }) => String(ctename));
  queries.forEach((query, index) => {
    visit(query, new Set([...scope, ...(clause.recursive === true ? names : names.slice(0, index))]));
  });
  return new Set([...scope, ...names]);
}

function addTable({ schemaname, relname }: SqlNode, scope: Scope, tables: Set<string>): void {
  const name = String(relname);
  if (typeof schemaname === 'string') tables.add(`${schemaname}.${name}`.toLowerCase());
  else if (!scope.has(name)) tables.add(name.toLowerCase());
}

function findingOf(key: string, part: unknown): TreeFinding | undefined {
  if (key.endsWith('Stmt') && key !== 'SelectStmt') {
    return { reason: `${statementName(key)} is not reading`, hint: READ_ONLY_HINT, at: firstLocation(part) };
  }
  if (key === 'intoClause') {
    return { reason: 'SELECT INTO makes a table', hint: READ_ONLY_HINT, at: firstLocation(part) };
  }
  if (key === 'lockingClause') {
    return { reason: 'FOR UPDATE or FOR SHARE locks rows', hint: 'Leave the locking clause out.', at: null };
  }
  return key === 'FuncCall' && isNode(part) ? findingOfCall(part) : undefined;
}

function findingOfCall(call: SqlNode): TreeFinding | undefined {
  const path = namesOf(call.funcname);
  const name = path.at(-1) ?? '';
  if (!isRefusedFunction(name, path.at(-2))) return undefined;
  const hint = 'A metric may not write, sleep, lock, read files, change settings or reach out.';
  return { reason: `${name}() may not be called`, hint, at: firstLocation(call) };
}

/** Gives the words of a statement's kind: `CREATE TABLE AS` of `CreateTableAsStmt`. */
export function statementName(kind: string): string {
  const words = kind.replace(/Stmt$/, '').match(/[A-Z]+[a-z]*/g) ?? [kind];
  return words.join(' ').toUpperCase();
}

/** The strings of a list of names, such as a function's schema and name. */
export function namesOf(list: unknown): string[] {
  return nodesOf(list).flatMap(({ String: name }) =>
    isNode(name) && typeof name.sval === 'string' ? [name.sval] : [],
  );
}

/** The nodes of a list; none where it is no list. */
export function nodesOf(list: unknown): SqlNode[] {
  return Array.isArray(list) ? list.filter(isNode) : [];
}

export function isNode(value: unknown): value is SqlNode {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function firstLocation(value: unknown): number | null {
  if (typeof value !== 'object' || value === null) return null;
  if (isNode(value) && typeof value.location === 'number') return value.location;
  for (const part of Object.values(value)) {
    const found = firstLocation(part);
    if (found !== null) return found;
  }
  return null;
}
