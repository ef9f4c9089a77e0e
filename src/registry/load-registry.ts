import { resolve } from 'node:path';
import { InputError } from '../errors.ts';
import type { WorkspaceChecks } from './checks.ts';
import { formatProblem } from './format-problem.ts';
import { linkBothWays } from './links.ts';
import type { Registry } from './types.ts';
import { createWorkspaceReader, type WorkspaceFiles } from './workspace-reader.ts';

/**
 * Reads and checks a workspace folder. A bad metric, cut or person is left out and listed among the problems. Throws
 * InputError `workspace_missing` or `workspace_invalid` when workspace.yaml is not there or wrong, `workspace_unreadable`
 * when the disk fails.
 */
export async function loadRegistry(dir: string, checks: WorkspaceChecks): Promise<Registry> {
  return getRegistry(await createWorkspaceReader(resolve(dir), checks).read());
}

/** Gives the registry that a reading holds. Throws as `loadRegistry` does when it has no workspace. */
function getRegistry(files: WorkspaceFiles): Registry {
  const { workspace, isMissing, ...rest } = files;
  if (workspace) return { ...rest, workspace, ...linkBothWays(files.metrics, files.cuts) };
  const problems = files.problems.filter(
    ({ file, severity }) => file === 'workspace.yaml' && severity === 'error',
  );
  const [first] = problems;
  if (isMissing) {
    const message = `There is no workspace.yaml in ${files.dir}. ${first?.hint ?? ''}`;
    throw new InputError('workspace_missing', message, { details: { dir: files.dir } });
  }
  throw new InputError('workspace_invalid', problems.map(formatProblem).join('\n'), {
    details: { dir: files.dir, file: 'workspace.yaml', line: first?.line ?? 1, reason: first?.reason ?? '' },
  });
}
