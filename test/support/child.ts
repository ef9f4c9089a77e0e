import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { onTestFinished } from 'vitest';

/** A program of its own, for tests that kill one. */
export type Child = {
  readonly pid: number;
  /** every line it has printed so far */
  readonly lines: readonly string[];
  /** waits for a line that begins with `text` and gives it */
  waitFor(text: string): Promise<string>;
  /** ends it at once, as `kill -9` does */
  kill(): Promise<void>;
  /** waits for its end and gives the exit code */
  ended(): Promise<number | null>;
};

/** Starts a TypeScript file in a Node process of its own; it is killed when the test is over. */
export function startChild(file: URL, args: readonly string[] = []): Child {
  const child = spawn(process.execPath, [file.pathname, ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const errors: string[] = [];
  const waiting = new Set<() => void>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    for (const look of waiting) look();
  });
  child.stderr.on('data', (part: Buffer) => errors.push(part.toString()));
  const exit = once(child, 'close');
  const kill = async () => {
    child.kill('SIGKILL');
    await exit;
  };
  onTestFinished(kill);
  return {
    pid: pidOf(child),
    lines,
    kill,
    ended: async () => {
      await exit;
      return child.exitCode;
    },
    waitFor: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const line = lines.find((each) => each.startsWith(text));
          if (line === undefined) return;
          waiting.delete(look);
          resolve(line);
        };
        waiting.add(look);
        look();
        void exit.then(() => reject(new Error(`ended before it printed "${text}":\n${errors.join('')}`)));
      }),
  };
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('the child did not start');
  return pid;
}
