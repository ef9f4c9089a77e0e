import { fork, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Probe } from './probe.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PROGRAM = fileURLToPath(new URL('../dist/src/cli.js', import.meta.url));
const PROBE = new URL('./probe.ts', import.meta.url).href;
const START = readStart();
const POLL_MS = 5;
const START_TIMEOUT_MS = 300_000;
const LOG_KEPT = 20_000;

/** How `npm start` starts Node: its settings of memory, and its flags. */
function readStart(): { env: Record<string, string>; flags: string[] } {
  const { scripts } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    scripts: { start: string };
  };
  const [before = '', after = ''] = scripts.start.split(/ ?node /);
  return {
    env: Object.fromEntries(new URLSearchParams(before.replaceAll(' ', '&'))),
    flags: after.split(' ').filter((word) => word.startsWith('--')),
  };
}

/** The built program in a process of its own, as `npm start` runs it. */
export type Served = {
  url: string;
  /** from the start of the process until `/readyz` said yes */
  readyMs: number;
  /** Asks for its figures; those of the main thread are since the last question. */
  ask(): Promise<Probe>;
  stop(): Promise<void>;
};

/** Builds the program as `npm run build` does. */
export function build(): void {
  const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'build'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0 || !existsSync(PROGRAM))
    throw new Error(`The program cannot be built:\n${stdout}${stderr}`);
}

/** Starts the program with these settings and no others, and waits until it is ready. */
export async function serve(settings: Record<string, string>, { probed = true } = {}): Promise<Served> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const { PATH = '', HOME = '', TMPDIR } = process.env;
  const env = {
    PATH,
    HOME,
    ...(TMPDIR && { TMPDIR }),
    ...START.env,
    PORT: String(port),
    LOG_LEVEL: 'warn',
    ...settings,
  };
  const startedAt = performance.now();
  const child = fork(PROGRAM, ['serve'], {
    env,
    execArgv: [...START.flags, ...(probed ? ['--import', PROBE] : [])],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let log = '';
  child.stderr?.on('data', (part: Buffer) => (log = (log + part.toString()).slice(-LOG_KEPT)));
  const ended = once(child, 'close');
  await waitUntilReady(url, child, () => log);
  return {
    url,
    readyMs: performance.now() - startedAt,
    ask: async () => {
      if (!child.connected) throw new Error(`The program has ended:\n${log}`);
      child.send('probe');
      const [answer] = (await once(child, 'message')) as [Probe];
      return answer;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function waitUntilReady(url: string, child: ChildProcess, log: () => string): Promise<void> {
  for (const startedAt = Date.now(); Date.now() - startedAt < START_TIMEOUT_MS; await sleep(POLL_MS)) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`The program ended (${child.signalCode ?? child.exitCode}):\n${log()}`);
    const isReady = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    );
    if (isReady) return;
  }
  child.kill('SIGKILL');
  throw new Error(`The program was not ready in time:\n${log()}`);
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
