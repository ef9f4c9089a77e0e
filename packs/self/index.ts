/**
 * Heartbeat watches itself: metrics over its own tables, written as files like every other. In: nothing. Out: the folder that
 * the registry reads when a workspace asks for `self_watch`.
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the pack. Compiled code lies in `dist` without the files: the way leads up to package.json and down from there. */
export const selfPackDir: string = join(findRoot(import.meta.dirname), 'packs', 'self');

function findRoot(folder: string): string {
  const parent = dirname(folder);
  if (existsSync(join(folder, 'package.json')) || parent === folder) return folder;
  return findRoot(parent);
}
