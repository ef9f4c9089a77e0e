import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '../test/support/postgres.ts';
import { toSample } from './floor/sample.ts';
import type { Probe } from './probe.ts';
import { build, serve, type Served } from './serve.ts';
import { createBenchWorkspace, metricId } from './workspaces.ts';
import type { Bench, BenchRow } from './types.ts';

const METRICS = 100;
const PICTURES = 1000;
const TICKS = 10_000;
const QUARTERS = 4;
const SECOND_MS = 1000;
const WARM_UP_MS = 5 * SECOND_MS;
const MEBIBYTE = 1024 * 1024;
const MEMORY_GOAL_MIB = 400;
/** what a quarter may add when memory does not grow with work */
const FLAT = 1.1;
const BLOCK_GOAL_MS = 50;
const TYPICAL_GOAL_MS = 5;

/** The built program, 1,000 pictures and 10,000 ticks side by side: on PostgreSQL, and on its embedded databases. */
export const soakBench: Bench = {
  name: 'soak',
  async run() {
    build();
    const server = await startPostgres({ durable: true });
    const onServer = await soakOn({ DATABASE_URL: server.url, MARTS_URL: server.url });
    await server.stop();
    const embedded = await soakOn({});
    return [
      memoryRow('on PostgreSQL', onServer, MEMORY_GOAL_MIB),
      // two PostgreSQLs are inside: how much they take is theirs, that it does not grow is ours
      memoryRow('both databases embedded', embedded, null),
      ...blockRows(embedded),
    ];
  },
};

async function soakOn(databases: Record<string, string>): Promise<Probe[]> {
  const dataDir = await mkdtemp(join(tmpdir(), 'hb-bench-'));
  const sql = (index: number): string =>
    `select 4.5 + 0.3 * sin(extract(epoch from :to::timestamptz) / ${7 + index}) as value`;
  const workspace = await createBenchWorkspace({ metrics: METRICS, people: 10, period: '1s', sql });
  const served = await serve({
    HEARTBEAT_WORKSPACE: workspace.dir,
    HEARTBEAT_DATA: dataDir,
    PLAYGROUND: 'on',
    ...databases,
  });
  try {
    await sleep(WARM_UP_MS);
    await served.ask();
    return await soak(served);
  } finally {
    await served.stop();
    await workspace.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Asks for pictures at an even pace, so that they last as long as the ticks do. */
async function soak(served: Served): Promise<Probe[]> {
  const probes: Probe[] = [];
  const from = await countTicks(served);
  for (let picture = 1; picture <= PICTURES; picture += 1) {
    await drawOne(served, picture);
    while ((await countTicks(served)) - from < (TICKS * picture) / PICTURES) await sleep(20);
    if (picture % (PICTURES / QUARTERS) === 0) probes.push(await served.ask());
  }
  return probes;
}

/** Readings of every second: no two of these pictures are the same. */
async function drawOne({ url }: Served, picture: number): Promise<void> {
  const theme = picture % 3 === 0 ? 'dark' : 'light';
  const path = picture % 4 === 0 ? '/cockpit.png' : `/metric/${metricId(picture % METRICS)}.png`;
  const response = await fetch(`${url}${path}?theme=${theme}`);
  if (!response.ok) throw new Error(`${path} gave ${response.status}: ${await response.text()}`);
  await response.arrayBuffer();
}

async function countTicks({ url }: Served): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const [, count] = /^heartbeat_ticks_total(?:\{[^}]*\})? (\d+)/m.exec(text) ?? [];
  if (count === undefined) throw new Error('/metrics does not tell how many ticks there were.');
  return Number(count);
}

function memoryRow(where: string, probes: readonly Probe[], goalMib: number | null): BenchRow {
  const memory = probes.map(({ rssBytes }) => rssBytes / MEBIBYTE);
  const [, half = 0, , end = 0] = memory;
  const quarters = memory.map((mib) => Math.round(mib)).join(', ');
  return {
    figure: `memory over 1,000 pictures and 10,000 ticks, ${where}: after each quarter ${quarters}`,
    ours: toSample(memory, 'MiB'),
    peer: null,
    ratio: null,
    goal: goalMib === null ? 'flat' : `≤ ${goalMib} MiB, flat`,
    ok: Math.max(...memory) <= (goalMib ?? Number.POSITIVE_INFINITY) && end <= half * FLAT,
  };
}

function blockRows(probes: readonly Probe[]): BenchRow[] {
  const sample = (pick: (probe: Probe) => number) => toSample(probes.map(pick), 'ms');
  const typical = sample(({ busy }) => busy.p99);
  const longest = sample(({ busy }) => busy.max);
  const absolute = { peer: null, ratio: null };
  return [
    {
      figure: 'main thread busy without a break, pictures and ticks embedded, p99',
      ours: typical,
      ...absolute,
      goal: `< ${TYPICAL_GOAL_MS} ms`,
      ok: typical.median < TYPICAL_GOAL_MS,
    },
    {
      figure: 'the same, the longest of each quarter',
      ours: longest,
      ...absolute,
      goal: `≤ ${BLOCK_GOAL_MS} ms`,
      ok: longest.max <= BLOCK_GOAL_MS,
    },
    {
      figure: 'a timer of 1 ms is late, by anything, the machine included, p99',
      ours: sample(({ wall }) => wall.p99),
      ...absolute,
      goal: '–',
      ok: true,
    },
  ];
}
