import type { Edge, Episode, JudgePolicy } from './types.ts';

/** What one rule made of an open episode. */
export type EpisodeStep = { episode: Episode; edges: Edge[] };

type Rule = (episode: Episode, policy: JudgePolicy, now: Date) => EpisodeStep;

/** Applies what time alone does to an open episode: each rule sees what the one before it left. */
export function passTime(episode: Episode, policy: JudgePolicy, now: Date): EpisodeStep {
  return [endSnooze, timeOutAck, escalate].reduce<EpisodeStep>(
    (before, rule: Rule) => {
      const step = rule(before.episode, policy, now);
      return { episode: step.episode, edges: [...before.edges, ...step.edges] };
    },
    { episode, edges: [] },
  );
}

/** Gives the next instant at which time alone changes an episode, or null. */
export function nextWake(episode: Episode | null, policy: JudgePolicy): string | null {
  if (episode === null) return null;
  const due = [
    episode.snooze ? Date.parse(episode.snooze.until) : null,
    ackTimeoutAt(episode, policy),
    escalationAt(episode, policy),
  ].filter((at) => at !== null);
  return due.length === 0 ? null : new Date(Math.min(...due)).toISOString();
}

/** When a forgotten ack is said again; null while it need not be. A red that recovers is not said to be red. */
function ackTimeoutAt({ ack, level, recovering }: Episode, { ackTimeoutMs }: JudgePolicy): number | null {
  if (ack === null || ack.timedOut || level !== 'red' || recovering) return null;
  return Date.parse(ack.at) + ackTimeoutMs;
}

/** When the next rung of the ladder hears of a red that nobody has. */
function escalationAt(episode: Episode, { escalateAfterMs, escalationSteps }: JudgePolicy): number | null {
  const { unattendedSince, recovering, escalatedSteps } = episode;
  // a state that an earlier version stored has no unattendedSince
  if (!unattendedSince || recovering || escalatedSteps >= escalationSteps) return null;
  return Date.parse(unattendedSince) + escalateAfterMs;
}

/** A snooze is forgotten in the step that ends it: a clock that jumps back cannot end it twice. */
function endSnooze(episode: Episode, _policy: JudgePolicy, now: Date): EpisodeStep {
  const { snooze, level } = episode;
  if (snooze === null || now.getTime() < Date.parse(snooze.until)) return { episode, edges: [] };
  const rung = level === 'red' ? { lastPushAt: now.toISOString(), unattendedSince: now.toISOString() } : {};
  return {
    episode: { ...episode, ...rung, snooze: null, version: episode.version + 1 },
    edges: [{ kind: 'snooze_ended', by: snooze.by }],
  };
}

/** An ack is said to be forgotten once. */
function timeOutAck(episode: Episode, policy: JudgePolicy, now: Date): EpisodeStep {
  const at = ackTimeoutAt(episode, policy);
  if (at === null || episode.ack === null || now.getTime() < at) return { episode, edges: [] };
  const ack = { ...episode.ack, timedOut: true };
  return {
    episode: { ...episode, ack, lastPushAt: now.toISOString() },
    edges: [{ kind: 'ack_timed_out', by: ack.by, at: ack.at }],
  };
}

/** One rung at a time, also after a long sleep: each has its time to answer. */
function escalate(episode: Episode, policy: JudgePolicy, now: Date): EpisodeStep {
  const at = escalationAt(episode, policy);
  if (at === null || now.getTime() < at) return { episode, edges: [] };
  const step = episode.escalatedSteps + 1;
  const rung = { escalatedSteps: step, unattendedSince: now.toISOString(), lastPushAt: now.toISOString() };
  return { episode: { ...episode, ...rung }, edges: [{ kind: 'escalated', step }] };
}
