import { MINUTE } from '../lib/time.ts';
import { initialState, judge } from './judge.ts';
import { RECENT_LEVELS } from './judge-flapping.ts';
import { hasLeft } from './levels.ts';
import type { Replay, ReplayedEpisode, ReplayRequest, ReplayStats, Trial } from './preview-types.ts';
import type { AlertState, JudgeInput, JudgePolicy, Judgement } from './types.ts';

/** An alert that ends sooner is over before somebody could act on it. */
export const SHORT_MS = 20 * MINUTE;

/** Judged readings of one slice: some 5 ms. */
const SLICE = 2000;
/** A reading that is only looked at takes a hundredth of a judged one. */
const LOOK_SHARE = 0.01;
type Fold = {
  policy: JudgePolicy;
  state: AlertState;
  wakeAt: string | null;
  wakeMs: number;
  open: ReplayedEpisode | null;
  episodes: ReplayedEpisode[];
  edges: Replay['edges'];
};

/**
 * Replays a history through the judge as live alerts would have been: each reading once, in order, time passing in between,
 * nobody pressing anything. It yields between slices of a few milliseconds, so that whoever runs it can let others go on.
 */
export function* replay({ history, policy, endMs }: ReplayRequest): Generator<void, Replay> {
  const fold = startFold(policy);
  const { atMs, values } = history;
  let restTicks = 0;
  let work = 0;
  for (let index = 0; index < values.length; index += 1) {
    const [at, value] = [atMs[index] ?? 0, values[index] ?? Number.NaN];
    const isCalm = hasLeft('amber', value, policy);
    // once all levels that the judge remembers are calm, another calm reading changes nothing
    if (isCalm && restTicks >= RECENT_LEVELS) {
      work += LOOK_SHARE;
    } else {
      letTimePass(fold, at);
      const asOf = new Date(at);
      take(fold, { kind: 'reading', value, asOf: asOf.toISOString() }, asOf);
      restTicks = isCalm && isAtRest(fold.state) ? restTicks + 1 : 0;
      work += 1;
    }
    if (work < SLICE) continue;
    work = 0;
    yield;
  }
  letTimePass(fold, endMs);
  const { open, episodes, edges } = fold;
  return { episodes: open === null ? episodes : [...episodes, open], edges, endMs };
}

function startFold(policy: JudgePolicy): Fold {
  return {
    policy,
    state: initialState(),
    wakeAt: null,
    wakeMs: Infinity,
    open: null,
    episodes: [],
    edges: {},
  };
}

function isAtRest({ level, episode, flapping }: AlertState): boolean {
  return level === 'green' && episode === null && !flapping;
}

/** What time alone does before `untilMs`, at the instants that the judge asks for. */
function letTimePass(fold: Fold, untilMs: number): void {
  for (let atMs = fold.wakeMs; atMs < untilMs;) {
    take(fold, { kind: 'time' }, new Date(atMs));
    // an instant that does not move on would be asked for for ever
    if (fold.wakeMs <= atMs) return;
    atMs = fold.wakeMs;
  }
}

function take(fold: Fold, input: JudgeInput, now: Date): void {
  const judgement = judge(fold.state, input, fold.policy, now);
  fold.state = judgement.state;
  if (judgement.wakeAt !== fold.wakeAt) {
    fold.wakeAt = judgement.wakeAt;
    fold.wakeMs = judgement.wakeAt === null ? Infinity : Date.parse(judgement.wakeAt);
  }
  for (const { kind } of judgement.edges) fold.edges[kind] = (fold.edges[kind] ?? 0) + 1;
  follow(fold, judgement, now.getTime());
}

/** Keeps the list of episodes in step with what the judge has open. */
function follow(fold: Fold, { closed, state: { episode } }: Judgement, nowMs: number): void {
  if (closed !== null && fold.open !== null) {
    const { worstLevel: level, worstValue } = closed;
    fold.episodes.push({ ...fold.open, toMs: nowMs, level, worstValue });
    fold.open = null;
  }
  if (episode === null) return;
  const { worstLevel: level, worstValue } = episode;
  fold.open ??= { fromMs: nowMs, toMs: null, level, worstValue, redMs: null };
  Object.assign(fold.open, { level, worstValue });
  if (episode.level === 'red') fold.open.redMs ??= nowMs;
}

/** Runs a replay, or what is made of several, to its end without a pause. */
export function runAtOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** Sums a replay up; spans in ms. */
export function summarize({ episodes, edges, endMs }: Replay): ReplayStats {
  const spans = Float64Array.from(episodes, ({ fromMs, toMs }) =>
    Math.max(0, (toMs ?? endMs) - fromMs),
  ).sort();
  return {
    fired: episodes.length,
    redPushes: edges.entered_red ?? 0,
    amberPosts: edges.entered_amber ?? 0,
    flaps: edges.flapping_started ?? 0,
    totalMs: spans.reduce((sum, span) => sum + span, 0),
    medianMs: medianOf(spans),
    longestMs: spans.at(-1) ?? null,
    short: episodes.filter(({ fromMs, toMs }) => toMs !== null && toMs - fromMs < SHORT_MS).length,
    shortMs: SHORT_MS,
    open: episodes.filter(({ toMs }) => toMs === null).length,
  };
}

function medianOf(sorted: Float64Array): number | null {
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

/** Gives the policy with what is tried in place of what the file says. */
export function withTrial(policy: JudgePolicy, trial: Trial): JudgePolicy {
  return { ...policy, ...trial };
}
