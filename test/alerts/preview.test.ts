import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialState, judge } from '../../src/alerts/judge.ts';
import { replay, runAtOnce, summarize, withTrial } from '../../src/alerts/preview.ts';
import type { History, Replay, ReplayStats } from '../../src/alerts/preview-types.ts';
import type { Edge, JudgeInput, JudgePolicy } from '../../src/alerts/types.ts';
import { HOUR, MINUTE } from '../../src/lib/time.ts';
import { policyOf, START } from './judge-driver.ts';
import { anyPolicy } from './judge-steps.ts';
import { anyHistory, endOf, historyOf } from './preview-histories.ts';

function replayed(history: History, policy: JudgePolicy, endMs = endOf(history)): Replay {
  return runAtOnce(replay({ history, policy, endMs }));
}

function stats(values: readonly number[], policy: JudgePolicy, stepMs = MINUTE): ReplayStats {
  return summarize(replayed(historyOf(values, stepMs), policy));
}

/** What a service does that is given the readings one by one, and woken when the judge asks for it. */
function judgeLive({ atMs, values }: History, policy: JudgePolicy, endMs: number) {
  let state = initialState();
  let wakeAt: string | null = null;
  const edges: Edge[] = [];
  const opened: number[] = [];
  const closed: number[] = [];
  const give = (input: JudgeInput, now: number): void => {
    const wasOpen = state.episode !== null;
    const judgement = judge(state, input, policy, new Date(now));
    ({ state, wakeAt } = judgement);
    edges.push(...judgement.edges);
    if (!wasOpen && state.episode !== null) opened.push(now);
    if (judgement.closed) closed.push(now);
  };
  const wakeMs = (): number => (wakeAt === null ? Infinity : Date.parse(wakeAt));
  const wakeUntil = (until: number): void => {
    for (let at = wakeMs(); at < until; at = wakeMs()) give({ kind: 'time' }, at);
  };
  for (const [index, at] of atMs.entries()) {
    wakeUntil(at);
    give({ kind: 'reading', value: values[index] ?? 0, asOf: new Date(at).toISOString() }, at);
  }
  wakeUntil(endMs);
  return { edges, opened, closed };
}

function countKinds(edges: readonly Edge[]): Replay['edges'] {
  const counts: Replay['edges'] = {};
  for (const { kind } of edges) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

const RUNS = { numRuns: 400 };
const later = (history: History): number => endOf(history) + HOUR;
const ladder = fc.tuple(anyPolicy, fc.integer({ min: 0, max: 2 }));

describe('a replay, whatever the history and the lines', () => {
  it('gives the edges and the alerts of the live judge that was given the readings one by one', () => {
    let steps = 0;
    fc.assert(
      fc.property(anyHistory, ladder, (history, [changes, escalationSteps]) => {
        const policy = { ...changes, escalationSteps };
        const live = judgeLive(history, policy, later(history));
        const { edges, episodes } = replayed(history, policy, later(history));
        expect(edges).toEqual(countKinds(live.edges));
        expect(episodes.map(({ fromMs }) => fromMs)).toEqual(live.opened);
        expect(episodes.flatMap(({ toMs }) => toMs ?? [])).toEqual(live.closed);
        steps += edges.flapping_ended ?? 0;
      }),
      RUNS,
    );
    // else the calm stretches were never put to the test after flapping
    expect(steps).toBeGreaterThan(10);
  });

  it('fires with enter 1 at least as often as with enter 2, where nothing flaps', () => {
    let compared = 0;
    fc.assert(
      fc.property(anyHistory, anyPolicy, (history, any) => {
        const policy = { ...any, bandNorm: null, bandAlert: null };
        const [one, two] = [1, 2].map((enter) => replayed(history, { ...policy, enter }));
        if (!one || !two || one.edges.flapping_started || two.edges.flapping_started) return;
        expect(one.episodes.length).toBeGreaterThanOrEqual(two.episodes.length);
        if (one.episodes.length > two.episodes.length) compared += 1;
      }),
      RUNS,
    );
    expect(compared).toBeGreaterThan(10);
  });

  it('T01 never fires on an empty history', () => {
    fc.assert(
      fc.property(anyPolicy, (policy) => {
        const empty = replayed(historyOf([]), policy);
        expect(empty.edges).toEqual({});
        expect(summarize(empty)).toEqual({
          fired: 0,
          redPushes: 0,
          amberPosts: 0,
          flaps: 0,
          totalMs: 0,
          medianMs: null,
          longestMs: null,
          short: 0,
          shortMs: 20 * MINUTE,
          open: 0,
        });
      }),
      { numRuns: 50 },
    );
  });

  it('T02 never fires without lines', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        expect(replayed(history, policyOf({ norm: null, alert: null })).episodes).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  it('has spans in order that do not overlap, red ones with the time they turned red', () => {
    fc.assert(
      fc.property(anyHistory, anyPolicy, (history, policy) => {
        const { episodes, endMs } = replayed(history, policy);
        let before = -Infinity;
        for (const { fromMs, toMs, level, redMs } of episodes) {
          expect(fromMs).toBeGreaterThanOrEqual(before);
          before = toMs ?? endMs;
          expect(before).toBeGreaterThanOrEqual(fromMs);
          expect(redMs !== null).toBe(level === 'red');
          expect((redMs ?? fromMs) >= fromMs && (redMs ?? fromMs) <= before).toBe(true);
        }
        expect(episodes.slice(0, -1).every(({ toMs }) => toMs !== null)).toBe(true);
      }),
      RUNS,
    );
  });
});

describe('a replay in numbers', () => {
  it('tells red pushes from amber posts', () => {
    const calm = Array.from({ length: 30 }, () => 5);
    // amber that turns red is one alert, one post and one push
    const { fired, redPushes, amberPosts } = stats([3.5, 2, ...calm, 3.5, ...calm, 2, ...calm], policyOf());
    expect({ fired, redPushes, amberPosts }).toEqual({ fired: 3, redPushes: 2, amberPosts: 2 });
  });

  it('sums up how long alerts lasted, an open one until the end', () => {
    const values = [5, 2, 5, 5, 2, 2, 2, 5, 5, 2];
    const summed = summarize(replayed(historyOf(values), policyOf(), START.getTime() + 30 * MINUTE));
    expect(summed).toMatchObject({
      fired: 3,
      open: 1,
      short: 2,
      totalMs: (1 + 3 + 21) * MINUTE,
      medianMs: 3 * MINUTE,
      longestMs: 21 * MINUTE,
    });
  });

  it('gives the middle of two as the median', () => {
    expect(stats([5, 2, 5, 5, 2, 2, 2, 5], policyOf()).medianMs).toBe(2 * MINUTE);
  });

  it('calls an alert short below 20 minutes', () => {
    const lasting = (ticks: number): number[] => [5, ...Array.from({ length: ticks }, () => 2), 5];
    expect(stats(lasting(19), policyOf()).short).toBe(1);
    expect(stats(lasting(20), policyOf()).short).toBe(0);
  });

  it('counts how often it would have begun to flap', () => {
    const toAndFro = Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? 2 : 5));
    const calm = Array.from({ length: 30 }, () => 5);
    expect(stats([...calm, ...toAndFro, ...calm, ...toAndFro, ...calm], policyOf()).flaps).toBe(2);
  });

  it('waits for enter and leave ticks in a row', () => {
    const values = [5, 2, 5, 2, 2, 5, 2, 5, 5, 5];
    expect(stats(values, policyOf({ enter: 2, leave: 2 }))).toMatchObject({
      fired: 1,
      totalMs: 4 * MINUTE,
    });
  });

  it('lets time pass between readings: whoever does not take a red alert is followed by the next rung', () => {
    const policy = policyOf({ escalationSteps: 2 });
    const { edges } = replayed(historyOf([5, 2, 2], HOUR), policy);
    expect(edges.escalated).toBe(2);
  });

  it('leaves the file as it is where nothing is tried', () => {
    const policy = policyOf({ bandNorm: 4.5 });
    expect(withTrial(policy, {})).toEqual(policy);
    expect(withTrial(policy, { norm: null, enter: 3 })).toEqual({ ...policy, norm: null, enter: 3 });
  });
});

it('yields in slices of a few thousand readings, so that others may go on', () => {
  const busy = historyOf(Array.from({ length: 20_000 }, (_, index) => (index % 3 === 0 ? 2 : 5)));
  const work = replay({ history: busy, policy: policyOf(), endMs: endOf(busy) });
  let slices = 0;
  while (work.next().done !== true) slices += 1;
  expect(slices).toBe(10);
});
