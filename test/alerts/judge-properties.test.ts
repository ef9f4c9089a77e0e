import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { initialState, judge } from '../../src/alerts/judge.ts';
import type { AlertState, Edge, JudgeInput, JudgePolicy, Judgement } from '../../src/alerts/types.ts';
import { DAY } from '../../src/lib/time.ts';
import { anyPolicy, anySteps, createStepper, type Step } from './judge-steps.ts';

type Judged = { before: AlertState; input: JudgeInput; policy: JudgePolicy; now: Date; judgement: Judgement };

/** Judges random lives of 40 steps and checks each judgement; `freeze` makes a write to the state throw. */
function checkEach(check: (judged: Judged) => void): void {
  fc.assert(
    fc.property(anyPolicy, anySteps(40), (policy, steps) => {
      for (const judged of judgeAll(policy, steps)) check(judged);
    }),
    { numRuns: 200 },
  );
}

function judgeAll(policy: JudgePolicy, steps: readonly Step[]): Judged[] {
  const next = createStepper();
  let state = freeze(initialState());
  return steps.flatMap((step) => {
    const { input, now } = next(step, state.episode?.version ?? 0);
    if (input === 'restart') return [];
    const before = state;
    const judgement = judge(before, input, policy, now);
    state = freeze(judgement.state);
    return [{ before, input, policy, now, judgement }];
  });
}

function freeze(state: AlertState): AlertState {
  const { episode } = state;
  Object.freeze(state.runs);
  Object.freeze(state.recent);
  if (episode !== null) {
    Object.freeze(episode.ack);
    Object.freeze(episode.snooze);
    Object.freeze(episode);
  }
  return Object.freeze(state);
}

function copy<T>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

const UNVERSIONED: ReadonlySet<Edge['kind']> = new Set(['recovering', 'value_changed']);

function isPress(input: JudgeInput): boolean {
  return input.kind === 'ack' || input.kind === 'unack' || input.kind === 'snooze';
}

describe('the judge, whatever comes', () => {
  it('T09 a state that was written and read back is judged the same', () => {
    checkEach(({ before, input, policy, now, judgement }) => {
      expect(copy(judgement)).toEqual(judgement);
      expect(judge(copy(before), input, policy, now)).toEqual(judgement);
    });
  });

  it('the version never falls, and grows only with an edge', () => {
    checkEach(({ before, judgement }) => {
      const after = judgement.state.episode ?? judgement.closed;
      if (before.episode === null || after === null) return;
      const steps = after.version - before.episode.version;
      expect(steps).toBeGreaterThanOrEqual(0);
      expect(steps).toBeLessThanOrEqual(judgement.edges.length);
      const isQuiet = judgement.edges.every(({ kind }) => UNVERSIONED.has(kind));
      expect(isQuiet && steps > 0).toBe(false);
    });
  });

  it('T01 no data gives no edge and changes nothing', () => {
    checkEach(({ before, policy, now }) => {
      const judgement = judge(before, { kind: 'no_data' }, policy, now);
      expect(judgement.edges).toEqual([]);
      expect(judgement.state).toBe(before);
    });
  });

  it('T09 what time alone does, it does exactly once', () => {
    const kinds = new Set<string>();
    checkEach(({ judgement, policy, now }) => {
      const later = new Date(now.getTime() + DAY);
      const first = judge(judgement.state, { kind: 'time' }, policy, later);
      const second = judge(copy(first.state), { kind: 'time' }, policy, later);
      for (const { kind } of first.edges) kinds.add(kind);
      expect(first.edges.length > 0).toBe(judgement.wakeAt !== null);
      expect([...second.edges, ...judge(second.state, { kind: 'time' }, policy, now).edges]).toEqual([]);
    });
    expect([...kinds].sort()).toEqual(['ack_timed_out', 'escalated', 'snooze_ended']);
  });

  it('time alone yields an edge at wakeAt and not a millisecond before', () => {
    checkEach(({ judgement: { state, wakeAt }, policy }) => {
      if (wakeAt === null) return;
      const at = Date.parse(wakeAt);
      expect(judge(state, { kind: 'time' }, policy, new Date(at - 1)).edges).toEqual([]);
      expect(judge(state, { kind: 'time' }, policy, new Date(at)).edges).toHaveLength(1);
    });
  });

  it('T10 a refused press changes nothing; one that is not refused has one edge and one version', () => {
    checkEach(({ before, input, judgement: { state, edges, refusal } }) => {
      if (!isPress(input)) return;
      const isRefused = refusal !== null;
      expect(edges).toHaveLength(isRefused ? 0 : 1);
      expect(state === before).toBe(isRefused);
      expect(state.episode?.version ?? 0).toBe((before.episode?.version ?? 0) + (isRefused ? 0 : 1));
    });
  });

  it('T10 the same press again, as a double tap sends it, has no second effect', () => {
    checkEach(({ input, policy, now, judgement }) => {
      if (judgement.refusal || (input.kind !== 'ack' && input.kind !== 'unack' && input.kind !== 'snooze'))
        return;
      const again = judge(judgement.state, input, policy, now);
      expect(again.edges).toEqual([]);
      expect(again.refusal).not.toBeNull();
    });
  });

  it('an alert is open exactly while the level is not green or flaps, and at its level', () => {
    checkEach(({ judgement: { state } }) => {
      const isHeldBack = state.level === 'green' && state.flapping;
      const shown = isHeldBack ? 'green' : (state.episode?.level ?? 'green');
      expect(shown).toBe(state.level);
      expect(state.recent.length).toBeLessThanOrEqual(21);
      const hands = [state.episode?.ack ?? null, state.episode?.snooze ?? null];
      expect(hands).toContain(null);
    });
  });

  it('T05 no duration is negative', () => {
    const durations: number[] = [];
    checkEach(({ judgement }) => {
      durations.push(
        ...judgement.edges.flatMap((edge) => (edge.kind === 'resolved' ? [edge.durationMs] : [])),
      );
    });
    expect(durations.length).toBeGreaterThan(0);
    expect(Math.min(...durations)).toBeGreaterThanOrEqual(0);
  });
});
