import type { MetricEdit } from '../registry/index.ts';
import type { Edge, JudgePolicy } from './types.ts';

/** Readings of one metric, oldest first; one `as_of` stands once. */
export type History = {
  /** when each was due to be judged, in epoch milliseconds */
  atMs: Float64Array;
  values: Float64Array;
};

/** An alert as it would have been. */
export type ReplayedEpisode = {
  fromMs: number;
  /** null: still open at the end */
  toMs: number | null;
  /** the worst level it reached */
  level: 'amber' | 'red';
  worstValue: number;
  /** when it first turned red; null = never */
  redMs: number | null;
};

/** What a history would have raised by some lines. */
export type Replay = {
  episodes: readonly ReplayedEpisode[];
  /** how many edges of each kind the judge gave */
  edges: Partial<Record<Edge['kind'], number>>;
  /** where the replay ends: what is open lasts until then */
  endMs: number;
};

/** A replay in numbers; spans in milliseconds, an open alert lasting until the end. */
export type ReplayStats = {
  /** alerts opened */
  fired: number;
  redPushes: number;
  amberPosts: number;
  /** how often it began to flap */
  flaps: number;
  totalMs: number;
  /** null without an alert */
  medianMs: number | null;
  longestMs: number | null;
  /** closed within `shortMs` */
  short: number;
  shortMs: number;
  open: number;
};

/** What may be tried; what is left out stays as the file says. Null: no such line. */
export type Trial = MetricEdit;

/** What people said of a stored alert, and when that was open. */
export type VerdictSpan = { fromMs: number; toMs: number; verdict: 'real' | 'noise' };

/** A change that would drop many short or noise alerts and keep every real one, with its price. */
export type Suggestion = {
  kind: 'ticks' | 'band' | 'line';
  trial: Trial;
  /** what it counts: alerts, or pushes where a lower line would turn them into quiet posts */
  of: 'alerts' | 'pushes';
  drops: number;
  /** of so many */
  noise: number;
  /** how those are known: marked by people, short, or both */
  known: 'marked' | 'short' | 'both';
  /** real ones, and the price that the worst of them pays, in ticks */
  real: number;
  laterTicks: number;
  longerTicks: number;
};

/** A history to replay, by which lines, and up to when. */
export type ReplayRequest = { history: History; policy: JudgePolicy; endMs: number };
