import { CutFile } from './cut-file.ts';
import { hasError, type Parsed } from './finding.ts';
import { verifiedFindings } from './metric-rules.ts';
import { parseSchemaFile } from './parse-file.ts';
import { durationMs, readOwnership } from './parse-metric.ts';
import { findSqlSource, type SqlSource } from './sql-source.ts';
import type { Cut } from './types.ts';
import type { YamlTree } from './yaml-tree.ts';

const DEFAULT_WINDOW = '7d';
const DEFAULT_WINDOWS = ['1d', '7d', '28d', '90d'];

/** A cut whose SQL is yet to be read. */
export type CutDraft = {
  cut: Omit<Cut, 'sql' | 'definitionHash'>;
  sql: SqlSource;
  lineOf: YamlTree['lineOf'];
};

/** Reads the text of a cut file, all but its SQL. */
export function parseCut(text: string, { id, file }: { id: string; file: string }): Parsed<CutDraft> {
  const { value, findings } = parseSchemaFile(text, 'cut', CutFile);
  if (!value) return { value: null, findings };
  const { data, tree } = value;
  findings.push(...verifiedFindings(data, tree));
  if (hasError(findings)) return { value: null, findings };
  const window = data.window ?? DEFAULT_WINDOW;
  const windows = new Set([...(data.windows ?? DEFAULT_WINDOWS), window]);
  const cut: CutDraft['cut'] = {
    id,
    file,
    title: data.title.trim(),
    page: data.page,
    chart: data.chart,
    window,
    windows: [...windows].toSorted((a, b) => (durationMs(a) ?? 0) - (durationMs(b) ?? 0)),
    prose: data.prose?.trim() ?? '',
    howToRead: data.how_to_read?.trim() ?? '',
    minGroup: data.min_group ?? 0,
    ...readOwnership(data),
    feeds: data.feeds ?? [],
  };
  return { value: { cut, sql: findSqlSource(data, tree), lineOf: tree.lineOf }, findings };
}
