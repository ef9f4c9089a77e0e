import { listCandidates, type Candidate } from './preview-candidates.ts';
import { gainOf, toSuggestion, type Gain } from './preview-gain.ts';
import { PREVIEW_MIN_READINGS, quantilesOf } from './preview-lines.ts';
import { replay, SHORT_MS, withTrial } from './preview.ts';
import { weigh, type Worth } from './preview-verdicts.ts';
import type { History, ReplayRequest, Suggestion, VerdictSpan } from './preview-types.ts';

/** What suggestions are made of. */
export type SuggestRequest = ReplayRequest & {
  verdicts: readonly VerdictSpan[];
  periodMs: number;
  /** of the typical value; null where there is none */
  deviation: number | null;
};

/** Six weeks of minutes: each of some thirty changes is a replay of its own. */
export const SUGGEST_MAX_READINGS = 60_000;
const NOISE_MIN = 3;
const DROPS_MIN = 2;
const DROPS_SHARE = 0.5;
/** Of changes that drop about as much, the cheapest is taken. */
const ABOUT_AS_MUCH = 0.9;
const SUGGESTIONS_MAX = 3;
/** One tick that is bad may be chance. */
const SHORT_PERIODS = 2;

/**
 * Gives at most three changes, of different kinds, that would drop at least half of the short or noise alerts and keep every
 * real one; none when nothing is clearly better. It looks at the newest 60,000 readings and yields between slices.
 */
export function* suggest(request: SuggestRequest): Generator<void, Suggestion[]> {
  const recent = { ...request, history: newest(request.history) };
  const { policy, verdicts, periodMs } = recent;
  if (recent.history.values.length < PREVIEW_MIN_READINGS) return [];
  const base = weigh(yield* replay(recent), verdicts, {
    shortMs: Math.max(SHORT_MS, SHORT_PERIODS * periodMs),
    graceMs: (policy.leave - 1) * periodMs,
  });
  if (base.filter(({ real }) => !real).length < NOISE_MIN) return [];
  const found: Found[] = [];
  const worseThan = quantilesOf(recent.history, policy.direction);
  for (const candidate of listCandidates({ ...recent, worseThan })) {
    const tried = yield* replay({ ...recent, policy: withTrial(policy, candidate.trial) });
    const gain = gainOf(base, tried, candidate.of);
    if (gain && isWorthwhile(gain)) found.push({ candidate, gain });
  }
  return chooseBest(found, base, periodMs);
}

type Found = { candidate: Candidate; gain: Gain };

function newest({ atMs, values }: History): History {
  return { atMs: atMs.subarray(-SUGGEST_MAX_READINGS), values: values.subarray(-SUGGEST_MAX_READINGS) };
}

function isWorthwhile({ drops, noise }: Gain): boolean {
  return noise >= NOISE_MIN && drops >= Math.max(DROPS_MIN, DROPS_SHARE * noise);
}

/** The best of each kind, what drops most first. */
function chooseBest(found: readonly Found[], base: readonly Worth[], periodMs: number): Suggestion[] {
  const kinds = Map.groupBy(found, ({ candidate }) => candidate.kind);
  return [...kinds.values()]
    .flatMap((ofKind) => cheapest(ofKind) ?? [])
    .sort((a, b) => b.gain.drops - a.gain.drops || priceOf(a) - priceOf(b))
    .slice(0, SUGGESTIONS_MAX)
    .map(({ candidate, gain }) => toSuggestion(candidate, gain, { base, periodMs }));
}

/** Candidates come the smallest change first, and equal ones keep their order. */
function cheapest(ofKind: readonly Found[]): Found | undefined {
  const most = Math.max(...ofKind.map(({ gain }) => gain.drops));
  return ofKind
    .filter(({ gain }) => gain.drops >= ABOUT_AS_MUCH * most)
    .toSorted((a, b) => priceOf(a) - priceOf(b))[0];
}

/** An alert that comes later costs more than one that ends later. */
function priceOf({ gain: { laterMs, longerMs } }: Found): number {
  return laterMs + longerMs / 2;
}
