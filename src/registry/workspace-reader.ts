import type { WorkspaceChecks } from './checks.ts';
import { readBuiltIns } from './built-ins.ts';
import { crossProblems } from './cross-check.ts';
import { errorAt, inFile, warningAt } from './finding.ts';
import { createMemo, type Memo } from './memo.ts';
import { parseOwners, type ParsedOwners } from './parse-owners.ts';
import { parseWorkspace } from './parse-workspace.ts';
import { type Definition, readCuts, type ReadContext, readMetrics } from './read-definitions.ts';
import { readPages } from './read-pages.ts';
import type { BrokenParts, Problem, Registry, Workspace } from './types.ts';
import { readWorkspaceFile } from './workspace-folder.ts';
import type { YamlTree } from './yaml-tree.ts';

/** What a reading of the folder gave, before links go both ways and last good definitions stand in for broken parts. */
export type WorkspaceFiles = Omit<Registry, 'workspace' | 'broken'> & {
  /** null when workspace.yaml is missing or wrong */
  workspace: Workspace | null;
  /** there is no workspace.yaml: the folder is another one, or not there at all */
  isMissing: boolean;
  broken: BrokenParts;
};

/** Reads a workspace folder as often as asked; files that did not change are not parsed again. */
export type WorkspaceReader = { read: () => Promise<WorkspaceFiles> };

const WORKSPACE_FILE = 'workspace.yaml';
const OWNERS_FILE = 'owners.yaml';
const FALLBACK_ZONE = 'UTC';

/** Makes a reader of a folder. It throws InputError `workspace_unreadable` when the disk fails; bad files are problems. */
export function createWorkspaceReader(dir: string, checks: WorkspaceChecks): WorkspaceReader {
  const memo = createMemo();
  // files of the pack have names that files of the workspace may have too
  const packMemo = createMemo();
  let lastZone = FALLBACK_ZONE;
  return {
    read: async () => {
      const files = await readAll({ dir, checks, memo, zone: lastZone }, packMemo);
      memo.forgetUnused();
      packMemo.forgetUnused();
      lastZone = files.workspace?.timezone ?? lastZone;
      return files;
    },
  };
}

async function readAll(context: ReadContext, packMemo: Memo): Promise<WorkspaceFiles> {
  const { dir, checks, memo } = context;
  const [main, owners] = await Promise.all([readMain(dir, checks, memo), readOwners(dir, memo)]);
  const zone = main.workspace?.timezone ?? context.zone;
  const metrics = await readMetrics({ ...context, zone });
  const cuts = await readCuts({ ...context, zone });
  const pages = await readPages(dir);
  const own = valuesOf(metrics.definitions);
  const builtIns = await readBuiltIns(main.workspace, own, { checks, memo: packMemo, zone });
  const broken: BrokenParts = {
    metrics: metrics.broken,
    cuts: cuts.broken,
    people: owners.broken,
    ownersFile: owners.isFileBroken,
  };
  const input = {
    workspace: main.workspace,
    people: owners.people,
    metrics: new Map([...own, ...builtIns.metrics].toSorted(([a], [b]) => compare(a, b))),
    cuts: valuesOf(cuts.definitions),
    broken,
  };
  const cross = crossProblems({
    ...input,
    workspaceLines: main.lineOf,
    lines: new Map(
      [...metrics.definitions, ...cuts.definitions].map(({ value, lineOf }) => [value.file, lineOf]),
    ),
  });
  const problems = [main, owners, metrics, cuts, pages, builtIns].flatMap((part) => part.problems);
  return {
    dir,
    ...input,
    isMissing: main.isMissing,
    pages: pages.pages,
    problems: sortProblems([...problems, ...cross]),
  };
}

function valuesOf<T extends { id: string }>(definitions: readonly Definition<T>[]): Map<string, T> {
  return new Map(definitions.map(({ value }) => [value.id, value]));
}

type Main = {
  workspace: Workspace | null;
  isMissing: boolean;
  lineOf: YamlTree['lineOf'];
  problems: Problem[];
};

async function readMain(dir: string, checks: WorkspaceChecks, memo: Memo): Promise<Main> {
  const { kind, text } = await readWorkspaceFile(dir, WORKSPACE_FILE);
  const none = { workspace: null, isMissing: kind === 'missing', lineOf: () => 1 };
  if (kind === 'missing') {
    const finding = errorAt(1, `There is no ${WORKSPACE_FILE}.`, MISSING_HINT);
    return { ...none, problems: inFile(WORKSPACE_FILE, [finding]) };
  }
  if (text.value === null) return { ...none, problems: inFile(WORKSPACE_FILE, text.findings) };
  const source = text.value;
  return memo.get(WORKSPACE_FILE, source, () => {
    const { value, findings } = parseWorkspace(source, checks);
    return { ...none, ...value, problems: inFile(WORKSPACE_FILE, [...text.findings, ...findings]) };
  });
}

const MISSING_HINT =
  'Create one with at least "name: My shop" and "timezone: Europe/Madrid", or name the folder that has one.';

async function readOwners(
  dir: string,
  memo: Memo,
): Promise<Omit<ParsedOwners, 'findings'> & { problems: Problem[] }> {
  const { kind, text } = await readWorkspaceFile(dir, OWNERS_FILE);
  const nobody = { people: [], broken: [], isFileBroken: kind === 'refused' };
  if (kind === 'missing') {
    const hint = 'Create it with an entry such as "- email: ivan@shop.test".';
    return {
      ...nobody,
      problems: inFile(OWNERS_FILE, [
        warningAt(1, 'There is no owners.yaml, so nobody may use the bot.', hint),
      ]),
    };
  }
  const source = text.value;
  if (source === null) return { ...nobody, isFileBroken: true, problems: inFile(OWNERS_FILE, text.findings) };
  return memo.get(OWNERS_FILE, source, () => {
    const { findings, ...owners } = parseOwners(source);
    return { ...owners, problems: inFile(OWNERS_FILE, [...text.findings, ...findings]) };
  });
}

function sortProblems(problems: readonly Problem[]): Problem[] {
  return problems.toSorted(
    (a, b) => compare(a.file, b.file) || a.line - b.line || compare(a.reason, b.reason),
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
