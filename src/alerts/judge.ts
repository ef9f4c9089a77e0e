import type { Metric, WorkspacePolicies } from '../registry/index.ts';
import { conclude } from './judge-outcome.ts';
import { judgePress } from './judge-press.ts';
import { judgeReading } from './judge-reading.ts';
import { passTime } from './judge-time.ts';
import type { AlertState, JudgeInput, JudgePolicy, Judgement, Withdrawal } from './types.ts';

/** Gives the state of a metric that was never judged: green, so that a first red is a crossing. */
export function initialState(): AlertState {
  return {
    level: 'green',
    runs: { red: 0, amber: 0, offRed: 0, offAmber: 0 },
    lastAsOf: null,
    recent: [],
    flapping: false,
    episode: null,
  };
}

/** Gives what the judge needs of a metric's file and its workspace's policies. */
export function judgePolicyOf(metric: Metric, policies: WorkspacePolicies): JudgePolicy {
  return {
    direction: metric.direction,
    norm: metric.norm,
    alert: metric.alert,
    bandNorm: metric.band.norm,
    bandAlert: metric.band.alert,
    enter: metric.hysteresis.enter,
    leave: metric.hysteresis.leave,
    ackTimeoutMs: policies.ackTimeoutMs,
    escalateAfterMs: policies.escalateAfterMs,
    escalationSteps: Math.max(0, policies.escalation.length - 1),
  };
}

/**
 * Decides what an input means for a metric's alert: the state after, the edges in order, a refusal of a press. Pure: the
 * same arguments give the same judgement, so that live alerts, previews and tests share it.
 */
export function judge(state: AlertState, input: JudgeInput, policy: JudgePolicy, now: Date): Judgement {
  switch (input.kind) {
    case 'reading':
      return judgeReading(state, input, policy, now);
    case 'no_data':
      return conclude(state, policy);
    case 'time':
      return judgeTime(state, policy, now);
    case 'ack':
    case 'unack':
    case 'snooze':
      return judgePress(state, input, { policy, now });
    case 'withdraw':
      return withdraw(state, input.reason, policy);
  }
}

function judgeTime(state: AlertState, policy: JudgePolicy, now: Date): Judgement {
  if (state.episode === null) return conclude(state, policy);
  const { episode, edges } = passTime(state.episode, policy, now);
  return conclude({ ...state, episode }, policy, { edges });
}

function withdraw(state: AlertState, reason: Withdrawal, policy: JudgePolicy): Judgement {
  const { episode } = state;
  if (episode === null) return conclude(initialState(), policy);
  return conclude(initialState(), policy, {
    edges: [{ kind: 'withdrawn', reason }],
    closed: { ...episode, version: episode.version + 1 },
  });
}
