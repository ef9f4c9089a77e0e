import type { Memo } from './memo.ts';
import { readMetrics } from './read-definitions.ts';
import type { WorkspaceChecks } from './checks.ts';
import type { Metric, Problem, Workspace } from './types.ts';

/** Who says that a built-in metric is verified: the program, of its own files. */
const AUTHOR = 'heartbeat';
const FOLDER = 'packs/self';

/** Metrics that come with the program, by id; none unless the workspace asks for them. */
export type BuiltIns = { metrics: ReadonlyMap<string, Metric>; problems: Problem[] };

/**
 * Reads the metrics about Heartbeat itself from the folder that the checks name, when `self_watch` is on. One whose id a file of the
 * workspace has is left out, with a warning there.
 */
export async function readBuiltIns(
  workspace: Workspace | null,
  taken: ReadonlyMap<string, Metric>,
  { checks, memo, zone }: { checks: WorkspaceChecks; memo: Memo; zone: string },
): Promise<BuiltIns> {
  const dir = checks.selfPackDir;
  if (dir === undefined || workspace?.policies.selfWatch !== true)
    return { metrics: new Map(), problems: [] };
  const { definitions, problems } = await readMetrics({ dir, checks, memo, zone });
  const free = definitions.flatMap(({ value }) => (taken.has(value.id) ? [] : [toBuiltIn(value)]));
  return {
    metrics: new Map(free.map((metric) => [metric.id, metric])),
    problems: [
      ...problems.map((problem) => ({ ...problem, file: `${FOLDER}/${problem.file}` })),
      ...definitions.flatMap(({ value }) => clashOf(taken.get(value.id))),
    ],
  };
}

function toBuiltIn(metric: Metric): Metric {
  return {
    ...metric,
    builtIn: true,
    file: `${FOLDER}/${metric.file}`,
    verified: metric.verified && { ...metric.verified, by: AUTHOR },
  };
}

function clashOf(own: Metric | undefined): Problem[] {
  if (own === undefined) return [];
  const reason = `self_watch has a metric ${own.id} too, which is left out.`;
  return [{ file: own.file, line: 1, reason, hint: 'Give this file another name.', severity: 'warning' }];
}
