import type { z } from 'zod';
import { errorAt, type Finding, hasError, type Parsed } from './finding.ts';
import type { FileKind } from './json-schemas.ts';
import { schemaFindings } from './schema-findings.ts';
import { parseYaml, type YamlTree } from './yaml-tree.ts';

/** A file that fits its schema, with the lines of what it says. */
export type SchemaFile<T> = { data: T; tree: YamlTree };

/** Reads YAML that holds keys and fits a schema; what no schema can say is left to the caller. */
export function parseSchemaFile<T>(
  text: string,
  kind: FileKind,
  schema: z.ZodType<T>,
): Parsed<SchemaFile<T>> {
  const { value: tree, findings } = parseYaml(text);
  if (!tree) return { value: null, findings };
  if (!isRecord(tree.data)) {
    const reason = tree.data === null ? 'The file is empty.' : 'The file holds no keys.';
    return { value: null, findings: [...findings, errorAt(1, reason, 'Write "key: value" on each line.')] };
  }
  const checked = schema.safeParse(tree.data);
  const presence = kind === 'metric' || kind === 'cut' ? presenceFindings(tree.data, kind, tree) : [];
  findings.push(...presence);
  if (!checked.success)
    return { value: null, findings: [...findings, ...schemaFindings(checked.error, { kind, tree })] };
  return hasError(findings) ? { value: null, findings } : { value: { data: checked.data, tree }, findings };
}

function presenceFindings(data: Record<string, unknown>, kind: 'metric' | 'cut', tree: YamlTree): Finding[] {
  const findings: Finding[] = [];
  const has = (key: string): boolean => Object.hasOwn(data, key);
  if (has('sql') && has('sql_file')) {
    findings.push(
      errorAt(tree.lineOf(['sql_file']), 'There are both sql and sql_file.', 'Remove one of them.'),
    );
  }
  if (!has('sql') && !has('sql_file')) {
    const hint = `Add "sql: |" with one SELECT below it, or sql_file: ./<name>.sql.`;
    findings.push(errorAt(emptyLine(tree, ['sql', 'sql_file']), 'There is no sql.', hint));
  }
  if (kind === 'metric' && !has('period') && !has('schedule')) {
    const hint = 'Add "period: 1h" or a cron such as schedule: "17 * * * *".';
    findings.push(
      errorAt(emptyLine(tree, ['period', 'schedule']), 'There is neither period nor schedule.', hint),
    );
  }
  return findings;
}

function emptyLine(tree: YamlTree, keys: readonly string[]): number {
  const key = keys.find((name) => tree.isEmpty([name]));
  return key === undefined ? 1 : tree.lineOf([key]);
}

/** Tells whether a value is a map of keys. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
