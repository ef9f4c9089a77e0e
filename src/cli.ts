#!/usr/bin/env -S MALLOC_ARENA_MAX=1 node --max-semi-space-size=4 --heap-growing-percent=50 --no-wasm-code-gc
const OLDEST_NODE = 24;

const major = Number(process.versions.node.split('.')[0]);
if (major < OLDEST_NODE) {
  process.stderr.write(
    `Heartbeat needs Node ${OLDEST_NODE}, and this is ${process.versions.node}. npm start and npx heartbeat use the Node ${OLDEST_NODE} that npm ci brings.\n`,
  );
  process.exit(1);
}
// imported late: an older Node would stop at what it lacks, with nothing but a stack
const { runCommandLine } = await import('./cli/index.ts');
process.exitCode = await runCommandLine(process.argv);
