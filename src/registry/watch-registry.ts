import { relative, resolve, sep } from 'node:path';
import { watch } from 'chokidar';
import { MINUTE, SECOND } from '../lib/time.ts';
import type { WorkspaceChecks } from './checks.ts';
import { followFiles, type FollowOptions } from './follow-files.ts';
import { createWorkspaceReader } from './workspace-reader.ts';

/** Network shares and mounted volumes report no changes: the folder is read anyway, this often. */
const RESCAN_MS = MINUTE;
/** When the system refuses to report changes at all. */
const RESCAN_UNWATCHED_MS = SECOND;
/** workspace/metrics/part/file */
const DEPTH = 3;

export type WatchOptions = Omit<FollowOptions, 'read'> & { checks: WorkspaceChecks };

export type RegistryWatch = { close(): Promise<void> };

/**
 * Follows a workspace folder: within two seconds of a change `onChange` gets the registry that should run now, in which the last
 * good definition stands in for what is broken. A file that is replaced or half-written is looked at again before it counts.
 */
export async function watchRegistry(
  dir: string,
  { checks, ...options }: WatchOptions,
): Promise<RegistryWatch> {
  const root = resolve(dir);
  const follower = followFiles({ ...options, read: createWorkspaceReader(root, checks).read });
  const watcher = watch(root, {
    ignoreInitial: true,
    depth: DEPTH,
    ignored: (path) => isOverlooked(relative(root, path)),
  });
  let rescan = setInterval(follower.touch, RESCAN_MS);
  watcher.on('all', follower.touch);
  watcher.on('error', (error) => {
    options.onError(error);
    clearInterval(rescan);
    rescan = setInterval(follower.touch, RESCAN_UNWATCHED_MS);
  });
  await new Promise<void>((done) => {
    watcher.once('ready', done);
    watcher.once('error', () => done());
  });
  // what changed since the first reading has been missed
  follower.touch();
  return {
    close: async () => {
      clearInterval(rescan);
      await watcher.close();
      await follower.close();
    },
  };
}

function isOverlooked(path: string): boolean {
  return path.split(sep).some((part) => part === 'node_modules' || (part.startsWith('.') && part !== '..'));
}
