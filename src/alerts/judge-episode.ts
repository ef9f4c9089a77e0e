import type { Direction } from '../registry/index.ts';
import { HOUR } from '../lib/time.ts';
import { passTime, type EpisodeStep } from './judge-time.ts';
import { worseLevel, worseValue } from './levels.ts';
import type { Edge, Episode, JudgePolicy, Level } from './types.ts';

/** While a metric flaps, red interrupts at most so often. */
const FLAPPING_PUSH_MS = HOUR;

/** What a judged tick means for an episode. */
export type Tick = {
  value: number;
  direction: Direction;
  /** after hysteresis, before this tick and after it */
  from: Level;
  level: Level;
  /** the run towards green has begun */
  towardsGreen: boolean;
  /** recoveries are held back */
  flapping: boolean;
  policy: JudgePolicy;
  now: Date;
};

/** An episode after a tick; `closed` when the tick ended it. */
export type EpisodeOutcome = { episode: Episode | null; edges: Edge[]; closed: Episode | null };

/** Decides what a tick does to the episode that is open, or opens one. */
export function applyTick(before: Episode | null, tick: Tick): EpisodeOutcome {
  const { level } = tick;
  if (level === 'green') {
    if (before === null) return { episode: null, edges: [], closed: null };
    const last = takeValue(before, tick);
    return tick.flapping ? { ...holdRecovery(last, before, tick), closed: null } : resolve(last, tick.now);
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
    unattendedSince: level === 'red' ? at : null,
    lastPushAt: level === 'red' ? at : null,
  };
  const edge: Edge =
    level === 'red' ? { kind: 'entered_red', from: 'green', brokeSnooze: false } : { kind: 'entered_amber' };
  return { episode, edges: [edge] };
}

/** Each rule sees what the one before it left; what runs out in the same tick ends last. */
function goOn(before: Episode, level: 'amber' | 'red', tick: Tick): EpisodeStep {
  const moved = changeLevel(takeValue(before, tick), level, tick);
  return finish(before, followRun(moved, tick.towardsGreen), tick);
}

/** A recovery while the metric flaps is not one yet: the alert stays open, and says that it recovers. */
function holdRecovery(last: Episode, before: Episode, tick: Tick): EpisodeStep {
  return finish(before, followRun({ episode: last, edges: [] }, true), tick);
}

function finish(before: Episode, step: EpisodeStep, { value, policy, now }: Tick): EpisodeStep {
  const timed = passTime(step.episode, policy, now);
  const edges = [...step.edges, ...timed.edges];
  if (edges.length === 0 && value !== before.value) edges.push({ kind: 'value_changed' });
  return { episode: timed.episode, edges };
}

function takeValue(episode: Episode, { value, direction }: Tick): Episode {
  return { ...episode, value, worstValue: worseValue(episode.worstValue, value, direction) };
}

/** Green before, with an alert open, is a recovery that was held back: any level after it is a change. */
function changeLevel(episode: Episode, level: 'amber' | 'red', tick: Tick): EpisodeStep {
  if (level === episode.level && tick.from !== 'green') return { episode, edges: [] };
  const wasRed = episode.level === 'red';
  const moved: Episode = {
    ...episode,
    level,
    version: episode.version + 1,
    levelSince: tick.now.toISOString(),
    worstLevel: worseLevel(episode.worstLevel, level),
    improving: level === 'amber' && wasRed,
  };
  if (level === 'amber')
    return {
      episode: { ...moved, unattendedSince: null },
      edges: wasRed ? [{ kind: 'improving' }] : [{ kind: 'relapsed' }],
    };
  return isQuietRed(moved, tick) ? backToRed(moved, tick) : pushRed(moved, tick);
}

/** Somebody has taken on the red of this episode already, or it flaps and was pushed within the hour. */
function isQuietRed({ ack, snooze, lastPushAt }: Episode, { flapping, now }: Tick): boolean {
  if (ack?.level === 'red' || snooze?.level === 'red') return true;
  return flapping && lastPushAt !== null && now.getTime() - Date.parse(lastPushAt) < FLAPPING_PUSH_MS;
}

/** Red again without interrupting anybody; one that nobody has goes on up the ladder. */
function backToRed(episode: Episode, { now }: Tick): EpisodeStep {
  const isTaken = episode.ack !== null || episode.snooze !== null;
  return {
    episode: { ...episode, unattendedSince: isTaken ? null : now.toISOString() },
    edges: [{ kind: 'relapsed' }],
  };
}

/** An ack or snooze given at amber does not cover red. */
function pushRed(episode: Episode, { from, now }: Tick): EpisodeStep {
  const at = now.toISOString();
  return {
    episode: { ...episode, ack: null, snooze: null, escalatedSteps: 0, unattendedSince: at, lastPushAt: at },
    edges: [
      {
        kind: 'entered_red',
        from: from === 'green' ? 'green' : 'amber',
        brokeSnooze: episode.snooze !== null,
      },
    ],
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
