import { InputError } from '../errors.ts';
import { checkSql, type CheckedSql, type Warehouse } from '../marts/index.ts';
import type { Metric } from '../registry/index.ts';
import { nextDue } from './due.ts';
import { selectReadings } from './select-readings.ts';
import { queryWindow } from './window.ts';

/** A point of a metric's series, or its single value at the tick. */
export type ReadingPoint = { asOf: Date; value: number };

/** What a tick's query gave. */
export type TickOutcome =
  | { kind: 'reading'; reading: ReadingPoint; series: boolean; older: readonly ReadingPoint[] }
  | { kind: 'no_data' }
  | { kind: 'error'; fault: 'connection' | 'timeout' | 'sql' | 'result'; reason: string };

/** One computed tick, ready to be stored. */
export type Computed = {
  metric: Metric;
  kind: 'tick' | 'refresh';
  /** the due instant that was claimed */
  due: Date;
  tick: Date;
  nextDue: Date;
  late: boolean;
  outcome: TickOutcome;
  durationMs: number;
};

const checked = new WeakMap<Metric, CheckedSql>();

/** The parsed SQL of a metric, parsed once a definition. Throws InputError `sql_invalid` with the parser's reason. */
export function checkedSqlOf(metric: Metric): CheckedSql {
  const known = checked.get(metric);
  if (known) return known;
  const result = checkSql(metric.sql);
  if (!('ok' in result)) {
    const reason = result.problems.map((problem) => problem.reason).join('; ');
    throw new InputError('sql_invalid', `${metric.file}: ${reason}`);
  }
  checked.set(metric, result.ok);
  return result.ok;
}

export type TickPlan = Pick<Computed, 'metric' | 'kind' | 'due' | 'tick' | 'late'>;

/** Computes one tick of a metric; never throws: a failure is an outcome. */
export async function computeTick(
  warehouse: Warehouse,
  plan: TickPlan,
  context: { timezone: string; now: Date },
): Promise<Computed> {
  const { metric, tick } = plan;
  const next = nextDue(metric, plan.kind === 'refresh' ? context.now : tick, context.timezone);
  const done = (outcome: TickOutcome, durationMs: number): Computed => ({
    ...plan,
    nextDue: next,
    outcome,
    durationMs,
  });
  const window = queryWindow(metric, tick, context.timezone);
  let sql: CheckedSql;
  try {
    sql = checkedSqlOf(metric);
  } catch (error) {
    return done(
      { kind: 'error', fault: 'sql', reason: error instanceof Error ? error.message : String(error) },
      0,
    );
  }
  const result = await warehouse.query(sql, window, {
    timeoutMs: metric.timeoutMs,
    timezone: context.timezone,
  });
  if (result.kind === 'failed')
    return done({ kind: 'error', fault: result.fault, reason: result.reason }, result.durationMs);
  const selected = selectReadings({
    rows: result.rows,
    series: result.series,
    metric,
    tick,
    window,
    timezone: context.timezone,
  });
  if (selected.kind === 'failed')
    return done({ kind: 'error', fault: 'result', reason: selected.reason }, result.durationMs);
  if (!selected.reading) return done({ kind: 'no_data' }, result.durationMs);
  return done(
    { kind: 'reading', reading: selected.reading, series: result.series, older: selected.older },
    result.durationMs,
  );
}
