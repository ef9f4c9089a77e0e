import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followFiles, type Follower } from '../../src/registry/follow-files.ts';
import { loadRegistry, type Registry } from '../../src/registry/index.ts';
import { createWorkspaceReader, type WorkspaceFiles } from '../../src/registry/workspace-reader.ts';
import { checks, type Files, FILES, makeFolder, METRIC, withLine } from './workspace-folder.ts';

const RENAMED: Files = { ...FILES, 'metrics/checkout.yaml': withLine(METRIC, 'name', 'name: New') };
const TRUNCATED: Files = { ...FILES, 'metrics/checkout.yaml': '' };
const { 'metrics/checkout.yaml': _checkout, ...DELETED } = FILES;
const { 'workspace.yaml': _workspace, ...UNMOUNTED } = FILES;
const NO_WORKSPACE: Files = { ...RENAMED, 'workspace.yaml': 'name: [' };

/** What reading a folder with these files gives. */
const readingOf = (files: Files): Promise<WorkspaceFiles> =>
  createWorkspaceReader(makeFolder(files), checks).read();

type Setting = {
  follower: Follower;
  changes: Registry[];
  errors: unknown[];
  files: (next: WorkspaceFiles | Error) => void;
};

/** A follower of a folder that is whatever `files` last said, starting with a good one. */
async function follow(onChange?: (next: Registry) => Promise<void>): Promise<Setting> {
  let files: WorkspaceFiles | Error = await readingOf(FILES);
  const initial = await loadRegistry(makeFolder(FILES), checks);
  const changes: Registry[] = [];
  const errors: unknown[] = [];
  const follower = followFiles({
    // every folder of a test has another path
    read: () =>
      files instanceof Error ? Promise.reject(files) : Promise.resolve({ ...files, dir: initial.dir }),
    initial: { ...initial, broken: files.broken },
    onChange: async (next) => {
      await onChange?.(next);
      changes.push(next);
    },
    onError: (error) => errors.push(error),
  });
  return { follower, changes, errors, files: (next) => void (files = next) };
}

const wait = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

describe('a follower', () => {
  beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => vi.useRealTimers());

  it('puts a change into force within a quarter of a second, once', async () => {
    const { follower, changes, files } = await follow();
    files(await readingOf(RENAMED));
    for (let saved = 0; saved < 5; saved++) follower.touch();
    await wait(250);
    expect(changes.map(({ metrics }) => metrics.get('checkout')?.name)).toEqual(['New']);
    follower.touch();
    await wait(1000);
    expect(changes).toHaveLength(1);
  });

  it('is not kept waiting by steady touches', async () => {
    const { follower, changes, files } = await follow();
    files(await readingOf(RENAMED));
    for (let elapsed = 0; elapsed < 300; elapsed += 50) {
      follower.touch();
      await wait(50);
    }
    expect(changes).toHaveLength(1);
  });

  it('does not flap while an editor truncates and writes', async () => {
    const { follower, changes, files } = await follow();
    files(await readingOf(TRUNCATED));
    follower.touch();
    await wait(400);
    files(await readingOf(RENAMED));
    follower.touch();
    await wait(2000);
    expect(changes).toHaveLength(1);
    expect(changes[0]?.problems).toEqual([]);
    expect(changes[0]?.metrics.get('checkout')?.name).toBe('New');
  });

  it('does not retire what an editor renames over', async () => {
    const { follower, changes, files } = await follow();
    files(await readingOf(DELETED));
    follower.touch();
    await wait(400);
    files(await readingOf(FILES));
    follower.touch();
    await wait(2000);
    expect(changes).toEqual([]);
  });

  it('T19 says within two seconds that a file stays broken, and keeps its last good definition', async () => {
    const { follower, changes, files } = await follow();
    files(await readingOf(TRUNCATED));
    follower.touch();
    await wait(1000);
    expect(changes).toHaveLength(1);
    expect(changes[0]?.metrics.get('checkout')?.name).toBe('Checkout conversion');
    expect(changes[0]?.problems).toMatchObject([
      { file: 'metrics/checkout.yaml', reason: 'The file is empty.' },
    ]);
    files(await readingOf(RENAMED));
    follower.touch();
    await wait(250);
    expect(changes[1]?.problems).toEqual([]);
    expect(changes[1]?.metrics.get('checkout')?.name).toBe('New');
  });

  it('T20 lets a metric go whose file stays deleted', async () => {
    const { follower, changes, files } = await follow();
    files(await readingOf(DELETED));
    follower.touch();
    await wait(600);
    expect(changes).toEqual([]);
    await wait(400);
    expect(changes.map(({ metrics }) => metrics.size)).toEqual([0]);
  });

  it('keeps the workspace of before when its file is wrong, and takes the rest', async () => {
    const { follower, changes, files } = await follow();
    files(await readingOf(NO_WORKSPACE));
    follower.touch();
    await wait(1000);
    expect(changes).toHaveLength(1);
    expect(changes[0]?.workspace.name).toBe('Corner Shop');
    expect(changes[0]?.metrics.get('checkout')?.name).toBe('New');
    expect(changes[0]?.problems).toMatchObject([{ file: 'workspace.yaml' }]);
  });

  it('keeps everything when the folder is not there any more', async () => {
    const { follower, changes, files } = await follow();
    files(await readingOf(UNMOUNTED));
    follower.touch();
    await wait(1000);
    expect(changes).toHaveLength(1);
    expect([...(changes[0]?.metrics.keys() ?? [])]).toEqual(['checkout']);
    expect(changes[0]?.problems).toMatchObject([{ reason: 'There is no workspace.yaml.' }]);
  });

  it('tries again what could not be put into force', async () => {
    let failures = 2;
    const { follower, changes, errors, files } = await follow(async () => {
      await Promise.resolve();
      if (failures-- > 0) throw new Error('The database is away.');
    });
    files(await readingOf(RENAMED));
    follower.touch();
    await wait(250);
    expect([changes.length, errors.length]).toEqual([0, 1]);
    await wait(11_000);
    expect([changes.length, errors.length]).toEqual([1, 2]);
  });

  it('tries again to read a disk that failed', async () => {
    const { follower, changes, errors, files } = await follow();
    files(new Error('EIO'));
    follower.touch();
    await wait(1000);
    files(await readingOf(RENAMED));
    await wait(6000);
    expect([changes.length, errors.length]).toEqual([1, 1]);
  });

  it('hands over one change after the other', async () => {
    const order: string[] = [];
    const { follower, files } = await follow(async (next) => {
      const name = next.metrics.get('checkout')?.name ?? '';
      order.push(`${name} starts`);
      await new Promise((resolve) => setTimeout(resolve, 1000));
      order.push(`${name} ends`);
    });
    files(await readingOf(RENAMED));
    follower.touch();
    await wait(300);
    files(await readingOf(FILES));
    follower.touch();
    await wait(5000);
    expect(order).toEqual([
      'New starts',
      'New ends',
      'Checkout conversion starts',
      'Checkout conversion ends',
    ]);
  });

  it('is silent after it was closed', async () => {
    const { follower, changes, files } = await follow();
    files(await readingOf(RENAMED));
    follower.touch();
    await follower.close();
    follower.touch();
    await wait(10_000);
    expect(changes).toEqual([]);
  });
});
