import { resolve } from 'node:path';
import type { WorkspaceChecks } from './checks.ts';
import { hasError } from './finding.ts';
import { formatProblem } from './format-problem.ts';
import type { Problem } from './types.ts';
import { createWorkspaceReader } from './workspace-reader.ts';

/** What a check of a folder gave; its plain parts are what `--json` prints. */
export type WorkspaceReport = {
  dir: string;
  /** no file is wrong; warnings do not count. `heartbeat check` exits 0 then, else 2 */
  ok: boolean;
  /** what can run: files and entries without an error */
  counts: { metrics: number; cuts: number; people: number; pages: number; errors: number; warnings: number };
  problems: readonly Problem[];
};

/** Checks a workspace folder without running anything. Throws InputError `workspace_unreadable` when the disk fails. */
export async function checkWorkspace(dir: string, checks: WorkspaceChecks): Promise<WorkspaceReport> {
  const root = resolve(dir);
  const { metrics, cuts, people, pages, problems } = await createWorkspaceReader(root, checks).read();
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return {
    dir: root,
    ok: !hasError(problems),
    counts: {
      metrics: [...metrics.values()].filter(({ builtIn }) => builtIn !== true).length,
      cuts: cuts.size,
      people: people.length,
      pages: pages.size,
      errors,
      warnings: problems.length - errors,
    },
    problems,
  };
}

/** Writes a report for people: a line for each problem, `file:line: reason hint`, and a summary. */
export function formatReport({ counts, problems }: WorkspaceReport): string {
  const found = [count(counts.errors, 'error'), count(counts.warnings, 'warning')].join(', ');
  const good = [
    count(counts.metrics, 'metric'),
    count(counts.cuts, 'cut'),
    count(counts.people, 'person', 'people'),
    count(counts.pages, 'page'),
  ].join(', ');
  return [...problems.map(formatProblem), `${found}. Usable: ${good}.`].join('\n');
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
