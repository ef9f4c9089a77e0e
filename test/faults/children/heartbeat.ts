// The whole program in a process of its own, for tests that end one. Arguments: the failpoint to die at (or "-"), at which of its
// passes, and where its modules are: sources or built. Its clock may be ahead. It ends with its parent, whose end closes its input.
const [, , deadly = '-', pass = '1', config = '', main = ''] = process.argv;
const { readConfig } = (await import(config)) as typeof import('../../../src/config.ts');
const { startHeartbeat } = (await import(main)) as typeof import('../../../src/main.ts');

const aheadMs = Number(process.env['TEST_CLOCK_AHEAD_MS'] ?? 0);
let left = Number(pass);
let hasTicked = false;

const running = await startHeartbeat(readConfig(process.env), {
  clock: { now: () => new Date(Date.now() + aheadMs) },
  onFailpoint: (point) => {
    hasTicked ||= point === 'after_commit';
    // claims are asked for all the time: the one that counts follows a tick
    if (point !== deadly || (deadly === 'before_claim' && !hasTicked)) return;
    left -= 1;
    if (left === 0) process.kill(process.pid, 'SIGKILL');
  },
});
process.on('SIGTERM', () => void running.stop().then(() => process.exit(0)));
process.stdin.on('end', () => process.exit(0)).resume();
process.stdout.write(`ready ${running.url}\n`);
