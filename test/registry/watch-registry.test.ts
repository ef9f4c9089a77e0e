import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { loadRegistry, type Registry, watchRegistry } from '../../src/registry/index.ts';
import { checks, type Files, FILES, makeFolder, METRIC, withLine, writeFiles } from './workspace-folder.ts';

/** Changes must take effect within two seconds; on a busy machine the test waits longer before it fails. */
const PATIENCE_MS = 15_000;

type Watched = { dir: string; next: () => Promise<Registry> };

async function watchFolder(files: Files): Promise<Watched> {
  const dir = makeFolder(files);
  const seen: Registry[] = [];
  let wake = (): void => undefined;
  const watch = await watchRegistry(dir, {
    checks,
    initial: await loadRegistry(dir, checks),
    onChange: (next) => {
      seen.push(next);
      wake();
    },
    onError: (error) => {
      throw error;
    },
  });
  onTestFinished(() => watch.close());
  return {
    dir,
    next: async () => {
      if (seen.length === 0) {
        await new Promise<void>((resolve, reject) => {
          const timer = setTimeout(() => reject(new Error('No change was seen.')), PATIENCE_MS);
          wake = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      }
      const registry = seen.shift();
      if (!registry) throw new Error('A change was announced and is not there.');
      return registry;
    },
  };
}

describe('watching a folder', () => {
  it('sees files that appear, change, break, are renamed over and go', async () => {
    const { dir, next } = await watchFolder(FILES);
    writeFiles(dir, { 'metrics/other.yaml': METRIC });
    expect([...(await next()).metrics.keys()]).toEqual(['checkout', 'other']);

    writeFiles(dir, { 'metrics/other.yaml': withLine(METRIC, 'name', 'name: New') });
    expect((await next()).metrics.get('other')?.name).toBe('New');

    writeFileSync(join(dir, 'metrics/other.yaml'), 'name: [');
    const broken = await next();
    expect(broken.metrics.get('other')?.name).toBe('New');
    expect(broken.problems).toMatchObject([{ file: 'metrics/other.yaml', line: 1 }]);

    writeFileSync(join(dir, 'metrics/.other.yaml.swp'), withLine(METRIC, 'name', 'name: Newer'));
    renameSync(join(dir, 'metrics/.other.yaml.swp'), join(dir, 'metrics/other.yaml'));
    const renamed = await next();
    expect(renamed.metrics.get('other')?.name).toBe('Newer');
    expect(renamed.problems).toEqual([]);

    rmSync(join(dir, 'metrics/other.yaml'));
    expect([...(await next()).metrics.keys()]).toEqual(['checkout']);
  });

  it('sees SQL files, pages, people and folders that are new', async () => {
    const withFile = METRIC.slice(0, METRIC.indexOf('sql: |')).concat('sql_file: ../sql/checkout.sql\n');
    const { dir, next } = await watchFolder({
      ...FILES,
      'metrics/checkout.yaml': withFile,
      'sql/checkout.sql': 'select 1',
    });
    writeFiles(dir, { 'sql/checkout.sql': 'select 2' });
    expect((await next()).metrics.get('checkout')?.sql).toBe('select 2');

    writeFiles(dir, { 'docs/hello.md': '# Hello' });
    expect((await next()).pages.get('hello')?.title).toBe('Hello');

    writeFiles(dir, { 'owners.yaml': `${FILES['owners.yaml'] as string}- email: zoe@shop.test\n` });
    expect((await next()).people.map(({ email }) => email)).toContain('zoe@shop.test');
  });

  it('sees what changed between the first reading and the first watch', async () => {
    const dir = makeFolder(FILES);
    const initial = await loadRegistry(dir, checks);
    writeFiles(dir, { 'metrics/other.yaml': METRIC });
    const seen = new Promise<Registry>((resolve, reject) => {
      void watchRegistry(dir, { checks, initial, onChange: resolve, onError: reject }).then((watch) =>
        onTestFinished(() => watch.close()),
      );
    });
    expect([...(await seen).metrics.keys()]).toEqual(['checkout', 'other']);
  });
});
