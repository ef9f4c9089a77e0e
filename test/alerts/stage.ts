/** A pulse over a database, with metrics whose values a test sets, and what it decided to send. */
import { expect } from 'vitest';
import { createJobs, silentLog, sql } from '../../src/db/index.ts';
import type { QueryResult } from '../../src/marts/index.ts';
import { createPulse } from '../../src/pulse/index.ts';
import type { Metric, Registry } from '../../src/registry/index.ts';
import type { TestDatabase } from '../support/database.ts';
import {
  aCaller,
  aMetric,
  aRegistry,
  createDeps,
  fakeWarehouse,
  ivan,
  NO_ROWS,
  single,
  stoppedClock,
} from '../support/deps.ts';

export const CALLER = aCaller(ivan);

export type Sent = {
  edge: string;
  place: string;
  operation: string;
  status: string;
  silent: boolean;
  reason: string | null;
  alert_id: string | null;
  payload: Record<string, unknown>;
};

/** `null`: no row; text: the error of its SQL; `down`: the warehouse cannot be reached. */
export type Answer = number | null | { error: string } | 'down';

/** Some metrics `m_1` …, each of its own SQL. */
export function someMetrics(count: number, over: Partial<Metric> = {}): Metric[] {
  return Array.from({ length: count }, (_, n) =>
    aMetric({ id: `m_${n + 1}`, name: `Metric ${n + 1}`, sql: `select ${n + 1} as value`, ...over }),
  );
}

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Opens the stage at 10:00 UTC with all metrics green. The caller closes it. */
export async function openStage(
  database: TestDatabase,
  metrics: readonly Metric[],
  over: Partial<Registry> = {},
) {
  await database.clear();
  const clock = stoppedClock('2026-11-20T10:00:00.000Z');
  const jobs = await createJobs(database.db, [{ name: 'deliver' }, { name: 'backfill' }], silentLog);
  const values = new Map<string, Answer>();
  const bySql = new Map(metrics.map(({ id, sql: text }) => [text, id]));
  const answerTo = (id = ''): Answer => (values.has(id) ? (values.get(id) ?? null) : 4.5);
  const { warehouse } = fakeWarehouse((text) => toResult(answerTo(bySql.get(text))));
  const deps = await createDeps({
    db: database.db,
    jobs,
    clock,
    warehouse,
    registry: aRegistry(metrics, over),
  });
  const pulse = createPulse(deps);
  await pulse.start();
  await untilTicks(pulse, metrics.length);

  return {
    deps,
    clock,
    pulse,
    set(id: string, value: Answer) {
      values.set(id, value);
    },
    /** Moves on and waits until every metric that is due then was computed. */
    async tick(ms = 60_000): Promise<void> {
      const before = pulse.stats.ticks;
      clock.add(ms);
      pulse.kick();
      await untilTicks(pulse, before + metrics.length);
    },
    /** Moves the clock and lets the sweep see it. */
    async wait(ms: number): Promise<void> {
      clock.add(ms);
      pulse.kick();
    },
    async sent(): Promise<Sent[]> {
      return database.db.prisma.$queryRaw<Sent[]>(sql`
        select edge, place, operation, status, silent, reason, alert_id, payload from heartbeat.delivery order by seq`);
    },
    async close(): Promise<void> {
      await pulse.stop();
      await jobs.stop();
    },
  };
}

async function untilTicks(pulse: { stats: { ticks: number } }, count: number): Promise<void> {
  await expect.poll(() => pulse.stats.ticks, { timeout: 15_000, interval: 10 }).toBeGreaterThanOrEqual(count);
}

function toResult(answer: Answer): QueryResult {
  if (answer === null) return NO_ROWS;
  if (typeof answer === 'number') return single(answer);
  return answer === 'down'
    ? { kind: 'failed', fault: 'connection', reason: 'connect ECONNREFUSED', durationMs: 1 }
    : { kind: 'failed', fault: 'sql', reason: answer.error, durationMs: 1 };
}
