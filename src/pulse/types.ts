import type { Level } from '../alerts/index.ts';
import type { Metric, MetricVerification } from '../registry/index.ts';

/** Mean and deviation of the rolling history; exists from 30 readings on. */
export type Typical = { mean: number; deviation: number; count: number };

export type Point = { at: Date; value: number };

/** The open alert of a metric, as tiles and lists show it. */
export type OpenAlert = {
  id: string;
  number: number;
  version: number;
  level: 'amber' | 'red';
  state: 'firing' | 'acked' | 'snoozed';
  openedAt: Date;
};

/** What every surface reads of a metric: the 5-tuple, who answers for it, how old it is, whether it is verified. */
export type MetricStatus = {
  metric: Metric;
  verification: MetricVerification;
  observation: { value: number; asOf: Date; computedAt: Date } | null;
  /** level of the newest reading by its lines; stays, greyed, when stale; null before any reading */
  level: Level | null;
  ageMs: number | null;
  stale: boolean;
  late: boolean;
  typical: Typical | null;
  /** beyond two deviations of typical */
  unusual: boolean;
  /** the reading one comparable period earlier (same time last week, or the day before) and the relative change */
  comparable: { value: number; at: Date; ratio: number | null } | null;
  /** up to 48 newest points, oldest first */
  spark: readonly Point[];
  alert: OpenAlert | null;
  /** the last tick's SQL error, masked; null when it worked */
  error: string | null;
};
