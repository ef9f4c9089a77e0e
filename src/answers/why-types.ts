import type { Level, Runs } from '../alerts/index.ts';
import type { Operation } from '../delivery/index.ts';
import type { MetricStatus } from '../pulse/index.ts';
import type { AlertView } from './alert-view.ts';
import type { NameOf } from './names.ts';

/** A place that this metric's alerts go to, and why it is one. */
export type WhyPlace = {
  /** as people call it: `Telegram 1001`, `Ivan's chat` */
  label: string;
  why:
    | { kind: 'owner' }
    /** a room of one of the metric's teams */
    | { kind: 'team'; team: string }
    /** the ops inbox, for a metric that nobody answers for */
    | { kind: 'unowned' };
};

/** One stored delivery of the metric's newest alert, or of its silent source. */
export type WhyDelivery = {
  id: string;
  /** the edge that made it, such as `entered_red` */
  edge: string;
  at: Date;
  place: string;
  operation: Operation;
  status: 'held' | 'pending' | 'sending' | 'sent' | 'superseded' | 'failed' | 'dead';
  attempts: number;
  /** why it waits, failed or was superseded */
  reason: string | null;
};

/** A judged tick: its value and the level by the lines alone. */
export type WhyTick = { at: Date; value: number; level: Level };

/** Something that keeps this metric's messages back, folds them into one, or replaces them. */
export type WhySilence =
  | { kind: 'maintenance' | 'quiet'; name: string; until: Date }
  | { kind: 'storm'; place: string; alerts: number }
  | { kind: 'flapping' }
  /** the alert of the source that gives no fresh readings */
  | { kind: 'source'; number: number; source: string; at: Date };

/** Stored facts that answer "why did it ring" and "why is it silent". */
export type WhyFacts = {
  status: MetricStatus;
  now: Date;
  nameOf: NameOf;
  /** the judge's level after hysteresis and its runs; null before the first judged reading */
  judged: { level: Level; runs: Runs } | null;
  /** the newest ticks, oldest first */
  ticks: readonly WhyTick[];
  /** the open alert; null when there is none */
  alert: AlertView | null;
  silences: readonly WhySilence[];
  places: readonly WhyPlace[];
  /** newest first */
  deliveries: readonly WhyDelivery[];
};
