import { createHash } from 'node:crypto';
import { parseSql, type SqlStatement } from './parse-sql.ts';
import { numberBinds, type BoundSql } from './sql-binds.ts';
import { columnProblems, outputColumns } from './sql-columns.ts';
import { lineOfByte, lineOfCharacter, type SqlProblem } from './sql-problem.ts';
import { isNode, readTree, statementName } from './sql-tree.ts';
import type { CheckedSql } from './types.ts';

/** What a check of SQL says: it is one SELECT, or everything that is wrong with it. */
export type SqlCheck = { ok: CheckedSql } | { problems: readonly SqlProblem[] };

const MAX_CHARS = 100_000;
const ONE_SELECT = 'Give one SELECT, or WITH … SELECT.';

/**
 * Proves with PostgreSQL's own parser that SQL of a file is one SELECT that only reads, and gives it with its binds numbered.
 * `columns` are those it must have; of cuts and tables of their own they differ. Never throws.
 */
export function checkSql(
  sql: string,
  needed: { columns: readonly string[] } = { columns: ['value'] },
): SqlCheck {
  const unreadable = findUnreadable(sql);
  if (unreadable) return { problems: [unreadable] };
  const bound = numberBinds(sql);
  if ('problems' in bound) return bound;
  try {
    return checkBound(bound.ok, needed.columns);
  } catch (error) {
    if (error instanceof RangeError)
      return { problems: [{ reason: 'the SQL is nested too deeply', hint: ONE_SELECT }] };
    throw error;
  }
}

// The parser and the server read up to a zero byte; half a character would be changed on its way.
function findUnreadable(sql: string): SqlProblem | undefined {
  if (sql.trim() === '') return { reason: 'there is no SQL', hint: ONE_SELECT };
  if (sql.length > MAX_CHARS) {
    return { reason: `the SQL has more than ${MAX_CHARS} characters`, hint: 'Put parts of it into views.' };
  }
  if (sql.includes('\0') || !sql.isWellFormed()) {
    return { reason: 'the SQL holds a character that is no text', hint: 'Save the file as UTF-8.' };
  }
  return undefined;
}

function checkBound(bound: BoundSql, needed: readonly string[]): SqlCheck {
  const parsed = parseSql(bound.text);
  if ('refusal' in parsed) {
    const { message, position } = parsed.refusal;
    return {
      problems: [
        { reason: namingBinds(message, bound), hint: null, line: lineOfCharacter(bound.text, position) },
      ],
    };
  }
  const [statement, second] = parsed.statements;
  if (!statement) return { problems: [{ reason: 'there is no SQL', hint: ONE_SELECT }] };
  if (second) {
    const reason = `there are ${parsed.statements.length} statements`;
    return { problems: [{ reason, hint: ONE_SELECT, line: lineOfByte(bound.text, second.start + 1) }] };
  }
  return checkStatement(bound, statement, needed);
}

function checkStatement(
  bound: BoundSql,
  { tree, start, end }: SqlStatement,
  needed: readonly string[],
): SqlCheck {
  const select = tree.SelectStmt;
  if (!isNode(select)) {
    const reason = `the statement is ${statementName(Object.keys(tree)[0] ?? '')}, not SELECT`;
    return { problems: [{ reason, hint: ONE_SELECT, line: 1 }] };
  }
  const { tables, findings } = readTree(tree);
  const columns = outputColumns(select);
  const problems: SqlProblem[] = [
    ...findings.map(({ reason, hint, at }) =>
      at === null ? { reason, hint } : { reason, hint, line: lineOfByte(bound.text, at) },
    ),
    ...(columns ? columnProblems(columns, needed) : []),
  ];
  if (problems.length > 0) return { problems };
  const text = Buffer.from(bound.text)
    .subarray(start, end ?? undefined)
    .toString()
    .trimEnd();
  const hash = createHash('sha256').update(text).digest('hex');
  return { ok: { text, hash, usesFrom: bound.usesFrom, usesTo: bound.usesTo, tables, columns } };
}

// The parser saw numbers where the file has names.
function namingBinds(message: string, { usesFrom }: BoundSql): string {
  return message.replaceAll('$2', ':to').replaceAll('$1', usesFrom ? ':from' : ':to');
}
