import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listCandidates } from '../../src/alerts/preview-candidates.ts';
import { proposeLines, quantilesOf, roundToWorse } from '../../src/alerts/preview-lines.ts';
import { suggest } from '../../src/alerts/preview-suggest.ts';
import { replay, runAtOnce, withTrial } from '../../src/alerts/preview.ts';
import type { Suggestion, VerdictSpan } from '../../src/alerts/preview-types.ts';
import type { JudgePolicy } from '../../src/alerts/types.ts';
import { HOUR, MINUTE } from '../../src/lib/time.ts';
import { policyOf, START } from './judge-driver.ts';
import { anyPolicy } from './judge-steps.ts';
import { anyHistory, endOf, historyOf } from './preview-histories.ts';

const calm = (ticks = 60): number[] => Array.from({ length: ticks }, (_, index) => 5 + (index % 5) / 10);
const bad = (ticks: number, value = 2): number[] => Array.from({ length: ticks }, () => value);

/** Nine blips of a minute, two of three, and two real incidents of an hour. */
const NINE_BLIPS = [
  ...Array.from({ length: 9 }, () => [...calm(), ...bad(1)]).flat(),
  ...Array.from({ length: 2 }, () => [...calm(), ...bad(3)]).flat(),
  ...calm(),
  ...bad(60, 1),
  ...calm(),
  ...bad(61, 1),
  ...calm(),
];

type Over = { policy?: JudgePolicy; verdicts?: VerdictSpan[]; stepMs?: number; deviation?: number | null };

function suggested(values: readonly number[], over: Over = {}): Suggestion[] {
  const { policy = policyOf({ norm: null }), verdicts = [], stepMs = MINUTE, deviation = null } = over;
  const history = historyOf(values, stepMs);
  return runAtOnce(
    suggest({ history, policy, endMs: endOf(history), verdicts, periodMs: stepMs, deviation }),
  );
}

/** What people said of the alert that was open at these ticks. */
function said(verdict: VerdictSpan['verdict'], fromTick: number, toTick: number): VerdictSpan {
  const at = (tick: number): number => START.getTime() + tick * MINUTE;
  return { verdict, fromMs: at(fromTick), toMs: at(toTick) };
}

describe('suggestions', () => {
  it('say what they would drop, and what that costs real alerts', () => {
    expect(suggested(NINE_BLIPS)[0]).toEqual({
      kind: 'ticks',
      of: 'alerts',
      trial: { enter: 4 },
      drops: 11,
      noise: 11,
      known: 'short',
      real: 2,
      laterTicks: 3,
      longerTicks: 0,
    });
  });

  it('take the cheapest of those that drop about as much', () => {
    const values = [
      ...Array.from({ length: 10 }, () => [...calm(), ...bad(1)]).flat(),
      ...calm(),
      ...bad(60),
      ...calm(),
    ];
    expect(suggested(values)[0]).toMatchObject({ trial: { enter: 2 }, drops: 10, noise: 10, laterTicks: 1 });
  });

  it('are silent when nothing is clearly better', () => {
    expect(suggested([...calm(), ...bad(60), ...calm()])).toEqual([]);
    expect(suggested([])).toEqual([]);
    // two short ones may be chance
    expect(suggested([...calm(), ...bad(1), ...calm(), ...bad(1), ...calm()])).toEqual([]);
  });

  it('are silent where what is short is also what is real', () => {
    const shorts = Array.from({ length: 6 }, () => [...calm(), ...bad(1)]).flat();
    const real = Array.from({ length: 6 }, (_, index) => said('real', index * 61 + 60, index * 61 + 61));
    expect(suggested([...shorts, ...calm()]).length).toBeGreaterThan(0);
    expect(suggested([...shorts, ...calm()], { verdicts: real })).toEqual([]);
  });

  it('listen to people: a long alert that was marked as noise is noise', () => {
    // four of 25 minutes just under the line, one deep of 25
    const shallow = Array.from({ length: 4 }, () => [...calm(), ...bad(25, 2.9)]).flat();
    const values = [...shallow, ...calm(), ...bad(25, 1), ...calm(600)];
    expect(suggested(values)).toEqual([]);
    const noise = Array.from({ length: 4 }, (_, index) => said('noise', index * 85 + 60, index * 85 + 84));
    expect(suggested(values, { verdicts: noise })).toEqual([
      expect.objectContaining({ kind: 'line', of: 'alerts', drops: 4, noise: 4, known: 'marked', real: 1 }),
    ]);
  });

  it('T08 never lose a real alert, nor its red, nor join two of them', () => {
    const values = [
      ...Array.from({ length: 5 }, () => [...calm(), ...bad(1, 3.5)]).flat(),
      ...calm(),
      ...bad(30, 2.8),
      ...calm(2),
      ...bad(30, 2.8),
      ...calm(),
    ];
    const policy = policyOf();
    const history = historyOf(values);
    const real = runAtOnce(replay({ history, policy, endMs: endOf(history) })).episodes.filter(
      ({ level }) => level === 'red',
    );
    const found = suggested(values, { policy, deviation: 1 });
    expect(found.length).toBeGreaterThan(0);
    for (const { trial } of found) {
      const after = runAtOnce(replay({ history, policy: withTrial(policy, trial), endMs: endOf(history) }));
      const reds = after.episodes.filter(({ level }) => level === 'red');
      expect(reds).toHaveLength(real.length);
    }
  });

  it('join what goes to and fro by a recovery line', () => {
    // it hovers about the line: out for two ticks, in for two, without flapping's share of changes
    const hover = [...bad(2, 2.95), ...bad(12, 3.05)];
    const values = [...calm(200), ...Array.from({ length: 8 }, () => hover).flat(), ...calm(200)];
    const band = suggested(values, { deviation: 0.4 }).find(({ kind }) => kind === 'band');
    expect(band).toMatchObject({ trial: { bandAlert: 3.1 }, noise: 8, drops: 7 });
  });

  it('count pushes where a lower alert line leaves a quiet post', () => {
    const values = [
      ...Array.from({ length: 8 }, () => [...calm(), ...bad(1, 2.9)]).flat(),
      ...calm(),
      ...bad(60, 1),
      ...calm(),
    ];
    const line = suggested(values, { policy: policyOf() }).find(({ kind }) => kind === 'line');
    expect(line?.of).toBe('pushes');
    expect(line?.trial.alert).toBeLessThanOrEqual(2.9);
    expect(line).toMatchObject({ drops: 8, noise: 8 });
  });

  it('judge shortness by the period: one hour is one tick of an hourly metric', () => {
    const values = [
      ...Array.from({ length: 6 }, () => [...calm(), ...bad(1)]).flat(),
      ...calm(),
      ...bad(24),
      ...calm(),
    ];
    expect(suggested(values, { stepMs: HOUR })[0]).toMatchObject({
      trial: { enter: 2 },
      drops: 6,
      laterTicks: 1,
    });
  });

  it('are at most three, each of its own kind, and never more alerts than before', () => {
    let some = 0;
    fc.assert(
      fc.property(anyHistory, anyPolicy, (history, policy) => {
        const endMs = endOf(history);
        const found = runAtOnce(
          suggest({ history, policy, endMs, verdicts: [], periodMs: MINUTE, deviation: 2 }),
        );
        some += found.length;
        expect(new Set(found.map(({ kind }) => kind)).size).toBe(found.length);
        expect(found.length).toBeLessThanOrEqual(3);
        const count = (tried: JudgePolicy, of: Suggestion['of']): number =>
          runAtOnce(replay({ history, policy: tried, endMs })).episodes.filter(
            ({ level }) => of === 'alerts' || level === 'red',
          ).length;
        for (const { drops, noise, of, trial } of found) {
          expect(drops > 0 && drops <= noise).toBe(true);
          expect(count(policy, of) - count(withTrial(policy, trial), of)).toBe(drops);
        }
      }),
      { numRuns: 500 },
    );
    // fifty on average: fewer would mean that too little was looked at
    expect(some).toBeGreaterThan(16);
  });
});

describe('changes worth trying', () => {
  const worseThan = quantilesOf(historyOf([...calm(900), ...bad(50, 3.5), ...bad(50, 2)]), 'up');

  it('keep alert worse than norm, and every line worse than it is now', () => {
    const policy = policyOf();
    for (const { trial } of listCandidates({ policy, deviation: 0.5, worseThan })) {
      const { norm, alert } = withTrial(policy, trial);
      expect((norm ?? 0) > (alert ?? 0)).toBe(true);
      expect((norm ?? 0) <= 4 && (alert ?? 0) <= 3).toBe(true);
    }
  });

  it('T02 have no line where the metric has none', () => {
    const policy = policyOf({ norm: null, alert: null });
    const kinds = listCandidates({ policy, deviation: 1, worseThan }).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['ticks']));
  });

  it('mirror where lower is better', () => {
    const policy = policyOf({ direction: 'down', norm: 4, alert: 6 });
    const high = quantilesOf(historyOf([...calm(900), ...bad(60, 7), ...bad(40, 9)]), 'down');
    const trials = listCandidates({ policy, deviation: 0.5, worseThan: high }).map(({ trial }) => trial);
    expect(trials).toContainEqual({ alert: 9 });
    expect(trials).toContainEqual({ bandNorm: 3.5, bandAlert: 5.5 });
  });

  it('add no narrower band than the file has', () => {
    const policy = policyOf({ bandNorm: 4.3, bandAlert: 3.3 });
    const bands = listCandidates({ policy, deviation: 0.4, worseThan }).filter(({ kind }) => kind === 'band');
    expect(bands.map(({ trial }) => trial)).toEqual([{ bandNorm: 4.4, bandAlert: 3.4 }]);
  });
});

describe('lines for a metric that has none', () => {
  it('are what 1 in 20 and 1 in 100 readings are worse than', () => {
    const values = Array.from({ length: 1000 }, (_, index) => index / 10);
    const lines = proposeLines(historyOf(values), 'up');
    expect(lines).toEqual({ norm: 5, alert: 1 });
    expect(proposeLines(historyOf(values), 'down')).toEqual({ norm: 95, alert: 99 });
  });

  it('are none where there is too little history, or nothing ever varied', () => {
    expect(proposeLines(historyOf(calm(29)), 'up')).toBeNull();
    expect(proposeLines(historyOf(bad(100, 7)), 'up')).toBeNull();
  });

  it('leave out an alert line that would be the norm', () => {
    const values = [...bad(100, 0), ...bad(900, 5)];
    expect(proposeLines(historyOf(values), 'up')).toEqual({ norm: 0, alert: null });
  });

  it('are written as people would write them', () => {
    const round = (value: number, spread: number, direction: 'up' | 'down' = 'up'): number =>
      roundToWorse(value, { spread, direction });
    expect(round(3.456, 1.2)).toBe(3.4);
    expect(round(3.456, 1.2, 'down')).toBe(3.5);
    expect(round(0.99913, 0.0004)).toBe(0.99913);
    expect(round(48_213, 9000)).toBe(48_200);
    expect(round(-48_213, 9000)).toBe(-48_300);
    expect(round(7, 0)).toBe(7);
  });
});
