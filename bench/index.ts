/**
 * `npm run bench [name…]`: takes the figures of the named benches (all unless named), each in a process of its own, prints them as
 * a table and writes them to `bench/results/<date>.json`. Fails when a goal is missed.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { benches } from './benches.ts';
import { renderTable } from './table.ts';
import type { BenchRow } from './types.ts';

const RESULTS = new URL('./results/', import.meta.url);
const RUN = new URL('./run.ts', import.meta.url);

const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`Unknown: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exit(2);
}

const startedAt = new Date();
const loadBefore = loadavg()[0];
const rows: BenchRow[] = [];
const failed: string[] = [];
for (const name of names.length > 0 ? names : Object.keys(benches)) {
  console.error(`… ${name}`);
  try {
    rows.push(...(await takeFigures(name)));
  } catch (error) {
    // what the others found is kept
    failed.push(name);
    console.error(error);
  }
}
console.log(renderTable(rows));
writeResult();
process.exitCode = failed.length === 0 && rows.every((row) => row.ok) ? 0 : 1;

async function takeFigures(name: string): Promise<BenchRow[]> {
  const child = fork(RUN, [name], { execArgv: ['--expose-gc', '--import', 'tsx'] });
  let taken: BenchRow[] | undefined;
  child.on('message', (message) => {
    taken = message as BenchRow[];
  });
  await once(child, 'close');
  if (!taken) throw new Error(`The bench "${name}" ended with code ${child.exitCode} and no figures.`);
  return taken;
}

/** Beside the figures stands what they were taken on: a busy machine is seen by its load. */
function writeResult(): void {
  const machine = {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    node: process.version,
    loadBefore,
    loadAfter: loadavg()[0],
  };
  const day = startedAt.toISOString().slice(0, 10);
  const file = new URL(`${day}${names.length > 0 ? `-${names.join('-')}` : ''}.json`, RESULTS);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(file, `${JSON.stringify({ at: startedAt.toISOString(), machine, rows }, null, 2)}\n`);
  console.error(`written: ${file.pathname}`);
}
