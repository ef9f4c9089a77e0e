import type { Level } from '../src/alerts/index.ts';
import type { Locale, Unit } from '../src/registry/index.ts';

export type Theme = 'light' | 'dark';

/** How the reader of a picture reads. Instants in specs are epoch milliseconds, so that a spec is plain JSON. */
export type Reader = { theme: Theme; locale: Locale; timezone: string; nowMs: number };

/** A reading; with `low` and `high` the mean of several, and the least and the most of them. */
export type ChartPoint = { atMs: number; value: number; low?: number; high?: number };

/** One metric in the cockpit. */
export type TileSpec = {
  id: string;
  name: string;
  unit: Unit;
  /** level of the newest reading; null before any */
  level: Level | null;
  verified: boolean;
  stale: boolean;
  value: number | null;
  ageMs: number | null;
  /** relative change against the comparable earlier reading, and when that was */
  change: { ratio: number; atMs: number } | null;
  norm: number | null;
  alert: number | null;
  /** oldest first, at most 48 */
  spark: readonly ChartPoint[];
  alertState: 'firing' | 'acked' | 'snoozed' | null;
  /** when the open alert began; without it "since when" is not shown */
  sinceMs?: number | null;
  /** the reader starred it: it comes right after the red ones */
  starred?: boolean;
  /** its place in a list that has an order of its own */
  order?: number;
};

export type CockpitSpec = {
  kind: 'cockpit';
  reader: Reader;
  /** workspace name, or the scope's */
  title: string;
  /** in any order; the template sorts red first, then starred ones */
  tiles: readonly TileSpec[];
};

export type CardRange = '1d' | '7d' | '28d' | '90d';

export type MetricCardSpec = {
  kind: 'metric';
  reader: Reader;
  tile: TileSpec;
  range: CardRange;
  /** one sentence in words, already in the reader's language */
  sentence: string;
  points: readonly ChartPoint[];
  typical: { mean: number; deviation: number } | null;
  target: { value: number; due: string | null } | null;
  /** past and present alerts, as shaded spans */
  spans: readonly { fromMs: number; toMs: number; level: 'amber' | 'red' }[];
  /** name of the owner; null = unowned */
  owner: string | null;
  /** text of the period, such as `1h` */
  periodText: string;
  verifiedBy: string | null;
};

/** What lines would have raised in a metric's history. */
export type PreviewSpec = {
  kind: 'preview';
  reader: Reader;
  id: string;
  name: string;
  unit: Unit;
  /** what would have been, and by which lines, in the reader's language */
  sentence: string;
  linesText: string;
  points: readonly ChartPoint[];
  fromMs: number;
  norm: number | null;
  alert: number | null;
  /** level of the newest reading by these lines */
  mark: Level;
  /** alerts as they would have been; those that touch on the picture are one */
  spans: MetricCardSpec['spans'];
  /** how many alerts reached each level at worst */
  counts: { red: number; amber: number };
};

export type PictureSpec = CockpitSpec | MetricCardSpec | PreviewSpec;
