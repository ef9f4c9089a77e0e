import type { Candidate } from './preview-candidates.ts';
import type { Replay, ReplayedEpisode, Suggestion } from './preview-types.ts';
import type { Worth } from './preview-verdicts.ts';

/** What a change drops, and what it costs the real alerts; spans in ms. */
export type Gain = { drops: number; noise: number; laterMs: number; longerMs: number };

/** Late by more than this share of a real alert is as good as losing it. */
const LATE_SHARE = 0.5;

/**
 * Gives what a change would drop; null when it would lose a real alert, join it with another, or make it too late. A real alert
 * that it splits counts against it.
 */
export function gainOf(base: readonly Worth[], tried: Replay, of: Suggestion['of']): Gain | null {
  const kept = keepReal(base, tried);
  if (kept === null) return null;
  const counts = ({ level }: ReplayedEpisode): boolean => of === 'alerts' || level === 'red';
  const before = base.filter(({ episode }) => counts(episode));
  return {
    ...kept,
    drops: before.length - tried.episodes.filter(counts).length,
    noise: before.filter(({ real }) => !real).length,
  };
}

/** Finds each real alert again as an alert of its own, at its level. */
function keepReal(
  base: readonly Worth[],
  { episodes, endMs }: Replay,
): Pick<Gain, 'laterMs' | 'longerMs'> | null {
  const price = { laterMs: 0, longerMs: 0 };
  let index = 0;
  for (const { episode, real } of base) {
    if (!real) continue;
    const toMs = episode.toMs ?? endMs;
    while ((episodes[index]?.toMs ?? endMs) < episode.fromMs && index < episodes.length) index += 1;
    const found = episodes[index];
    if (!found || found.fromMs > toMs) return null;
    const laterMs = lateness(episode, found);
    if (laterMs > LATE_SHARE * (toMs - episode.fromMs)) return null;
    price.laterMs = Math.max(price.laterMs, laterMs);
    price.longerMs = Math.max(price.longerMs, (found.toMs ?? endMs) - toMs);
    // what has been found for one is not there for the next
    index += 1;
  }
  return price;
}

/** How much later its worst level is told; Infinity when it no longer is. */
function lateness(real: ReplayedEpisode, found: ReplayedEpisode): number {
  if (real.redMs === null) return Math.max(0, found.fromMs - real.fromMs);
  return found.redMs === null ? Infinity : Math.max(0, found.redMs - real.redMs);
}

/** A change and its gain, as a suggestion. */
export function toSuggestion(
  { kind, of, trial }: Candidate,
  { drops, noise, laterMs, longerMs }: Gain,
  { base, periodMs }: { base: readonly Worth[]; periodMs: number },
): Suggestion {
  const noisy = base.filter(({ real }) => !real);
  const markedCount = noisy.filter(({ marked }) => marked).length;
  const known = markedCount === 0 ? 'short' : markedCount === noisy.length ? 'marked' : 'both';
  return {
    kind,
    of,
    trial,
    drops,
    noise,
    known,
    real: base.length - noisy.length,
    laterTicks: Math.ceil(laterMs / periodMs),
    longerTicks: Math.ceil(longerMs / periodMs),
  };
}
