import { sql } from '../db/index.ts';
import type { Deps } from '../deps.ts';
import type { Level } from '../alerts/index.ts';
import { HOUR } from '../lib/time.ts';
import type { Metric } from '../registry/index.ts';
import { ageMs, isStale } from './staleness.ts';
import { comparableOf, computeTypical, isUnusual } from './typical.ts';
import type { MetricStatus, OpenAlert, Point } from './types.ts';

const RECENT_POINTS = 91;
const SPARK_POINTS = 48;

type StatusRow = {
  metric_id: string;
  as_of: Date | null;
  value: number | null;
  computed_at: Date | null;
  reading_level: Level | null;
  last_error: string | null;
  last_late: boolean | null;
  series: boolean | null;

  alert: (Omit<OpenAlert, 'openedAt'> & { opened_at: string }) | null;
  recent: [number, number][] | null;
  earlier: [number, number][] | null;
};

type StatusDeps = Pick<Deps, 'db' | 'clock' | 'workspaceId' | 'registry'>;

/** The 5-tuple and all that surrounds it, of the metrics named (all when null), in the registry's order. One query. */
export async function loadStatuses(
  deps: StatusDeps,
  metricIds: readonly string[] | null = null,
): Promise<MetricStatus[]> {
  const registry = deps.registry.current();
  const metrics = [...registry.metrics.values()].filter(
    (metric) => !metricIds || metricIds.includes(metric.id),
  );
  if (metrics.length === 0) return [];
  const rows = await readRows(deps, metrics);
  const byId = new Map(rows.map((row) => [row.metric_id, row]));
  const context = { now: deps.clock.now(), timezone: registry.workspace.timezone };
  return metrics.map((metric) => toStatus(deps, metric, byId.get(metric.id), context));
}

/** The status of one metric; undefined when it is not in the registry. */
export async function findStatus(deps: StatusDeps, metricId: string): Promise<MetricStatus | undefined> {
  const [status] = await loadStatuses(deps, [metricId]);
  return status;
}

async function readRows(deps: StatusDeps, metrics: readonly Metric[]): Promise<StatusRow[]> {
  const wanted = JSON.stringify(metrics.map((metric) => ({ id: metric.id, period_ms: metric.period.ms })));
  return deps.db.prisma.$queryRaw<StatusRow[]>(sql`
    select m.id as metric_id, s.as_of, s.value, s.computed_at, s.reading_level, s.last_error, s.last_late, s.series,
      case when a.id is null then null else jsonb_build_object(
        'id', a.id, 'number', a.number, 'version', a.version, 'level', a.level, 'state', a.state, 'opened_at', a.opened_at) end as alert,
      recent.points as recent, earlier.points as earlier
    from jsonb_to_recordset(${wanted}::jsonb) as m(id text, period_ms bigint)
    left join heartbeat.metric_state s on s.workspace_id = ${deps.workspaceId} and s.metric_id = m.id
    left join heartbeat.alerts a on a.id = s.alert_id and a.state <> 'resolved'
    left join lateral (
      select jsonb_agg(jsonb_build_array(extract(epoch from p.as_of) * 1000, p.value) order by p.as_of) as points
      from (
        select distinct on (h.as_of) h.as_of, h.value from heartbeat.metric_history h
        where h.workspace_id = ${deps.workspaceId} and h.metric = m.id
        order by h.as_of desc, h.computed_at desc, h.id desc limit ${RECENT_POINTS}::int) p) recent on true
    left join lateral (
      select jsonb_agg(jsonb_build_array(extract(epoch from e.as_of) * 1000, e.value)) as points
      from (values (interval '7 days'), (interval '1 day')) as back(by)
      cross join lateral (
        select h.as_of, h.value from heartbeat.metric_history h
        where h.workspace_id = ${deps.workspaceId} and h.metric = m.id
          and h.as_of between s.as_of - back.by - m.period_ms * interval '0.5 milliseconds'
                          and s.as_of - back.by + m.period_ms * interval '0.5 milliseconds'
        order by abs(extract(epoch from h.as_of - (s.as_of - back.by))), h.computed_at desc, h.id desc limit 1) e) earlier on true`);
}

function toStatus(
  deps: StatusDeps,
  metric: Metric,
  row: StatusRow | undefined,
  context: { now: Date; timezone: string },
): MetricStatus {
  const recent = toPoints(row?.recent ?? null);
  const observation =
    row?.as_of && row.value !== null && row.computed_at
      ? { value: row.value, asOf: row.as_of, computedAt: row.computed_at }
      : null;
  const typical = computeTypical(
    observation ? recent.filter((point) => point.at < observation.asOf) : recent,
  );
  const previous = metric.period.ms < HOUR ? [] : recent.slice(-2, -1);
  const comparables = [...previous, ...toPoints(row?.earlier ?? null)];
  const dated = observation && { ...observation, series: row?.series ?? false };
  const age = dated ? ageMs(metric, dated, context) : null;
  return {
    metric,
    verification: deps.registry.verification(metric.id),
    observation,
    level: row?.reading_level ?? null,
    ageMs: age,
    stale: dated !== null && isStale(metric, dated, context),
    late: row?.last_late ?? false,
    typical,
    unusual: observation !== null && isUnusual(observation.value, typical),
    comparable: observation
      ? comparableOf(comparables, { at: observation.asOf, value: observation.value }, metric.period)
      : null,
    spark: recent.slice(-SPARK_POINTS),
    alert: row?.alert ? { ...row.alert, openedAt: new Date(row.alert.opened_at) } : null,
    error: row?.last_error ?? null,
  };
}

function toPoints(pairs: readonly [number, number][] | null): Point[] {
  return (pairs ?? []).map(([at, value]) => ({ at: new Date(at), value }));
}

/** A metric's readings since `from`, oldest first, thinned to at most `limit` by keeping the last of each equal span. */
export async function listPoints(
  deps: Pick<Deps, 'db' | 'workspaceId' | 'clock'>,
  input: { metricId: string; from: Date; limit: number },
): Promise<Point[]> {
  const spanMs = Math.max(1, Math.ceil((deps.clock.now().getTime() - input.from.getTime()) / input.limit));
  const rows = await deps.db.prisma.$queryRaw<{ as_of: Date; value: number }[]>(sql`
    select as_of, value from (
      select distinct on (span) as_of, value
      from (
        select id, as_of, value, computed_at, floor(extract(epoch from as_of) * 1000 / ${spanMs}::bigint) as span
        from heartbeat.metric_history
        where workspace_id = ${deps.workspaceId} and metric = ${input.metricId} and as_of >= ${input.from}) spanned
      order by span, as_of desc, computed_at desc, id desc) thinned
    order by as_of`);
  return rows.map((row) => ({ at: row.as_of, value: row.value }));
}
