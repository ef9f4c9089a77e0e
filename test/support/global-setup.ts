/**
 * Runs once for a whole test run: makes what test files share, when the first of them asks. They ask over a unix socket,
 * since each file runs in a process of its own; a run that needs no database starts none.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { createSharedDatabases, type SharedDatabases } from './shared-databases.ts';

declare module 'vitest' {
  interface ProvidedContext {
    sharedDatabases: string;
  }
}

/** Vitest calls it before the run; what it gives is called after. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'hb-run-'));
  const shared = createSharedDatabases(folder);
  const path = join(folder, 'ask');
  const server = createServer((socket) => void answer(socket, shared));
  await new Promise<void>((resolve) => server.listen(path, resolve));
  project.provide('sharedDatabases', path);
  return async () => {
    server.close();
    await shared.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

async function answer(socket: Socket, shared: SharedDatabases): Promise<void> {
  socket.on('error', () => undefined);
  socket.once('data', (question) => {
    const what = question.toString() === 'server' ? shared.serverUrl() : shared.embeddedTemplate();
    what.then(
      (value) => socket.end(JSON.stringify({ value })),
      (error: unknown) => socket.end(JSON.stringify({ error: String(error) })),
    );
  });
}
