/** Prometheus Alertmanager, where it is installed (Debian's `prometheus-alertmanager`): alerts in memory, one web hook call each. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findFreePort } from '../../test/support/free-port.ts';

const PROGRAM = 'prometheus-alertmanager';
const A_POST = 64;
const READY_LOOKS = 100;

export type Alertmanager = {
  /** posts that many new alerts, 64 at a time */
  post(count: number): Promise<void>;
  close(): Promise<void>;
};

/** Starts one that calls `hook` at once for every single alert; null where it is not installed. */
export async function startAlertmanager(hook: string): Promise<Alertmanager | null> {
  if (spawnSync(PROGRAM, ['--version']).status !== 0) return null;
  const folder = await mkdtemp(join(tmpdir(), 'hb-alertmanager-'));
  const config = join(folder, 'alertmanager.yml');
  await writeFile(config, configOf(hook));
  const port = await findFreePort();
  const child = spawn(
    PROGRAM,
    [
      `--config.file=${config}`,
      `--storage.path=${folder}`,
      `--web.listen-address=127.0.0.1:${port}`,
      '--cluster.listen-address=',
      '--log.level=error',
    ],
    { stdio: 'ignore' },
  );
  const root = `http://127.0.0.1:${port}`;
  await untilReady(root);
  let next = 0;
  return {
    async post(count) {
      const alerts = Array.from({ length: count }, () => ({ labels: { alertname: `bench_${(next += 1)}` } }));
      const posts = Array.from({ length: Math.ceil(count / A_POST) }, (_, index) =>
        fetch(`${root}/api/v2/alerts`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(alerts.slice(index * A_POST, (index + 1) * A_POST)),
        }),
      );
      for (const response of await Promise.all(posts))
        if (!response.ok) throw new Error(`Alertmanager answered ${response.status}.`);
    },
    async close() {
      const ended = once(child, 'close');
      child.kill('SIGTERM');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Ungrouped: each alert is a group of its own, and no group waits. */
function configOf(hook: string): string {
  return `route:
  receiver: hook
  group_by: ['...']
  group_wait: 0s
  group_interval: 1s
  repeat_interval: 24h
receivers:
  - name: hook
    webhook_configs: [{url: '${hook}', send_resolved: false}]
`;
}

async function untilReady(root: string): Promise<void> {
  for (let look = 0; look < READY_LOOKS; look += 1) {
    const isReady = await fetch(`${root}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isReady) return;
    await sleep(100);
  }
  throw new Error('Alertmanager is not ready within ten seconds.');
}
