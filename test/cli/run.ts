import { vi } from 'vitest';
import { runCommandLine } from '../../src/cli/index.ts';

export type Output = { code: number; out: string; err: string };

/** Runs the command line in this process, with the environment given alone. */
export async function heartbeat(words: string, environment: Record<string, string> = {}): Promise<Output> {
  const out: string[] = [];
  const err: string[] = [];
  vi.spyOn(console, 'log').mockImplementation((text: string) => void out.push(text));
  vi.spyOn(console, 'error').mockImplementation((text: string) => void err.push(text));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0);
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  try {
    const code = await runCommandLine(['node', 'heartbeat', ...words.split(' ').filter(Boolean)]);
    return { code, out: out.join('\n'), err: err.join('\n') };
  } finally {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  }
}
