import type { PGlite } from '@electric-sql/pglite';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serveEngine, tellWhenBroken } from '../../src/db/engine-server.ts';
import { createEmbeddedDatabase } from '../support/database.ts';
import { runSql } from '../support/sql.ts';

type Engine = Pick<PGlite, 'execProtocolRawStream'>;

describe('the server of the embedded engine', () => {
  it('serves it on a unix socket until it is closed, and failing statements are no break', async () => {
    const own = await createEmbeddedDatabase();
    onTestFinished(own.remove);
    const socketDir = await mkdtemp(join(tmpdir(), 'hb-'));
    onTestFinished(() => rm(socketDir, { recursive: true, force: true }));
    const broken: unknown[] = [];
    const server = await serveEngine(
      {
        folder: join(own.address.dataDir, 'postgres'),
        socketPath: join(socketDir, '.s.PGSQL.5432'),
        maxConnections: 2,
      },
      (error) => broken.push(error),
    );
    const url = `postgresql://postgres@localhost/postgres?host=${encodeURIComponent(socketDir)}`;
    await expect(runSql(url, 'select 1 / 0')).rejects.toThrow('division by zero');
    expect(await runSql(url, 'select count(*)::int as rows from heartbeat.workspace')).toEqual([{ rows: 0 }]);
    await server.close();
    await expect(runSql(url, 'select 1')).rejects.toMatchObject({ code: 'ENOENT' });
    expect(broken).toEqual([]);
  });

  it('tells when the engine itself breaks', async () => {
    const crash = new Error('memory access out of bounds');
    const engine: Engine = { execProtocolRawStream: () => Promise.reject(crash) };
    const broken: unknown[] = [];
    tellWhenBroken(engine, (error) => broken.push(error));
    await expect(engine.execProtocolRawStream(new Uint8Array(), { onRawData: () => undefined })).rejects.toBe(
      crash,
    );
    expect(broken).toEqual([crash]);
  });
});
