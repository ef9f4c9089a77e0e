import type { Metric } from '../registry/index.ts';
import { addPeriods } from './periods.ts';

/** When a reading is of, and whether its SQL gives a series (`as_of` is then the start of its period). */
export type DatedReading = { asOf: Date; series: boolean };

/**
 * Gives how old a reading is, in milliseconds: now − (as_of + one period of the calendar) for a series, now − as_of otherwise;
 * never below 0, also when a clock jumped back.
 */
export function ageMs(
  metric: Pick<Metric, 'period'>,
  { asOf, series }: DatedReading,
  { now, timezone }: { now: Date; timezone: string },
): number {
  return Math.max(0, now.getTime() - completeAt(metric, { asOf, series }, timezone).getTime());
}

function completeAt(metric: Pick<Metric, 'period'>, { asOf, series }: DatedReading, timezone: string): Date {
  return series ? addPeriods(metric.period, asOf, 1, timezone) : asOf;
}

/** Gives the last instant at which a reading is not stale yet. */
export function staleAt(
  metric: Pick<Metric, 'period' | 'staleAfterMs'>,
  reading: DatedReading,
  timezone: string,
): Date {
  return new Date(completeAt(metric, reading, timezone).getTime() + metric.staleAfterMs);
}

/** Tells whether a reading is older than its metric's patience; equal is not. */
export function isStale(
  metric: Pick<Metric, 'period' | 'staleAfterMs'>,
  reading: DatedReading,
  context: { now: Date; timezone: string },
): boolean {
  return ageMs(metric, reading, context) > metric.staleAfterMs;
}
