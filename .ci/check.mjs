// The fast static checks, side by side: format, lint, types, layers, unused code, generated files. Prints what failed.
import { spawn } from 'node:child_process';

/** Fewer modules than this mean that the layers were not read at all. */
const LEAST_MODULES = 150;

const checks = [
  ['format', 'oxfmt', ['--check', '.']],
  ['lint', 'oxlint', ['--type-aware']],
  ['types', 'tsc', ['--noEmit']],
  [
    'layers',
    'depcruise',
    ['src', 'charts', 'packs', '--config', '.dependency-cruiser.cjs', '--output-type', 'json'],
  ],
  ['unused', 'knip', []],
  ['generated', 'tsx', ['.ci/generated.ts', '--check']],
];

const results = await Promise.all(checks.map(([name, command, args]) => run(name, command, args)));
for (const { name, ok, seconds, output } of results) {
  process.stdout.write(`${ok ? '✓' : '✗'} ${name} ${seconds.toFixed(1)} s\n`);
  if (!ok) process.stdout.write(`${output.trimEnd()}\n`);
}
process.exit(results.every(({ ok }) => ok) ? 0 : 1);

function run(name, command, args) {
  const started = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, { shell: false });
    const parts = [];
    child.stdout.on('data', (part) => parts.push(part));
    child.stderr.on('data', (part) => parts.push(part));
    child.on('error', (error) => parts.push(Buffer.from(String(error))));
    child.on('close', (code) => {
      const text = Buffer.concat(parts).toString();
      const seconds = (performance.now() - started) / 1000;
      resolve(
        name === 'layers'
          ? { name, seconds, ...readLayers(text, code) }
          : { name, seconds, ok: code === 0, output: text },
      );
    });
  });
}

/** dependency-cruiser exits 0 when it could read nothing: the modules it saw are counted. */
function readLayers(text, code) {
  const start = text.indexOf('{');
  if (start < 0) return { ok: false, output: text };
  const { modules, summary } = JSON.parse(text.slice(start, text.lastIndexOf('}') + 1));
  const own = modules.filter(({ source }) => /^(src|charts|packs)\//.test(source)).length;
  const lines = summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
  if (own < LEAST_MODULES)
    lines.push(`only ${own} modules were read; at least ${LEAST_MODULES} are expected`);
  return { ok: code === 0 && lines.length === 0, output: lines.join('\n') };
}
