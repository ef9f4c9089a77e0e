// Completes package-lock.json after a change of dependencies. npm leaves out optional packages of other platforms that the
// registry at hand does not offer, and then refuses its own lock in `npm ci`; here they are named with the version their parent wants.
import { readFileSync, writeFileSync } from 'node:fs';

const PLATFORM =
  /(aix|android|darwin|freebsd|linux|netbsd|openbsd|openharmony|sunos|win32)-(arm64|arm|ia32|loong64|mips64el|ppc64|riscv64|s390x|x64)/;
const file = new URL('../package-lock.json', import.meta.url);
const lock = JSON.parse(readFileSync(file, 'utf8'));
const added = [];

for (const [path, parent] of Object.entries(lock.packages)) {
  for (const [name, range] of Object.entries(parent.optionalDependencies ?? {})) {
    if (path === '' || isLocked(path, name)) continue;
    const [, os, cpu] = PLATFORM.exec(name) ?? [];
    if (!os && !/wasm32/.test(name)) continue;
    const libc = /musl/.test(name) ? ['musl'] : /gnu/.test(name) ? ['glibc'] : undefined;
    const key = `node_modules/${name}`;
    lock.packages[key] = {
      version: range.replace(/^[\^~>=\s]+/, ''),
      cpu: [cpu ?? 'wasm32'],
      ...(parent.dev ? { dev: true } : {}),
      ...(libc && os === 'linux' ? { libc } : {}),
      optional: true,
      ...(os ? { os: [os] } : {}),
    };
    added.push(key);
  }
}

lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${added.length} packages of other platforms named\n`);

/** npm looks beside the parent first, then upwards. */
function isLocked(path, name) {
  for (let at = path; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (lock.packages[`${at === '' ? '' : `${at}/`}node_modules/${name}`]) return true;
    if (at === '' || !at.includes('/node_modules/'))
      return lock.packages[`node_modules/${name}`] !== undefined;
  }
}
