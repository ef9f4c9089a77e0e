import type { QueryWindow } from '../marts/index.ts';
import type { Metric } from '../registry/index.ts';
import { addPeriods, periodStart } from './periods.ts';

/** What of a metric says which time its SQL is asked about. */
export type WindowedMetric = Pick<Metric, 'period' | 'scheduleOnly' | 'correctionMs'>;

/** A tick looks back this far, so that a late row or a tick missed while down is filled. */
const LOOK_BACK_PERIODS = 3;
/** Half of the 10,000 rows a query may give: one row a period, and room for SQL that gives a few more. */
const BACKFILL_PERIODS = 5_000;

/**
 * Gives what `:from` and `:to` are at a tick: `to` = the last period boundary not after it (of a metric with only a schedule the
 * tick itself), `from` = `to` − max(3 periods, the metric's correction).
 */
export function queryWindow(metric: WindowedMetric, tick: Date, zone: string): QueryWindow {
  const to = metric.scheduleOnly ? tick : periodStart(metric.period, tick, zone);
  const periodsBack = addPeriods(metric.period, to, -LOOK_BACK_PERIODS, zone);
  return { from: new Date(Math.min(periodsBack.getTime(), to.getTime() - metric.correctionMs)), to };
}

/**
 * Cuts a range into windows of whole periods, oldest first, each under the row cap. It begins with the period that holds
 * `range.from` and ends with the last one complete at `range.to`.
 */
export function backfillWindows(metric: WindowedMetric, range: QueryWindow, zone: string): QueryWindow[] {
  const end = metric.scheduleOnly ? range.to : periodStart(metric.period, range.to, zone);
  const windows: QueryWindow[] = [];
  let from = metric.scheduleOnly ? range.from : periodStart(metric.period, range.from, zone);
  while (from < end) {
    const next = addPeriods(metric.period, from, BACKFILL_PERIODS, zone);
    const to = next < end ? next : end;
    windows.push({ from, to });
    from = to;
  }
  return windows;
}
