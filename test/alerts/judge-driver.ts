import { initialState, judge } from '../../src/alerts/judge.ts';
import type {
  AlertState,
  Edge,
  Episode,
  JudgeInput,
  JudgePolicy,
  Judgement,
} from '../../src/alerts/types.ts';
import { MINUTE } from '../../src/lib/time.ts';

export const START = new Date('2026-11-20T10:00:00.000Z');

/** Higher is better: amber below 4, red below 3. */
export function policyOf(changes: Partial<JudgePolicy> = {}): JudgePolicy {
  return {
    direction: 'up',
    norm: 4,
    alert: 3,
    bandNorm: null,
    bandAlert: null,
    enter: 1,
    leave: 1,
    ackTimeoutMs: 4 * 60 * MINUTE,
    escalateAfterMs: 15 * MINUTE,
    escalationSteps: 0,
    ...changes,
  };
}

/** Gives the instant some minutes after START, as a state holds it. */
export function minute(minutes: number): string {
  return new Date(START.getTime() + minutes * MINUTE).toISOString();
}

/** Judges input after input like the service does: one state, a clock, a new as_of for each reading. */
export function createDriver(policy: JudgePolicy = policyOf()) {
  let state: AlertState = initialState();
  let now = START;
  let ticks = 0;

  function give(input: JudgeInput): Judgement {
    const judgement = judge(state, input, policy, now);
    state = judgement.state;
    return judgement;
  }

  return {
    give,
    reads: (value: number): Edge[] => give({ kind: 'reading', value, asOf: minute(ticks++) }).edges,
    readsAll: (values: readonly number[]): Edge['kind'][][] =>
      values.map((value) =>
        give({ kind: 'reading', value, asOf: minute(ticks++) }).edges.map(({ kind }) => kind),
      ),
    acks: (by: string, version: number | null = null): Judgement => give({ kind: 'ack', by, version }),
    unacks: (by: string, version: number | null = null): Judgement => give({ kind: 'unack', by, version }),
    snoozes: (by: string, until: number, version: number | null = null): Judgement =>
      give({ kind: 'snooze', by, until: minute(until), version }),
    timePasses: (): Edge[] => give({ kind: 'time' }).edges,
    setMinute: (minutes: number): void => {
      now = new Date(minute(minutes));
    },
    state: (): AlertState => state,
    episode: (): Episode => {
      if (state.episode === null) throw new Error('no alert is open');
      return state.episode;
    },
    restart: (): void => {
      state = JSON.parse(JSON.stringify(state)) as AlertState;
    },
  };
}
