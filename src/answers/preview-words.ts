import type { JudgePolicy, Suggestion, Trial } from '../alerts/index.ts';
import type { Unit } from '../registry/index.ts';
import type { Words } from './words-types.ts';

const WHATS = ['norm', 'alert', 'bandNorm', 'bandAlert', 'enter', 'leave'] as const;

/** Gives a change in words: `norm 4.2 %, enter 2`. */
export function describeTrial(trial: Trial, unit: Unit, words: Words): string {
  const parts = WHATS.flatMap((what) => {
    const value = trial[what];
    if (value === undefined) return [];
    if (value === null) return [words.t('preview-change-none', { what })];
    const isTicks = what === 'enter' || what === 'leave';
    return [words.t('preview-change', { what, value: isTicks ? String(value) : words.value(value, unit) })];
  });
  return parts.join(', ');
}

/** Gives the lines and ticks of a policy in words; what a policy does not have is left out. */
export function describePolicy(policy: JudgePolicy, unit: Unit, words: Words): string {
  const { norm, alert, bandNorm, bandAlert, enter, leave } = policy;
  const lines = Object.entries({ norm, alert, bandNorm, bandAlert }).filter(([, value]) => value !== null);
  return describeTrial({ ...Object.fromEntries(lines), enter, leave }, unit, words);
}

/** Gives a suggestion in a sentence, with its price. */
export function describeSuggestion(suggestion: Suggestion, unit: Unit, words: Words): string {
  const { trial, drops, noise, known, of, laterTicks, longerTicks } = suggestion;
  return words.t('preview-suggestion', {
    change: describeTrial(trial, unit, words),
    drops,
    noise,
    known,
    of,
    price: priceOf(suggestion),
    later: laterTicks,
    longer: longerTicks,
  });
}

function priceOf({ real, laterTicks, longerTicks }: Suggestion): string {
  if (real === 0) return 'none';
  if (laterTicks > 0) return longerTicks > 0 ? 'both' : 'later';
  return longerTicks > 0 ? 'longer' : 'free';
}
