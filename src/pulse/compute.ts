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
  { timezone, now }: { timezone: string; now: Date },
): Promise<Computed> {
  const after = plan.kind === 'refresh' ? now : plan.tick;
  const due = nextDue(plan.metric, after, timezone);
  return { ...plan, nextDue: due, ...(await readTick(warehouse, plan, timezone)) };
}

async function readTick(
  warehouse: Warehouse,
  { metric, tick }: TickPlan,
  timezone: string,
): Promise<Pick<Computed, 'outcome' | 'durationMs'>> {
  const window = queryWindow(metric, tick, timezone);
  let sql: CheckedSql;
  try {
    sql = checkedSqlOf(metric);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { outcome: { kind: 'error', fault: 'sql', reason }, durationMs: 0 };
  }
  const result = await warehouse.query(sql, window, { timeoutMs: metric.timeoutMs, timezone });
  const { durationMs } = result;
  if (result.kind === 'failed')
    return { outcome: { kind: 'error', fault: result.fault, reason: result.reason }, durationMs };
  const { rows, series } = result;
  const selected = selectReadings({ rows, series, metric, tick, window, timezone });
  if (selected.kind === 'failed')
    return { outcome: { kind: 'error', fault: 'result', reason: selected.reason }, durationMs };
  const { reading, older } = selected;
  return { outcome: reading ? { kind: 'reading', reading, series, older } : { kind: 'no_data' }, durationMs };
}
