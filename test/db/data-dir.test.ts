import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { lockDataDir } from '../../src/db/data-dir-lock.ts';
import { openDatabase } from '../../src/db/index.ts';
import { LockedError } from '../../src/errors.ts';
import { startChild } from '../support/child.ts';
import { createEmbeddedDatabase } from '../support/database.ts';

const WRITER = new URL('./children/write-rows.ts', import.meta.url);

async function ownFolder(): Promise<string> {
  const { address, remove } = await createEmbeddedDatabase();
  onTestFinished(remove);
  return address.dataDir;
}

async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'hb-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('the data folder', () => {
  it('T22a refuses a second process, names the first, and after its kill -9 opens with all it wrote', async () => {
    const dataDir = await ownFolder();
    const child = startChild(WRITER, [dataDir]);
    await child.waitFor('wrote 20');

    const second = openDatabase({ databaseUrl: null, dataDir });
    await expect(second).rejects.toMatchObject({
      name: 'LockedError',
      code: 'data_dir_locked',
      details: { folder: dataDir, pid: child.pid },
      message: expect.stringContaining(`process ${child.pid} since`),
    });

    await child.kill();
    const written = child.lines.filter((line) => line.startsWith('wrote')).length;
    const db = await openDatabase({ databaseUrl: null, dataDir });
    onTestFinished(() => db.close());
    const rows = await db.prisma.workspace.count();
    // the last row may have been committed and not yet printed
    expect([written, written + 1]).toContain(rows);
  });

  it('T22a lets one of many processes in that start at the same moment', async () => {
    const dataDir = await ownFolder();
    const children = Array.from({ length: 4 }, () => startChild(WRITER, [dataDir]));
    const outcomes = await Promise.all(
      children.map((child) => Promise.race([child.waitFor('wrote 3'), child.waitFor('refused')])),
    );
    expect(outcomes.toSorted()).toEqual([...Array(3).fill('refused data_dir_locked'), 'wrote 3']);
    await Promise.all(children.map((child) => child.kill()));
    const db = await openDatabase({ databaseUrl: null, dataDir });
    await db.close();
  });

  it('T22a refuses a second opening in the same process until the first is closed', async () => {
    const dataDir = await ownFolder();
    const db = await openDatabase({ databaseUrl: null, dataDir });
    await expect(openDatabase({ databaseUrl: null, dataDir })).rejects.toThrow(LockedError);
    await db.close();
    const again = await openDatabase({ databaseUrl: null, dataDir });
    await again.close();
  });

  it('is refused also while the holder has not yet written who it is', async () => {
    const dataDir = await emptyFolder();
    const lock = lockDataDir(dataDir);
    await writeFile(join(dataDir, 'lock.json'), '');
    expect(() => lockDataDir(dataDir)).toThrow('in use by another process');
    lock.release();
  });

  it('says what to do when it cannot be written', async () => {
    const file = join(await emptyFolder(), 'file');
    await writeFile(file, '');
    await expect(openDatabase({ databaseUrl: null, dataDir: join(file, 'data') })).rejects.toMatchObject({
      code: 'data_dir_unusable',
      message: expect.stringContaining('HEARTBEAT_DATA'),
    });
  });

  it('says what to do when its lock file is none', async () => {
    const dataDir = await emptyFolder();
    await writeFile(
      join(dataDir, 'lock'),
      'this is no database, but long enough to be read as the header of one'.repeat(20),
    );
    expect(() => lockDataDir(dataDir)).toThrow(expect.objectContaining({ code: 'data_dir_unusable' }));
  });

  it('is free again when the engine could not start on it', async () => {
    const dataDir = await emptyFolder();
    await writeFile(join(dataDir, 'postgres'), 'a file where the engine wants a folder');
    await expect(openDatabase({ databaseUrl: null, dataDir })).rejects.toMatchObject({
      code: 'embedded_database_broken',
      message: expect.stringContaining('backup'),
    });
    lockDataDir(dataDir).release();
  });
});
