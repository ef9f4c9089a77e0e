import { applyTick } from './judge-episode.ts';
import { conclude } from './judge-outcome.ts';
import { countRuns, decideLevel } from './judge-runs.ts';
import { levelOf } from './levels.ts';
import type { AlertState, JudgeInput, JudgePolicy, Judgement } from './types.ts';

type ReadingInput = Extract<JudgeInput, { kind: 'reading' }>;

/** How many levels flapping looks at. */
const RECENT_LEVELS = 21;

/** Judges one reading. One as_of is one tick: an older or repeated one changes nothing, nor does a value that is no number. */
export function judgeReading(
  state: AlertState,
  reading: ReadingInput,
  policy: JudgePolicy,
  now: Date,
): Judgement {
  const { value } = reading;
  if (!Number.isFinite(value)) return conclude(state);
  const readingLevel = levelOf(value, policy);
  if (!isNewTick(reading.asOf, state.lastAsOf)) return conclude(state, { readingLevel });

  const ticked = takeTick(state, reading, policy);
  const { episode, edges, closed } = applyTick(state.episode, {
    value,
    direction: policy.direction,
    level: ticked.level,
    towardsGreen: ticked.runs.offAmber > 0,
    now,
  });
  return conclude({ ...ticked, episode }, { edges, closed, readingLevel });
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
