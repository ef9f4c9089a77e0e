import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { initialState, judge } from '../../src/alerts/judge.ts';
import type { AlertState, Episode, JudgePolicy, Judgement } from '../../src/alerts/types.ts';
import { tell, type Told } from './judge-model.ts';
import { anyPolicy, anySteps, createStepper, type Moment, type Step } from './judge-steps.ts';

const STEPS_PER_LIFE = 60;
const LIVES = 2_000;

it(
  'the judge gives the same edges as a plain reference model over 100,000 random steps',
  { timeout: 60_000 },
  () => {
    let count = 0;
    const seen = new Set<string>();
    const lives = fc.property(anyPolicy, anySteps(STEPS_PER_LIFE), (policy, steps) => {
      count += live(policy, steps, seen);
    });
    fc.assert(lives, { numRuns: LIVES });
    expect(count).toBeGreaterThanOrEqual(100_000);
    expect([...seen].sort()).toEqual(EVERY_OUTCOME);
  },
);

/** A run that never met one of these would prove little. */
const EVERY_OUTCOME = [
  'ack_timed_out',
  'acked',
  'already_acked',
  'already_snoozed',
  'entered_amber',
  'entered_red',
  'escalated',
  'flapping_ended',
  'flapping_started',
  'improving',
  'no_alert',
  'not_acked',
  'not_in_future',
  'outdated',
  'recovering',
  'relapsed',
  'resolved',
  'snooze_ended',
  'snoozed',
  'unacked',
  'value_changed',
  'withdrawn',
];

/** Lives one life with the judge and the model side by side; gives the number of steps. */
function live(policy: JudgePolicy, steps: readonly Step[], seen: Set<string>): number {
  const next = createStepper();
  const history: Moment[] = [];
  let state = initialState();
  let version = 0;
  for (const step of steps) {
    const moment = next(step, version);
    history.push(moment);
    const expected = tell(history, policy);
    if (moment.input === 'restart') state = JSON.parse(JSON.stringify(state)) as AlertState;
    else {
      const judgement = judge(state, moment.input, policy, moment.now);
      expectSame(judgement, expected);
      for (const edge of judgement.edges) seen.add(edge.kind);
      if (judgement.refusal) seen.add(judgement.refusal.kind);
      state = judgement.state;
    }
    version = expected.version;
  }
  return steps.length;
}

function expectSame(judgement: Judgement, { hold, worstValue, closedVersion, ...told }: Told): void {
  const { state, closed } = judgement;
  const same = JSON.stringify({
    edges: judgement.edges,
    refusal: judgement.refusal,
    level: state.level,
    version: state.episode?.version ?? 0,
    wakeAt: judgement.wakeAt,
    hold: handOf(state.episode),
    worstValue: state.episode?.worstValue ?? null,
    closedVersion: closed?.version ?? null,
  });
  const expected = JSON.stringify({
    ...told,
    hold: hold && [hold.kind, hold.by, hold.level],
    worstValue,
    closedVersion,
  });
  if (same !== expected) expect(JSON.parse(same)).toEqual(JSON.parse(expected));
}

function handOf(episode: Episode | null): [string, string, string] | null {
  if (episode?.ack) return ['ack', episode.ack.by, episode.ack.level];
  return episode?.snooze ? ['snooze', episode.snooze.by, episode.snooze.level] : null;
}
