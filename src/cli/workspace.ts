import { demoWorkspaceDir } from '../../packs/demo/index.ts';
import type { Config } from '../config.ts';
import { loadRegistry, type Registry } from '../registry/index.ts';
import { workspaceChecks } from '../workspace-checks.ts';

/** The workspace that the settings name, checked. Throws InputError when it has no usable workspace.yaml. */
export function loadWorkspaceOf(config: Config): Promise<Registry> {
  return loadRegistry(config.workspaceDir ?? demoWorkspaceDir, workspaceChecks);
}
