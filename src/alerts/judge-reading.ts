import { applyTick, type EpisodeOutcome } from './judge-episode.ts';
import { goesOnFlapping, RECENT_LEVELS, startsFlapping } from './judge-flapping.ts';
import { conclude } from './judge-outcome.ts';
import { countRuns, decideLevel } from './judge-runs.ts';
import { levelOf } from './levels.ts';
import type { AlertState, Edge, JudgeInput, JudgePolicy, Judgement } from './types.ts';

type ReadingInput = Extract<JudgeInput, { kind: 'reading' }>;

/** Judges one reading. One as_of is one tick: an older or repeated one changes nothing, nor does a value that is no number. */
export function judgeReading(
  state: AlertState,
  reading: ReadingInput,
  policy: JudgePolicy,
  now: Date,
): Judgement {
  const { value } = reading;
  if (!Number.isFinite(value)) return conclude(state, policy);
  const readingLevel = levelOf(value, policy);
  if (!isNewTick(reading.asOf, state.lastAsOf)) return conclude(state, policy, { readingLevel });

  const ticked = takeTick(state, reading, policy);
  const flapping = state.flapping && goesOnFlapping(ticked.recent);
  const { level, runs } = ticked;
  const outcome = applyTick(state.episode, {
    value,
    direction: policy.direction,
    from: state.level,
    level,
    towardsGreen: runs.offAmber > 0,
    flapping,
    policy,
    now,
  });
  const after = followFlapping({ ...ticked, flapping }, outcome, state.flapping);
  return conclude(after.state, policy, { edges: after.edges, closed: outcome.closed, readingLevel });
}

/** Flapping starts only on an entry edge; its end is said before what it held back. */
function followFlapping(
  state: AlertState,
  { episode, edges }: EpisodeOutcome,
  wasFlapping: boolean,
): { state: AlertState; edges: Edge[] } {
  if (wasFlapping && !state.flapping) {
    const told = edges.filter(({ kind }) => kind !== 'value_changed');
    return { state: { ...state, episode }, edges: [{ kind: 'flapping_ended' }, ...told] };
  }
  const isEntry = edges.some(({ kind }) => kind === 'entered_amber' || kind === 'entered_red');
  if (!state.flapping && isEntry && startsFlapping(state.recent))
    return { state: { ...state, episode, flapping: true }, edges: [...edges, { kind: 'flapping_started' }] };
  return { state: { ...state, episode }, edges };
}

/** An as_of that is no instant is never new. */
function isNewTick(asOf: string, lastAsOf: string | null): boolean {
  return Date.parse(asOf) > (lastAsOf === null ? -Infinity : Date.parse(lastAsOf));
}

function takeTick(state: AlertState, reading: ReadingInput, policy: JudgePolicy): AlertState {
  const runs = countRuns(state.runs, reading.value, policy);
  const level = decideLevel(state.level, runs, policy);
  return {
    ...state,
    level,
    runs,
    lastAsOf: new Date(reading.asOf).toISOString(),
    recent: [...state.recent, level].slice(-RECENT_LEVELS),
  };
}
