import { levelOf, replay, type History, type JudgePolicy } from '../src/alerts/index.ts';
import { openDatabase, sql, type Db } from '../src/db/index.ts';
import { loadPreview } from '../src/pulse/index.ts';
import { aMetric, aRegistry, stoppedClock, WORKSPACE } from '../test/support/deps.ts';
import { startPostgres } from '../test/support/postgres.ts';
import { runSql, withDatabaseName } from '../test/support/sql.ts';
import { compare, toSample } from './floor/sample.ts';
import type { Bench, BenchRow } from './types.ts';

const MINUTE = 60_000;
const YEAR_OF_MINUTES = 525_600;
const NOW = '2026-11-20T10:00:00.000Z';
const END_MS = Date.parse(NOW);
const RUNS = { count: 9, warmUps: 3 };
const PREVIEWS = 5;

const POLICY: JudgePolicy = {
  direction: 'up',
  norm: 4,
  alert: 3.4,
  bandNorm: null,
  bandAlert: null,
  enter: 1,
  leave: 1,
  ackTimeoutMs: 240 * MINUTE,
  escalateAfterMs: 15 * MINUTE,
  escalationSteps: 2,
};

/** What if, over a year of minutes: the replay alone, and the whole preview out of PostgreSQL. */
export const previewBench: Bench = {
  name: 'preview',
  run: async () => [
    await benchReplay('replay of a year', 0.3),
    await benchReplay('replay of a year, never calm', 3),
    ...(await benchWhole()),
  ],
};

/** A daily wave with noise, and an incident now and then; the wider the noise, the less can be passed over. */
function yearOf(noise: number): History {
  let state = 7;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  let incident = 0;
  const values = Float64Array.from({ length: YEAR_OF_MINUTES }, (_, index) => {
    if (random() < 2e-5) incident = 10 + random() * 120;
    incident -= 1;
    const wave = 0.2 * Math.sin((index / 1440) * 2 * Math.PI);
    return 4.5 + wave + (random() - 0.5) * 2 * noise - (incident > 0 ? 1.5 : 0);
  });
  return { atMs: values.map((_, index) => END_MS - (YEAR_OF_MINUTES - index) * MINUTE), values };
}

async function benchReplay(figure: string, noise: number): Promise<BenchRow> {
  const history = yearOf(noise);
  const { ours, peer } = await compare(
    RUNS,
    async () => exhaust(replay({ history, policy: POLICY, endMs: END_MS })),
    async () => countLevels(history),
  );
  return {
    figure: `${figure}: 525,600 readings through the judge, one pass`,
    ours,
    peer: { name: 'the same loop, levels alone', sample: peer },
    ratio: Math.round((ours.median / peer.median) * 100) / 100,
    goal: '< 2 s',
    ok: ours.median < 2000,
  };
}

function exhaust(work: Generator<void, unknown>): void {
  while (work.next().done !== true);
}

/** What knows nothing of ticks in a row, alerts or time. */
function countLevels({ atMs, values }: History): number {
  let red = 0;
  for (const [index, value] of values.entries()) {
    const asOf = new Date(atMs[index] ?? 0).toISOString();
    if (levelOf(value, POLICY) === 'red' && asOf !== '') red += 1;
  }
  return red;
}

async function benchWhole(): Promise<BenchRow[]> {
  const server = await startPostgres({ durable: true });
  try {
    await runSql(server.url, 'create database heartbeat');
    const db = await openDatabase({ databaseUrl: withDatabaseName(server.url, 'heartbeat'), dataDir: '' });
    await storeYear(db, yearOf(0.3));
    const metric = aMetric({ norm: POLICY.norm, alert: POLICY.alert });
    const deps = {
      db,
      clock: stoppedClock(NOW),
      workspaceId: WORKSPACE,
      registry: { current: () => aRegistry([metric]), verification: () => 'verified' as const },
    };
    const rows = await timePreviews(() => loadPreview(deps, { metric, trial: { enter: 2 } }));
    await db.close();
    return rows;
  } finally {
    await server.stop();
  }
}

async function storeYear({ prisma }: Db, { atMs, values }: History): Promise<void> {
  const pageSize = 20_000;
  for (let start = 0; start < values.length; start += pageSize) {
    const page = JSON.stringify(
      Array.from(values.subarray(start, start + pageSize), (value, index) => ({
        at: atMs[start + index],
        value,
      })),
    );
    await prisma.$executeRaw(sql`
      insert into heartbeat.metric_history (workspace_id, metric, as_of, value, computed_at, definition_hash, level, kind)
      select ${WORKSPACE}, 'conversion', to_timestamp(at / 1000), value, to_timestamp(at / 1000), 'h', 'green', 'tick'
      from jsonb_to_recordset(${page}::jsonb) as r(at float8, value float8)`);
  }
  await prisma.$executeRaw(sql`analyze heartbeat.metric_history`);
}

/** Beside the time stands the longest wait of a timer that is due every two milliseconds. */
async function timePreviews(load: () => Promise<unknown>): Promise<BenchRow[]> {
  const [times, blocks]: [number[], number[]] = [[], []];
  for (let index = 0; index <= PREVIEWS; index += 1) {
    const watch = watchBlocks();
    const started = performance.now();
    await load();
    const tookMs = performance.now() - started;
    const longestMs = watch.end();
    if (index === 0) continue;
    times.push(tookMs);
    blocks.push(longestMs);
  }
  const [ours, block] = [toSample(times, 'ms'), toSample(blocks, 'ms')];
  const plain = { peer: null, ratio: null };
  return [
    {
      ...plain,
      figure: 'preview of a year: read, replayed twice, suggestions',
      ours,
      goal: '< 10 s',
      ok: ours.median < 10_000,
    },
    {
      ...plain,
      figure: 'longest block of the thread in it',
      ours: block,
      goal: '≤ 50 ms',
      ok: block.median <= 50,
    },
  ];
}

function watchBlocks(): { end(): number } {
  let last = performance.now();
  let longestMs = 0;
  const look = (): void => {
    const now = performance.now();
    longestMs = Math.max(longestMs, now - last);
    last = now;
  };
  const timer = setInterval(look, 2);
  return {
    end: () => {
      look();
      clearInterval(timer);
      return longestMs;
    },
  };
}
