import type { Direction } from '../registry/index.ts';
import { passTime, type EpisodeStep } from './judge-time.ts';
import { worseLevel, worseValue } from './levels.ts';
import type { Edge, Episode, Level } from './types.ts';

/** What a judged tick means for an episode. */
export type Tick = {
  value: number;
  direction: Direction;
  /** after hysteresis */
  level: Level;
  /** the run towards green has begun */
  towardsGreen: boolean;
  now: Date;
};

/** An episode after a tick; `closed` when the tick ended it. */
export type EpisodeOutcome = { episode: Episode | null; edges: Edge[]; closed: Episode | null };

/** Decides what a tick does to the episode that is open, or opens one. */
export function applyTick(before: Episode | null, tick: Tick): EpisodeOutcome {
  const { level } = tick;
  if (level === 'green') {
    return before === null
      ? { episode: null, edges: [], closed: null }
      : resolve(takeValue(before, tick), tick.now);
  }
  const step = before === null ? openEpisode(level, tick) : goOn(before, level, tick);
  return { ...step, closed: null };
}

function openEpisode(level: 'amber' | 'red', { value, now }: Tick): EpisodeStep {
  const at = now.toISOString();
  const episode: Episode = {
    level,
    version: 1,
    openedAt: at,
    levelSince: at,
    worstLevel: level,
    worstValue: value,
    value,
    ack: null,
    snooze: null,
    recovering: false,
    improving: false,
    escalatedSteps: 0,
    lastPushAt: level === 'red' ? at : null,
  };
  const edge: Edge =
    level === 'red' ? { kind: 'entered_red', from: 'green', brokeSnooze: false } : { kind: 'entered_amber' };
  return { episode, edges: [edge] };
}

/** Each rule sees what the one before it left; a snooze that runs out in the same tick ends last. */
function goOn(before: Episode, level: 'amber' | 'red', tick: Tick): EpisodeStep {
  const moved = changeLevel(takeValue(before, tick), level, tick.now);
  const followed = followRun(moved, tick.towardsGreen);
  const timed = passTime(followed.episode, tick.now);
  const edges = [...followed.edges, ...timed.edges];
  if (edges.length === 0 && tick.value !== before.value) edges.push({ kind: 'value_changed' });
  return { episode: timed.episode, edges };
}

function takeValue(episode: Episode, { value, direction }: Tick): Episode {
  return { ...episode, value, worstValue: worseValue(episode.worstValue, value, direction) };
}

function changeLevel(episode: Episode, level: 'amber' | 'red', now: Date): EpisodeStep {
  if (level === episode.level) return { episode, edges: [] };
  const moved: Episode = {
    ...episode,
    level,
    version: episode.version + 1,
    levelSince: now.toISOString(),
    worstLevel: worseLevel(episode.worstLevel, level),
    improving: level === 'amber',
  };
  if (level === 'amber') return { episode: moved, edges: [{ kind: 'improving' }] };
  return isRedCovered(episode) ? { episode: moved, edges: [{ kind: 'relapsed' }] } : pushRed(moved, now);
}

/** Somebody has taken on the red of this episode already. */
function isRedCovered({ ack, snooze }: Episode): boolean {
  return ack?.level === 'red' || snooze?.level === 'red';
}

/** An ack or snooze given at amber does not cover red. */
function pushRed(episode: Episode, now: Date): EpisodeStep {
  return {
    episode: { ...episode, ack: null, snooze: null, escalatedSteps: 0, lastPushAt: now.toISOString() },
    edges: [{ kind: 'entered_red', from: 'amber', brokeSnooze: episode.snooze !== null }],
  };
}

/** Says once that the run towards green has begun or was broken; a change of level says the break already. */
function followRun({ episode, edges }: EpisodeStep, towardsGreen: boolean): EpisodeStep {
  if (towardsGreen === episode.recovering) return { episode, edges };
  const followed = { ...episode, recovering: towardsGreen };
  if (towardsGreen) return { episode: followed, edges: [...edges, { kind: 'recovering' }] };
  return { episode: followed, edges: edges.length > 0 ? edges : [{ kind: 'relapsed' }] };
}

function resolve(episode: Episode, now: Date): EpisodeOutcome {
  const { worstValue, ack, snooze } = episode;
  const durationMs = Math.max(0, now.getTime() - Date.parse(episode.openedAt));
  return {
    episode: null,
    edges: [{ kind: 'resolved', durationMs, worstValue, ack, snooze }],
    closed: { ...episode, version: episode.version + 1 },
  };
}
