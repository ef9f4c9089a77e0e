import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const read = (file: string): string => readFileSync(new URL(`../${file}`, import.meta.url), 'utf8');

/** What bounds the program's memory: 600 MiB become 350 by these (docs/limits.md). */
const POOL = 'MALLOC_ARENA_MAX=1';
const BOUNDS = ['--max-semi-space-size=4', '--heap-growing-percent=50'];
/** V8 may die of freeing code that the embedded database no longer runs: https://github.com/nodejs/node/issues/64500 */
const KEPT_CODE = '--no-wasm-code-gc';
const FLAGS = [...BOUNDS, KEPT_CODE];

it('npm start, `npx heartbeat` and the container start Node with the same flags', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  expect(scripts['start']).toBe(`${POOL} node ${FLAGS.join(' ')} dist/src/cli.js serve`);
  expect(read('src/cli.ts').split('\n')[0]).toBe(`#!/usr/bin/env -S ${POOL} node ${FLAGS.join(' ')}`);
  expect(read('Dockerfile')).toContain(`ENV ${POOL}\n`);
  expect(read('Dockerfile')).toContain(
    `CMD ${JSON.stringify(['node', ...FLAGS, 'dist/src/cli.js', 'serve']).replaceAll(',', ', ')}\n`,
  );
});
