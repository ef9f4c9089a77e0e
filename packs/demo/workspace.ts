import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder of the demo's files. Compiled code lies in `dist` without them, so the way leads up to the folder that holds
 * package.json and down from there.
 */
export const demoWorkspaceDir: string = join(findRoot(import.meta.dirname), 'packs', 'demo');

function findRoot(folder: string): string {
  const parent = dirname(folder);
  if (existsSync(join(folder, 'package.json')) || parent === folder) return folder;
  return findRoot(parent);
}
