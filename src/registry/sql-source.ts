import { isAbsolute, posix } from 'node:path';
import type { WorkspaceChecks } from './checks.ts';
import { errorAt, inFile, quoted } from './finding.ts';
import { readWorkspaceFile } from './workspace-folder.ts';
import type { Problem } from './types.ts';
import type { YamlTree } from './yaml-tree.ts';

/** Where a file's SQL is: in it, from `blockLine` on when its lines stand there one by one, or in a file of its own. */
export type SqlSource =
  | { kind: 'inline'; text: string; line: number; blockLine: number | null }
  | { kind: 'file'; path: string; line: number };

/** SQL that was read, and how its lines are named in problems. */
export type SqlText = { text: string; locate(line: number | null): { file: string; line: number } };

/** Finds the SQL of a metric or cut whose schema saw exactly one of `sql` and `sql_file`. */
export function findSqlSource(
  { sql, sql_file: path }: { sql?: string | undefined; sql_file?: string | undefined },
  tree: YamlTree,
): SqlSource {
  if (path !== undefined) return { kind: 'file', path, line: tree.lineOf(['sql_file']) };
  return {
    kind: 'inline',
    text: sql ?? '',
    line: tree.lineOf(['sql']),
    blockLine: tree.blockLineOf(['sql']),
  };
}

/** Reads the SQL; `owner` is the path of the metric's or cut's file. */
export async function readSql(
  dir: string,
  owner: string,
  source: SqlSource,
): Promise<{ sql: SqlText | null; problems: Problem[] }> {
  if (source.kind === 'inline') {
    const { text, line, blockLine } = source;
    const lineOf = (at: number | null): number =>
      at === null || blockLine === null ? line : blockLine + at - 1;
    return { sql: { text, locate: (at) => ({ file: owner, line: lineOf(at) }) }, problems: [] };
  }
  const { path, line } = source;
  const file = posix.join(posix.dirname(owner), path.replaceAll('\\', '/'));
  const refuse = (reason: string, hint: string) => ({
    sql: null,
    problems: inFile(owner, [errorAt(line, reason, hint)]),
  });
  if (isAbsolute(path) || file === '..' || file.startsWith('../')) {
    return refuse(
      `sql_file ${quoted(path)} leads outside the workspace folder.`,
      'Give a path inside it, such as ./name.sql.',
    );
  }
  const reading = await readWorkspaceFile(dir, file);
  if (reading.kind === 'missing') {
    return refuse(
      `sql_file ${quoted(path)} does not exist.`,
      `Create ${file}, or write the SQL here under "sql: |".`,
    );
  }
  const { value, findings } = reading.text;
  const problems = inFile(file, findings);
  if (value === null) return { sql: null, problems };
  return { sql: { text: value, locate: (at) => ({ file, line: at ?? 1 }) }, problems };
}

/** Says what the warehouse's check finds in the SQL, in the file and line where it stands. */
export async function checkSqlText(
  sql: SqlText,
  sources: readonly string[] | null,
  checks: Pick<WorkspaceChecks, 'checkSql'>,
): Promise<Problem[]> {
  const found = await checks.checkSql(sql.text, sources);
  return found.map(({ reason, hint, line, severity }) => ({
    ...sql.locate(line ?? null),
    reason: asSentence(reason),
    hint: hint === null ? null : asSentence(hint),
    severity: severity ?? 'error',
  }));
}

function asSentence(text: string): string {
  const whole = text.trim();
  const end = /[.!?…]$/.test(whole) ? '' : '.';
  return `${whole.charAt(0).toUpperCase()}${whole.slice(1)}${end}`;
}
