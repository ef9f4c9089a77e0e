import { isDeepStrictEqual } from 'node:util';
import { SECOND } from '../lib/time.ts';
import { brokenPartsOf, mergeRegistries } from './merge-registries.ts';
import type { Registry } from './types.ts';
import type { WorkspaceFiles } from './workspace-reader.ts';

/** Several files saved together are one change. */
const DEBOUNCE_MS = 150;
/** A file that is suddenly broken or gone may be half-written or on its way to be replaced: so long it may take. */
const SETTLE_MS = 500;
/** After a failure of the disk or of `onChange` it is tried again. */
const RETRY_MS = 5 * SECOND;

export type FollowOptions = {
  /** reads the folder */
  read: () => Promise<WorkspaceFiles>;
  /** what runs now */
  initial: Registry;
  /** puts a registry into force; what it throws is reported, and it is called again later */
  onChange: (next: Registry) => void | Promise<void>;
  onError: (error: unknown) => void;
};

/** Follows a folder that somebody else watches. */
export type Follower = {
  /** something in the folder may have changed */
  touch: () => void;
  /** resolves when nothing is under way any more */
  close: () => Promise<void>;
};

/** Reads the folder after each touch and gives the registry that should run now, when it differs from the one before. */
export function followFiles({ read, initial, onChange, onError }: FollowOptions): Follower {
  let current = initial;
  let underWay: Promise<void> = Promise.resolve();
  let isSettled = false;
  let isClosed = false;
  const touched = createTimer(DEBOUNCE_MS, run);
  const retry = createTimer(RETRY_MS, run);
  const settle = createTimer(SETTLE_MS, () => {
    isSettled = true;
    run();
  });

  function run(): void {
    underWay = underWay.then(look);
  }

  async function look(): Promise<void> {
    if (isClosed) return;
    try {
      const next = nextRegistry(current, await read());
      if (isDoubtful(current, next) && !isSettled) return settle.start();
      settle.stop();
      isSettled = false;
      if (isDeepStrictEqual(next, current)) return;
      await onChange(next);
      current = next;
    } catch (error) {
      onError(error);
      retry.start();
    }
  }

  return {
    touch: () => {
      if (!isClosed) touched.start();
    },
    close: async () => {
      isClosed = true;
      await underWay;
      for (const timer of [touched, retry, settle]) timer.stop();
    },
  };
}

type Timer = { start(): void; stop(): void };

// Starting it again while it runs changes nothing, so that steady touches cannot put a look off for ever.
function createTimer(ms: number, onEnd: () => void): Timer {
  let running: NodeJS.Timeout | undefined;
  return {
    start: () => {
      running ??= setTimeout(() => {
        running = undefined;
        onEnd();
      }, ms);
    },
    stop: () => {
      clearTimeout(running);
      running = undefined;
    },
  };
}

/** Gives the registry that should run: without a usable workspace.yaml the workspace of before, without any all of before. */
export function nextRegistry(
  current: Registry,
  { isMissing, workspace, ...files }: WorkspaceFiles,
): Registry {
  if (isMissing) return { ...current, problems: files.problems };
  return mergeRegistries(current, { ...files, workspace: workspace ?? current.workspace });
}

function isDoubtful(current: Registry, next: Registry): boolean {
  const isGone = [
    [...current.metrics.keys()].some((id) => !next.metrics.has(id)),
    [...current.cuts.keys()].some((id) => !next.cuts.has(id)),
    current.people.some(({ email }) => !next.people.some((person) => person.email === email)),
  ];
  return isGone.includes(true) || isNewlyBroken(current, next);
}

function isNewlyBroken(current: Registry, next: Registry): boolean {
  const [before, now] = [brokenPartsOf(current), brokenPartsOf(next)];
  const hadWorkspace = !hasBrokenWorkspace(current);
  return (
    now.metrics.some((id) => !before.metrics.includes(id)) ||
    now.cuts.some((id) => !before.cuts.includes(id)) ||
    now.people.some((email) => !before.people.includes(email)) ||
    (now.ownersFile && !before.ownersFile) ||
    (hadWorkspace && hasBrokenWorkspace(next))
  );
}

function hasBrokenWorkspace({ problems }: Registry): boolean {
  return problems.some(({ file, severity }) => file === 'workspace.yaml' && severity === 'error');
}
