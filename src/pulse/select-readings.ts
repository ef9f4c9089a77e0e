import type { QueryWindow, ValueRow } from '../marts/index.ts';
import type { Metric } from '../registry/index.ts';
import { addPeriods } from './periods.ts';

/** One value of a metric and the start of its period, or the tick where its SQL gives no `as_of`. */
export type SelectedReading = { asOf: Date; value: number };

/** What of a query's rows counts: the reading to judge, and older ones that only fill or correct history, oldest first. */
export type SelectedReadings =
  | { kind: 'selected'; reading: SelectedReading | null; older: readonly SelectedReading[] }
  | { kind: 'failed'; reason: string };

/**
 * Picks the readings of a query's rows. Of a series the newest complete period (its start + one period is not after the
 * window's end) is the reading; later rows are of periods that still run and are left out.
 */
export function selectReadings(request: {
  rows: readonly ValueRow[];
  series: boolean;
  metric: Pick<Metric, 'period'>;
  tick: Date;
  window: QueryWindow;
  timezone: string;
}): SelectedReadings {
  const { rows, series, tick } = request;
  if (series) return selectOfSeries(request);
  if (rows.length > 1) {
    return {
      kind: 'failed',
      reason: `the SQL gave ${rows.length} rows and no as_of: give one row, or an as_of for each`,
    };
  }
  const row = rows[0];
  return { kind: 'selected', reading: row ? { asOf: tick, value: row.value } : null, older: [] };
}

function selectOfSeries({
  rows,
  metric,
  window,
  timezone,
}: {
  rows: readonly ValueRow[];
  metric: Pick<Metric, 'period'>;
  window: QueryWindow;
  timezone: string;
}): SelectedReadings {
  const dated = rows.flatMap(({ asOf, value }) => (asOf ? [{ asOf, value }] : []));
  const sorted = dated.sort((a, b) => a.asOf.getTime() - b.asOf.getTime());
  const twice = sorted.find((row, index) => sorted[index + 1]?.asOf.getTime() === row.asOf.getTime());
  if (twice) {
    const reason = `two rows have the as_of ${twice.asOf.toISOString()}: group by as_of, so that each period has one value`;
    return { kind: 'failed', reason };
  }
  const newestComplete = sorted.findLastIndex(
    ({ asOf }) => addPeriods(metric.period, asOf, 1, timezone) <= window.to,
  );
  const reading = sorted[newestComplete] ?? null;
  return { kind: 'selected', reading, older: sorted.slice(0, Math.max(newestComplete, 0)) };
}
