import { inTransaction, sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import { NotFoundError, UnavailableError } from '../errors.ts';
import { DAY } from '../lib/time.ts';
import type { Metric } from '../registry/index.ts';
import { historyRow, insertHistory } from './history-rows.ts';
import { checkedSqlOf } from './compute.ts';
import { backfillWindows } from './window.ts';

/** Queue of a workspace's backfills; one job a metric and definition. Processes of another workspace have no such metric. */
export function backfillQueue(workspaceId: string): string {
  return `backfill.${workspaceId}`;
}

const DEFAULT_SPAN_MS = 90 * DAY;
const RETRIES = 5;

/** What a backfill works with: less than the whole program has, so that a command can run one. */
export type BackfillDeps = Pick<Deps, 'db' | 'warehouse' | 'workspaceId' | 'clock' | 'registry'>;

/** Which history: from 90 days ago, until now, unless given. */
export type BackfillRequest = { metricId: string; from: Date | null; to?: Date | null };

export type BackfillResult = { metricId: string; readings: number; series: boolean };

/** Queues a backfill of 90 days for each metric whose present definition has none yet. */
export async function queueBackfills(
  deps: Pick<Deps, 'db' | 'jobs' | 'workspaceId' | 'registry'>,
): Promise<void> {
  const rows = await deps.db.prisma.$queryRaw<{ id: string; definition_hash: string }[]>(sql`
    select id, definition_hash from heartbeat.metric_registry
    where workspace_id = ${deps.workspaceId} and retired_at is null and backfilled_hash is distinct from definition_hash`);
  const { metrics } = deps.registry.current();
  const items = rows
    .filter((row) => metrics.has(row.id))
    .map((row) => ({
      data: { metricId: row.id },
      options: { singletonKey: `${deps.workspaceId}:${row.id}:${row.definition_hash}`, retryLimit: RETRIES },
    }));
  if (items.length > 0) await deps.jobs.send(null, backfillQueue(deps.workspaceId), items);
}

/** Works the backfill queue. */
export async function workBackfills(deps: Deps): Promise<void> {
  await deps.jobs.work(
    backfillQueue(deps.workspaceId),
    { batchSize: 1, expireInSeconds: 600 },
    async (jobs) => {
      for (const job of jobs) {
        const { metricId } = job.data as { metricId: string };
        if (!deps.registry.current().metrics.has(metricId)) continue;
        const result = await backfillMetric(deps, { metricId, from: null });
        deps.log.info({ metric: metricId, readings: result.readings, job: job.id }, 'backfilled');
      }
    },
  );
}

/**
 * Computes a series metric's history from `from` (90 days ago when null) to now, in chunks under the row cap, and appends what
 * differs from what is known. Backfill is never judged. Throws NotFoundError `metric_unknown`, UnavailableError `backfill_failed`.
 */
export async function backfillMetric(deps: BackfillDeps, input: BackfillRequest): Promise<BackfillResult> {
  const registry = deps.registry.current();
  const metric = registry.metrics.get(input.metricId);
  if (!metric)
    throw new NotFoundError('metric_unknown', `There is no metric ${input.metricId} in this workspace.`);
  // one value at a time: they have no history to compute
  if (metric.builtIn) return finish(deps, metric, { metricId: metric.id, readings: 0, series: false });
  const now = deps.clock.now();
  const from = input.from ?? new Date(now.getTime() - DEFAULT_SPAN_MS);
  const timezone = registry.workspace.timezone;
  const checked = checkedSqlOf(metric);
  let readings = 0;
  for (const window of backfillWindows(metric, { from, to: input.to ?? now }, timezone)) {
    const result = await deps.warehouse.query(checked, window, { timeoutMs: metric.timeoutMs, timezone });
    if (result.kind === 'failed') throw failed(metric, result.reason);
    if (!result.series) return finish(deps, metric, { metricId: metric.id, readings: 0, series: false });
    const rows = result.rows.flatMap(({ asOf, value }) =>
      asOf && asOf >= window.from && asOf < window.to
        ? [historyRow(metric, { asOf, value }, 'backfill', false)]
        : [],
    );
    await inTransaction(deps.db, (tx) => insertHistory(tx, deps.workspaceId, rows, now));
    readings += rows.length;
  }
  return finish(deps, metric, { metricId: metric.id, readings, series: true });
}

async function finish(deps: BackfillDeps, metric: Metric, result: BackfillResult): Promise<BackfillResult> {
  await deps.db.prisma.$executeRaw(sql`
    update heartbeat.metric_registry set backfilled_hash = ${metric.definitionHash}
    where workspace_id = ${deps.workspaceId} and id = ${metric.id}`);
  return result;
}

function failed(metric: Metric, reason: string): UnavailableError {
  return new UnavailableError(
    'backfill_failed',
    `The history of ${metric.id} could not be computed: ${reason}`,
    {
      details: { metric: metric.id, reason },
    },
  );
}
