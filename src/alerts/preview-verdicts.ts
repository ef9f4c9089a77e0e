import type { Replay, ReplayedEpisode, VerdictSpan } from './preview-types.ts';

/** What an episode is worth: what people said of it, else what its length tells. */
export type Worth = { episode: ReplayedEpisode; real: boolean; marked: boolean };

/** Longer alerts are real unless somebody says otherwise. `graceMs`: the ticks that a recovery has to be waited for. */
export type ShortRule = { shortMs: number; graceMs: number };

/** Gives what people said of each episode: of the stored alerts that overlap it, one that was real makes it real. */
export function verdictsOf(
  { episodes, endMs }: Replay,
  verdicts: readonly VerdictSpan[],
): (VerdictSpan['verdict'] | null)[] {
  const found: (VerdictSpan['verdict'] | null)[] = episodes.map(() => null);
  for (const { fromMs, toMs, verdict } of verdicts) {
    for (let index = firstEndingAfter(episodes, fromMs, endMs); index < episodes.length; index += 1) {
      if ((episodes[index]?.fromMs ?? Infinity) > toMs) break;
      if (found[index] !== 'real') found[index] = verdict;
    }
  }
  return found;
}

/** Tells real alerts from noise. */
export function weigh(replay: Replay, verdicts: readonly VerdictSpan[], rule: ShortRule): Worth[] {
  const said = verdictsOf(replay, verdicts);
  return replay.episodes.map((episode, index) => {
    const verdict = said[index] ?? null;
    const lastedMs = (episode.toMs ?? replay.endMs) - episode.fromMs - rule.graceMs;
    return {
      episode,
      marked: verdict !== null,
      // how long an open one will last is not known: it is not called short
      real: verdict === null ? episode.toMs === null || lastedMs >= rule.shortMs : verdict === 'real',
    };
  });
}

/** Episodes are in order and do not overlap: the first that ends at or after an instant, by halving. */
function firstEndingAfter(episodes: readonly ReplayedEpisode[], atMs: number, endMs: number): number {
  let [low, high] = [0, episodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((episodes[middle]?.toMs ?? endMs) < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}
