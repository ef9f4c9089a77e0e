import type { z } from 'zod';
import { errorAt, type Finding, findNearest, quoted } from './finding.ts';
import { type FileKind, type JsonSchema, jsonSchemaOf } from './json-schemas.ts';
import type { YamlTree } from './yaml-tree.ts';

/** What a schema's issues are put into words with. `at` is where in the file the checked value stands. */
export type SchemaContext = { kind: FileKind; tree: YamlTree; at?: readonly PropertyKey[] };

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

const TYPE_WORDS: Record<string, string> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  array: 'a list',
  object: 'keys with values',
};

/** Words that people try, and the key that says it here. */
const OTHER_WORDS: Record<string, string> = {
  title: 'name',
  query: 'sql',
  description: 'how_to_read',
  interval: 'period',
  cron: 'schedule',
  method: 'methodology',
  mail: 'email',
  tz: 'timezone',
  language: 'locale',
};

/** Puts the issues of a workspace file's schema into sentences with lines and hints. */
export function schemaFindings(error: z.ZodError, context: SchemaContext): Finding[] {
  return error.issues.flatMap((issue) => issueFindings(issue, context));
}

function issueFindings(issue: Issue, context: SchemaContext): Finding[] {
  const path = [...(context.at ?? []), ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => unknownKey([...path, key], key, context));
  const line = context.tree.lineOf(path);
  const value = valueAt(context.tree.data, path);
  if (value === undefined) return [missing(path, line, context)];
  const label = labelOf(path);
  if (issue.code === 'invalid_type') return [wrongType(issue, { label, line, value })];
  if (issue.code === 'invalid_value') return [notOneOf(issue.values.map(String), { label, line, value })];
  if (issue.code === 'too_small' || issue.code === 'too_big')
    return [outOfRange(issue, { label, line, value })];
  const [reason = '', hint] = issue.message.split('\n');
  return [errorAt(line, `${label}${quoted(value)} ${reason}.`, hint ?? null)];
}

type Found = { label: string; line: number; value: unknown };

function wrongType(issue: z.core.$ZodIssueInvalidType, { label, line, value }: Found): Finding {
  const wanted = TYPE_WORDS[issue.expected] ?? issue.expected;
  const reason = `${label}${quoted(value)} is not ${wanted}.`;
  return errorAt(line, reason, typeHint(issue.expected, value));
}

function typeHint(expected: string, value: unknown): string {
  if (expected === 'array' && typeof value !== 'object') return `Write it as [${quoted(value)}].`;
  if (expected === 'string' && typeof value !== 'object') return `Put it in quotes: "${quoted(value)}".`;
  const isNumeric = typeof value === 'string' && value.trim() !== '' && Number.isFinite(Number(value));
  if (isNumeric) return `Remove the quotes: ${value.trim()}.`;
  if (expected === 'object') return 'Write keys below it, indented, each with a value.';
  return expected === 'array'
    ? 'Write entries below it, each after "- ".'
    : `Write ${TYPE_WORDS[expected] ?? expected}.`;
}

function notOneOf(values: readonly string[], { label, line, value }: Found): Finding {
  const nearest = typeof value === 'string' ? findNearest(value, values) : undefined;
  const hint = `Use ${listOf(values)}.`;
  return errorAt(
    line,
    `${label}${quoted(value)} is not known.`,
    nearest ? `Did you mean ${nearest}? ${hint}` : hint,
  );
}

function outOfRange(
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
  { label, line, value }: Found,
): Finding {
  if (Array.isArray(value))
    return errorAt(line, `${label}is an empty list.`, 'Add an entry or remove the line.');
  const [side, limit] =
    issue.code === 'too_small' ? (['small', issue.minimum] as const) : (['large', issue.maximum] as const);
  const bound = issue.code === 'too_small' ? 'least' : 'most';
  return errorAt(
    line,
    `${label}${quoted(value)} is too ${side}.`,
    `It must be at ${bound} ${String(limit)}.`,
  );
}

function unknownKey(path: Path, key: string, { kind, tree }: SchemaContext): Finding {
  const known = Object.keys(schemaAt(kind, path.slice(0, -1))?.properties ?? {});
  const other = OTHER_WORDS[key.toLowerCase()];
  const nearest = other && known.includes(other) ? other : findNearest(key, known);
  const isId = key === 'id' && (kind === 'metric' || kind === 'cut') && path.length === 1;
  const hint = isId
    ? 'Remove the line: the file name is the id.'
    : nearest
      ? `Did you mean ${nearest}?`
      : `Known here: ${listOf(known)}.`;
  return errorAt(tree.lineOf(path), `${quoted(key)} is not a known key.`, hint);
}

function missing(path: Path, line: number, { kind, tree }: SchemaContext): Finding {
  const schema = schemaAt(kind, path);
  const key = String(path.at(-1));
  const example = schema?.examples?.[0];
  const hint =
    example === undefined ? (schema?.description ?? null) : `Add "${key}: ${yamlOf(example)}" or the like.`;
  const label = labelOf(path).trim();
  return errorAt(line, tree.isEmpty(path) ? `${label} has no value.` : `${label} is missing.`, hint);
}

function yamlOf(example: unknown): string {
  return Array.isArray(example) ? `[${example.join(', ')}]` : String(example);
}

function labelOf(path: Path): string {
  const keys = path.filter((part) => typeof part !== 'number');
  return keys.length === 0 ? '' : `${keys.map(String).join('.')} `;
}

function valueAt(data: unknown, path: Path): unknown {
  let value = data;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

const schemas = new Map<FileKind, JsonSchema>();

function schemaAt(kind: FileKind, path: Path): JsonSchema | undefined {
  let schema = schemas.get(kind);
  if (!schema) {
    schema = jsonSchemaOf(kind);
    schemas.set(kind, schema);
  }
  for (const part of path) {
    schema = typeof part === 'number' ? schema?.items : schema?.properties?.[String(part)];
  }
  return schema;
}

function listOf(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
