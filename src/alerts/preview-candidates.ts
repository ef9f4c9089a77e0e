import { isWorse } from './levels.ts';
import { roundToWorse, type WorseThan } from './preview-lines.ts';
import type { Suggestion, Trial } from './preview-types.ts';
import type { JudgePolicy } from './types.ts';

/** A change to try, and what it would drop. */
export type Candidate = Pick<Suggestion, 'kind' | 'of' | 'trial'>;

const TICKS_MAX = 5;
const BAND_SHARES = [0.25, 0.5, 1];
/** Of the readings, how many may be worse than a line that is tried. */
const LINE_SHARES = [0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001];

/** What candidates are made of. `deviation` is that of the typical value; null where there is none. */
export type CandidateFacts = { policy: JudgePolicy; deviation: number | null; worseThan: WorseThan };

/** Lists the changes worth trying, each of which can only make alerts rarer or join them, the smallest first. */
export function listCandidates(facts: CandidateFacts): Candidate[] {
  return [...listTicks(facts.policy), ...listBands(facts), ...listLines(facts)];
}

function listTicks({ enter, leave }: JudgePolicy): Candidate[] {
  const upTo = (present: number): number[] =>
    Array.from({ length: Math.max(1, TICKS_MAX - present + 1) }, (_, index) => present + index);
  const pairs = upTo(enter).flatMap((e) => upTo(leave).map((l): [number, number] => [e, l]));
  const sized = pairs.map(([e, l]) => ({ e, l, size: e - enter + l - leave }));
  return sized
    .filter(({ size }) => size > 0)
    .sort((a, b) => a.size - b.size)
    .map(({ e, l }) => ({
      kind: 'ticks',
      of: 'alerts',
      trial: { ...(e !== enter && { enter: e }), ...(l !== leave && { leave: l }) },
    }));
}

function listBands({ policy, deviation }: CandidateFacts): Candidate[] {
  const { direction, norm, alert, bandNorm, bandAlert } = policy;
  if (deviation === null || !(deviation > 0)) return [];
  const better = direction === 'up' ? 1 : -1;
  // rounding away from what is usual makes a band a little narrower
  const beyond = (line: number, share: number): number =>
    roundToWorse(line + better * share * deviation, { spread: deviation, direction });
  const isWider = (band: number, present: number): boolean => isWorse(present, band, direction);
  return BAND_SHARES.flatMap((share): Candidate[] => {
    const trial: Trial = {};
    if (norm !== null && isWider(beyond(norm, share), bandNorm ?? norm)) trial.bandNorm = beyond(norm, share);
    if (alert !== null && isWider(beyond(alert, share), bandAlert ?? alert))
      trial.bandAlert = beyond(alert, share);
    return Object.keys(trial).length === 0 ? [] : [{ kind: 'band', of: 'alerts', trial }];
  });
}

/** Moving alert alone turns pushes into quiet posts where there is a norm; moving norm drops alerts. */
function listLines({ policy, worseThan }: CandidateFacts): Candidate[] {
  const { direction, norm, alert } = policy;
  const shares = LINE_SHARES.map(worseThan).filter((line, index, all) => line !== all[index - 1]);
  const below = (line: number): number[] => shares.filter((tried) => isWorse(tried, line, direction));
  const alerts = alert === null ? [] : below(alert);
  const norms = norm === null ? [] : below(norm).filter((tried) => alert === null || isBetter(tried, alert));
  return [
    ...alerts.map((tried): Candidate => ({
      kind: 'line',
      of: norm === null ? 'alerts' : 'pushes',
      trial: { alert: tried },
    })),
    ...norms.map((tried): Candidate => ({ kind: 'line', of: 'alerts', trial: { norm: tried } })),
  ];

  function isBetter(value: number, than: number): boolean {
    return isWorse(than, value, direction);
  }
}
