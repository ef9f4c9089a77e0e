// Generates the Prisma client. `generate` needs no schema engine, but looks for one and would download it: any
// executable that exists satisfies the look, so the running Node is named.
import { spawnSync } from 'node:child_process';

const env = {
  ...process.env,
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
};
const cli = new URL(import.meta.resolve('prisma/package.json'));
const entry = new URL('./build/index.js', cli);
const run = spawnSync(process.execPath, [entry.pathname, 'generate'], { env, encoding: 'utf8' });
if (run.status !== 0) {
  process.stderr.write(run.stdout + run.stderr);
  process.exit(run.status ?? 1);
}
