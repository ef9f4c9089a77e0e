import type { Edge, Episode } from './types.ts';

/** What one rule made of an open episode. */
export type EpisodeStep = { episode: Episode; edges: Edge[] };

/** Applies what time alone does to an open episode. */
export function passTime(episode: Episode, now: Date): EpisodeStep {
  return endSnooze(episode, now);
}

/** Gives the next instant at which time alone changes an episode, or null. */
export function nextWake(episode: Episode | null): string | null {
  return episode?.snooze?.until ?? null;
}

/** A snooze is forgotten in the step that ends it: a clock that jumps back cannot end it twice. */
function endSnooze(episode: Episode, now: Date): EpisodeStep {
  const { snooze } = episode;
  if (snooze === null || now.getTime() < Date.parse(snooze.until)) return { episode, edges: [] };
  return {
    episode: {
      ...episode,
      snooze: null,
      version: episode.version + 1,
      lastPushAt: episode.level === 'red' ? now.toISOString() : episode.lastPushAt,
    },
    edges: [{ kind: 'snooze_ended', by: snooze.by }],
  };
}
