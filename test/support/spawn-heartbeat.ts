/** The program in processes of their own, which tests kill, stop for a while and start again. It imports no test runner. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
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
const LOG_KEPT = 4_000_000;

/** Starts the program with these settings and no others. */
export function spawnHeartbeat(environment: Record<string, string>, deadly?: Deadly): SpawnedHeartbeat {
  const args = ['--import', 'tsx', ENTRY, deadly?.point ?? '-', String(deadly?.pass ?? 1)];
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
