import { Worker } from 'node:worker_threads';
import { createJobs, inTransaction, openDatabase, silentLog, sql } from '../src/db/index.ts';
import type { FromHook, ToHook } from './at-once-types.ts';
import { startAlertmanager, type Alertmanager } from './floor/alertmanager.ts';
import { toSample } from './floor/sample.ts';
import type { BenchRow } from './types.ts';
import { metricId } from './workspaces.ts';
import { preciseNow, startWorld, type World } from './world.ts';

const ALERTS = 1_000;
/** The first of each kind warms everything up. */
const WARM_UPS = 2;
const ROUNDS = WARM_UPS + 6;
const GOAL_A_SECOND = 2_000;
const SECRET = `whsec_${Buffer.alloc(32, 3).toString('base64')}`;
/** What pg-boss is fast with. */
const RELAY_BATCH = 100;

/** How fast 1,000 alerts that are due at one instant reach 1,000 web hooks: claimed, worded, called, settled. */
export async function benchBurst(): Promise<BenchRow[]> {
  const hook = await openHook();
  const names = Array.from({ length: ALERTS }, (_, index) => `hook_${index}`);
  const world = await startWorld({
    metrics: ALERTS,
    people: 1,
    rooms: `rooms:\n${names.map((name, index) => `  - {webhook: ${name}, teams: [t${index}]}\n`).join('')}`,
    teams: (index) => `t${index}`,
    environment: {
      TELEGRAM_BOT_TOKEN: undefined,
      TELEGRAM_API_ROOT: undefined,
      PLAYGROUND: 'off',
      WEBHOOKS: names.map((name) => `${name}=http://127.0.0.1:${hook.port}/${name}|${SECRET}`).join(','),
    },
  });
  const relay = await openRelay(world.ownUrl, hook.port);
  const alertmanager = await startAlertmanager(`http://127.0.0.1:${hook.port}/alertmanager`);
  try {
    const [ours, peer, inMemory]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      await holdAlerts(world, round % 2 === 0 ? 3.1 : 4.5);
      ours.push(await hook.take(() => release(world)));
      peer.push(await hook.take(() => relay.send(ALERTS)));
      if (alertmanager) inMemory.push(await hook.take(() => postAll(alertmanager)));
    }
    const kept = (all: readonly number[]): number[] => all.slice(WARM_UPS);
    const rows = [toRow(kept(ours), { name: 'durable relay on pg-boss', speeds: kept(peer) })];
    if (!alertmanager) return rows;
    return [...rows, toRow(kept(ours), { name: 'Alertmanager, in memory', speeds: kept(inMemory) })];
  } finally {
    await alertmanager?.close();
    await relay.close();
    await world.close();
    await hook.close();
  }
}

/** Makes every metric cross, or recover, while the channel is held as after a 429 for all of it: 1,000 messages wait. */
async function holdAlerts(world: World, value: number): Promise<void> {
  const { db, pulse, workspaceId } = world.running.deps;
  await db.prisma.$executeRaw(sql`
    insert into heartbeat.place (workspace_id, key, channel, is_group, held_until)
    values (${workspaceId}, 'webhook:*', 'webhook', false, now() + interval '1 hour')
    on conflict (workspace_id, key) do update set held_until = excluded.held_until`);
  // or they would flap
  await db.prisma.$executeRaw(sql`
    update heartbeat.metric_state set judge = jsonb_set(judge, '{recent}', '[]') where judge is not null`);
  await world.signal(
    0,
    Array.from({ length: ALERTS }, () => value),
  );
  await Promise.all(Array.from({ length: ALERTS }, (_, index) => pulse.refresh(metricId(index))));
}

/** Lets the channel go; gives when. */
async function release({ running: { deps } }: World): Promise<number> {
  await deps.db.prisma.$executeRaw(sql`update heartbeat.place set held_until = null where key = 'webhook:*'`);
  deps.outbox.kick();
  return preciseNow();
}

type Hook = { port: number; take(begin: () => Promise<number>): Promise<number>; close(): Promise<void> };

/** `take` gives messages a second from the commit to the last of 1,000 different ones; throws when one came twice. */
async function openHook(): Promise<Hook> {
  const worker = new Worker(new URL('./at-once.ts', import.meta.url));
  const next = async <Kind extends FromHook['kind']>(
    kind: Kind,
  ): Promise<Extract<FromHook, { kind: Kind }>> => {
    for (;;) {
      const message = await new Promise<FromHook>((resolve) => worker.once('message', resolve));
      if (message.kind === kind) return message as Extract<FromHook, { kind: Kind }>;
    }
  };
  const { port } = await next('ready');
  return {
    port,
    async take(begin) {
      const counting = next('expecting');
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
      worker.postMessage({ expect: ALERTS } satisfies ToHook);
      await counting;
      const all = next('all');
      const committedAt = await begin();
      const { at, calls } = await all;
      if (calls !== ALERTS) throw new Error(`${calls} calls for ${ALERTS} messages`);
      return (ALERTS / (at - committedAt)) * 1_000;
    },
    close: async () => void (await worker.terminate()),
  };
}

/** What a durable relay takes at least: a job a message in the same database, over when its call was answered. */
async function openRelay(databaseUrl: string, port: number) {
  const db = await openDatabase({ databaseUrl, dataDir: '' });
  const jobs = await createJobs(db, [{ name: 'burst' }], silentLog);
  await jobs.work('burst', { batchSize: RELAY_BATCH }, async (batch) => {
    await Promise.all(
      batch.map(async ({ id }) => {
        const response = await fetch(`http://127.0.0.1:${port}/${id}`, { method: 'POST', body: '{}' });
        await response.text();
      }),
    );
  });
  return {
    async send(count: number): Promise<number> {
      const drafts = Array.from({ length: count }, (_, index) => ({ data: { index } }));
      await inTransaction(db, (tx) => jobs.send(tx, 'burst', drafts));
      return preciseNow();
    },
    close: async () => {
      await jobs.stop();
      await db.close();
    },
  };
}

/** What it is given is stored nowhere: it counts from the first post on. */
async function postAll(alertmanager: Alertmanager): Promise<number> {
  const startedAt = preciseNow();
  await alertmanager.post(ALERTS);
  return startedAt;
}

function toRow(ours: readonly number[], peer: { name: string; speeds: readonly number[] }): BenchRow {
  const [our, their] = [toSample(ours, '/s'), toSample(peer.speeds, '/s')];
  return {
    figure: '1,000 alerts due at once → 1,000 web hooks that answer at once',
    ours: our,
    peer: { name: peer.name, sample: their },
    ratio: our.median / their.median,
    goal: `≥ ${GOAL_A_SECOND}/s`,
    ok: our.median >= GOAL_A_SECOND,
  };
}
