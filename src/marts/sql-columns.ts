import type { SqlNode } from './parse-sql.ts';
import type { SqlProblem } from './sql-problem.ts';
import { isNode, namesOf, nodesOf } from './sql-tree.ts';

/** What PostgreSQL names a column that it finds no name for. */
const NAMELESS = '?column?';

const NAME_OF_KIND: Readonly<Record<string, string>> = {
  A_ArrayExpr: 'array',
  CoalesceExpr: 'coalesce',
  GroupingFunc: 'grouping',
  JsonArrayAgg: 'json_arrayagg',
  JsonArrayConstructor: 'json_array',
  JsonArrayQueryConstructor: 'json_array',
  JsonObjectAgg: 'json_objectagg',
  JsonObjectConstructor: 'json_object',
  JsonParseExpr: 'json',
  JsonScalarExpr: 'json_scalar',
  JsonSerializeExpr: 'json_serialize',
  RowExpr: 'row',
  XmlSerialize: 'xmlserialize',
};

/** A name, and whether a cast around it keeps it (PostgreSQL's FigureColname, parse_target.c). */
type Figured = { name: string; strong: boolean };

/** Gives the names of a SELECT's output columns as PostgreSQL names them, or null when only the warehouse can tell (`*`). */
export function outputColumns(select: SqlNode): readonly string[] | null {
  if (isNode(select.larg)) return outputColumns(select.larg);
  const rows = nodesOf(select.valuesLists);
  if (rows.length > 0) return columnsOfValues(rows[0]);
  const targets = nodesOf(select.targetList).flatMap(({ ResTarget }) =>
    isNode(ResTarget) ? [ResTarget] : [],
  );
  const names = targets.map(nameOfTarget);
  return names.every((name) => name !== null) ? names : null;
}

/** Says what is wrong with a query's columns: two named alike, or one missing that is needed. */
export function columnProblems(columns: readonly string[], needed: readonly string[]): SqlProblem[] {
  const twice = new Set(columns.filter((name, index) => columns.indexOf(name) !== index));
  const alike = [...twice].map((name) => ({
    reason: name === NAMELESS ? 'two columns have no name' : `two columns are named ${name}`,
    hint: 'Name each with "as", and leave out those that are not needed.',
  }));
  const missing = needed
    .filter((name) => !columns.includes(name))
    .map((name) => missingColumn(name, columns));
  return [...alike, ...missing];
}

function missingColumn(name: string, columns: readonly string[]): SqlProblem {
  const quoted = columns.find((column) => column.toLowerCase() === name);
  if (quoted !== undefined) {
    return {
      reason: `there is no column ${name}, but "${quoted}"`,
      hint: `Write ${name} in lower case, without quotes.`,
    };
  }
  const got = columns.length > 0 ? `; it gives ${columns.join(', ')}` : '';
  return { reason: `there is no column ${name}${got}`, hint: `Name the number: select … as ${name}.` };
}

function columnsOfValues(row: SqlNode | undefined): string[] {
  const items = isNode(row?.List) ? nodesOf(row.List.items) : [];
  return items.map((_, index) => `column${index + 1}`);
}

function nameOfTarget(target: SqlNode): string | null {
  if (typeof target.name === 'string') return target.name;
  if (isNode(target.val) && isStar(target.val)) return null;
  return figureName(target.val)?.name ?? NAMELESS;
}

function isStar(value: SqlNode): boolean {
  const reference = value.ColumnRef;
  if (isNode(reference)) return nodesOf(reference.fields).some((field) => 'A_Star' in field);
  const indirection = value.A_Indirection;
  return isNode(indirection) && nodesOf(indirection.indirection).some((part) => 'A_Star' in part);
}

function figureName(value: unknown): Figured | undefined {
  if (!isNode(value)) return undefined;
  const [kind, node] = Object.entries(value)[0] ?? [];
  if (kind === undefined || !isNode(node)) return undefined;
  const fixed = NAME_OF_KIND[kind] ?? computedName(kind, node);
  if (fixed !== undefined) return { name: fixed, strong: true };
  switch (kind) {
    case 'A_Indirection':
      return lastName(node.indirection) ?? figureName(node.arg);
    case 'CollateClause':
      return figureName(node.arg);
    case 'TypeCast':
      return figureCast(node);
    case 'CaseExpr':
      return strongOr(figureName(node.defresult), { name: 'case', strong: false });
    case 'SubLink':
      return figureSubLink(node);
    default:
      return undefined;
  }
}

function computedName(kind: string, node: SqlNode): string | undefined {
  switch (kind) {
    case 'ColumnRef':
      return namesOf(node.fields).at(-1);
    case 'FuncCall':
      return namesOf(node.funcname).at(-1);
    case 'A_Expr':
      return node.kind === 'AEXPR_NULLIF' ? 'nullif' : undefined;
    case 'MinMaxExpr':
      return node.op === 'IS_LEAST' ? 'least' : 'greatest';
    case 'SQLValueFunction':
      return String(node.op)
        .replace(/^SVFOP_/, '')
        .replace(/_N$/, '')
        .toLowerCase();
    case 'XmlExpr':
      return String(node.op).replace(/^IS_/, '').toLowerCase();
    case 'JsonFuncExpr':
      return String(node.op)
        .replace(/^JSON_(\w+)_OP$/, 'json_$1')
        .toLowerCase();
    default:
      return undefined;
  }
}

function figureCast({ arg, typeName }: SqlNode): Figured | undefined {
  const type = isNode(typeName) ? namesOf(typeName.names).at(-1) : undefined;
  const inner = figureName(arg);
  return type === undefined ? inner : strongOr(inner, { name: type, strong: false });
}

function figureSubLink({ subLinkType, subselect }: SqlNode): Figured | undefined {
  if (subLinkType === 'EXISTS_SUBLINK') return { name: 'exists', strong: true };
  if (subLinkType === 'ARRAY_SUBLINK') return { name: 'array', strong: true };
  if (subLinkType !== 'EXPR_SUBLINK' || !isNode(subselect) || !isNode(subselect.SelectStmt)) return undefined;
  const name = outputColumns(subselect.SelectStmt)?.[0];
  return name === undefined || name === NAMELESS ? undefined : { name, strong: true };
}

function lastName(list: unknown): Figured | undefined {
  const name = namesOf(list).at(-1);
  return name === undefined ? undefined : { name, strong: true };
}

function strongOr(inner: Figured | undefined, weak: Figured): Figured {
  return inner?.strong === true ? inner : weak;
}
