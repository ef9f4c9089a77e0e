/** The program in processes of their own, which tests kill, stop for a while and start again. It imports no test runner. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, statSync } from 'node:fs';
import { createInterface } from 'node:readline';
import type { Failpoint } from '../../src/delivery/index.ts';

export type SpawnedHeartbeat = {
  readonly pid: number;
  /** resolves with its address when it is ready; rejects with the end of its log when it ends before */
  readonly ready: Promise<string>;
  /** resolves with the signal that ended it, null when it ended by itself */
  readonly ended: Promise<NodeJS.Signals | null>;
  /** what it has logged so far */
  log(): string;
  /** ends it at once, as `kill -9` does */
  kill(): Promise<void>;
  /** asks it to end, as a supervisor does */
  stop(): Promise<void>;
  /** lets it sleep, and go on */
  pause(): void;
  resume(): void;
};

/** Where a process dies: at the `pass`-th time it comes by, the first unless given. */
export type Deadly = { point: Failpoint; pass?: number };

const ENTRY = new URL('../faults/children/heartbeat.ts', import.meta.url).pathname;
const ROOT = new URL('../..', import.meta.url).pathname;
const BUILT = `${ROOT}dist/src`;
const SOURCES = '{src,charts,packs}/**/*.{ts,tsx}';
const LOG_KEPT = 4_000_000;

let known: boolean | undefined;

/** Tells whether the program is built from its sources as they are: built, a process starts with a second's less work. */
function isBuilt(): boolean {
  return (known ??= builtAt() > Math.max(...globSync(SOURCES, { cwd: ROOT }).map((file) => changedAt(file))));
}

function builtAt(): number {
  return existsSync(`${BUILT}/main.js`) ? statSync(`${BUILT}/main.js`).mtimeMs : 0;
}

function changedAt(file: string): number {
  return statSync(`${ROOT}${file}`).mtimeMs;
}

function argumentsOf(deadly: Deadly | undefined): string[] {
  return [deadly?.point ?? '-', String(deadly?.pass ?? 1)];
}

/** Starts the program with these settings and no others. */
export function spawnHeartbeat(environment: Record<string, string>, deadly?: Deadly): SpawnedHeartbeat {
  const args = isBuilt()
    ? [ENTRY, ...argumentsOf(deadly), `${BUILT}/config.js`, `${BUILT}/main.js`]
    : ['--import', 'tsx', ENTRY, ...argumentsOf(deadly), `${ROOT}src/config.ts`, `${ROOT}src/main.ts`];
  const { PATH = '', HOME = '', TMPDIR = '' } = process.env;
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH, HOME, ...(TMPDIR && { TMPDIR }), ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let log = '';
  child.stderr.on('data', (part: Buffer) => (log = (log + part.toString()).slice(-LOG_KEPT)));
  const ended = once(child, 'close').then(([, signal]) => signal as NodeJS.Signals | null);
  const ready = waitForReady(child, ended, () => log);
  // nobody may be waiting for it when it is killed
  ready.catch(() => {});
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  return {
    pid: child.pid ?? 0,
    ready,
    ended,
    log: () => log,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
  };
}

function waitForReady(
  child: ChildProcess,
  ended: Promise<NodeJS.Signals | null>,
  log: () => string,
): Promise<string> {
  return new Promise((resolve, reject) => {
    if (child.stdout)
      createInterface({ input: child.stdout }).on('line', (line) => {
        const [, url] = /^ready (\S+)$/.exec(line) ?? [];
        if (url !== undefined) resolve(url);
      });
    void ended.then((signal) =>
      reject(
        new Error(`Heartbeat ended (${signal ?? 'by itself'}) before it was ready:\n${log().slice(-3000)}`),
      ),
    );
  });
}
