import type { WorkspaceChecks } from './checks.ts';
import { cutHashOf, definitionHashOf } from './definition-hash.ts';
import { errorAt, hasError, inFile, type Parsed } from './finding.ts';
import type { Memo } from './memo.ts';
import { parseCut } from './parse-cut.ts';
import { parseMetric } from './parse-metric.ts';
import { checkSqlText, readSql, type SqlSource } from './sql-source.ts';
import type { Cut, Metric, Problem } from './types.ts';
import { type FolderListing, listYamlFiles, readWorkspaceFile } from './workspace-folder.ts';
import type { YamlTree } from './yaml-tree.ts';

/** A metric or cut, and where its keys stand in its file. */
export type Definition<T> = { value: T; lineOf: YamlTree['lineOf'] };

/** The metrics or cuts of a folder; those that are wrong are in `broken`, by id. */
export type Definitions<T> = { definitions: Definition<T>[]; broken: string[]; problems: Problem[] };

export type ReadContext = { dir: string; checks: WorkspaceChecks; memo: Memo; zone: string };

/** How many files are read at a time. */
const BATCH = 32;

type Draft<T> = {
  sql: SqlSource;
  lineOf: YamlTree['lineOf'];
  sources: readonly string[] | null;
  complete(sql: string): T;
};
type Parse<T> = (text: string, where: { id: string; file: string }) => Parsed<Draft<T>>;

/** Reads every metric of a workspace; a bad file leaves out that metric alone. */
export async function readMetrics(context: ReadContext): Promise<Definitions<Metric>> {
  const listing = await listYamlFiles(context.dir, 'metrics');
  return readDefinitions(listing, context, (text, where) => {
    const { value, findings } = parseMetric(text, { ...where, zone: context.zone, checks: context.checks });
    if (!value) return { value, findings };
    const { metric, sql, lineOf } = value;
    const complete = (query: string): Metric => ({
      ...metric,
      sql: query,
      definitionHash: definitionHashOf({ ...metric, sql: query }),
    });
    return {
      value: { sql, lineOf, sources: metric.sources, complete },
      findings,
    };
  });
}

/** Reads every cut of a workspace; a bad file leaves out that cut alone. */
export async function readCuts(context: ReadContext): Promise<Definitions<Cut>> {
  const listing = await listYamlFiles(context.dir, 'cuts');
  return readDefinitions(listing, context, (text, where) => {
    const { value, findings } = parseCut(text, where);
    if (!value) return { value, findings };
    const { cut, sql, lineOf } = value;
    const complete = (query: string): Cut => ({
      ...cut,
      sql: query,
      definitionHash: cutHashOf({ ...cut, sql: query }),
    });
    return { value: { sql, lineOf, sources: null, complete }, findings };
  });
}

async function readDefinitions<T>(
  listing: FolderListing,
  context: ReadContext,
  parse: Parse<T>,
): Promise<Definitions<T>> {
  const result: Definitions<T> = { definitions: [], broken: [], problems: [...listing.problems] };
  for (let start = 0; start < listing.files.length; start += BATCH) {
    const batch = listing.files.slice(start, start + BATCH);
    const read = await Promise.all(batch.map((where) => readDefinition(where, context, parse)));
    for (const [index, one] of read.entries()) {
      if (!one) continue;
      result.problems.push(...one.problems);
      if (one.definition) result.definitions.push(one.definition);
      else result.broken.push(batch[index]?.id ?? '');
    }
  }
  return result;
}

type Reading<T> = { definition: Definition<T> | null; problems: Problem[] };

// Null: the file went away since the folder was listed. Whatever goes wrong with one file stays with it.
async function readDefinition<T>(
  where: { id: string; file: string },
  context: ReadContext,
  parse: Parse<T>,
): Promise<Reading<T> | null> {
  const { kind, text } = await readWorkspaceFile(context.dir, where.file);
  if (kind === 'missing') return null;
  const problems = inFile(where.file, text.findings);
  if (text.value === null) return { definition: null, problems };
  const source = text.value;
  try {
    const parsed = context.memo.get(where.file, `${context.zone}\n${source}`, () => parse(source, where));
    problems.push(...inFile(where.file, parsed.findings));
    if (!parsed.value) return { definition: null, problems };
    const { definition, problems: sqlProblems } = await completeDraft(parsed.value, where.file, context);
    return { definition, problems: [...problems, ...sqlProblems] };
  } catch (error) {
    const reason = `The file could not be checked: ${error instanceof Error ? error.message : String(error)}`;
    return { definition: null, problems: [...problems, ...inFile(where.file, [errorAt(1, reason, null)])] };
  }
}

async function completeDraft<T>(
  draft: Draft<T>,
  file: string,
  { dir, checks, memo }: ReadContext,
): Promise<Reading<T>> {
  const { sql, problems } = await readSql(dir, file, draft.sql);
  if (!sql) return { definition: null, problems };
  const key = JSON.stringify([draft.sources, sql.text, sql.locate(null), sql.locate(1)]);
  const found = await memo.get(`${file} sql`, key, () => checkSqlText(sql, draft.sources, checks));
  if (hasError(found)) return { definition: null, problems: [...problems, ...found] };
  return {
    definition: { value: draft.complete(sql.text), lineOf: draft.lineOf },
    problems: [...problems, ...found],
  };
}
