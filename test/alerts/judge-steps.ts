import * as fc from 'fast-check';
import type { JudgeInput, JudgePolicy } from '../../src/alerts/types.ts';
import { MINUTE } from '../../src/lib/time.ts';
import { policyOf, START } from './judge-driver.ts';

/** A press names the version it saw: the right one, one that is too old, or none. */
type Seen = 'right' | 'old' | 'none';

type Action =
  | { kind: 'reading'; value: number; asOf: 'next' | 'same' | 'older' }
  | { kind: 'no_data' | 'time' | 'restart' }
  | { kind: 'ack' | 'unack'; by: string; seen: Seen }
  | { kind: 'snooze'; by: string; seen: Seen; forMinutes: number }
  | { kind: 'withdraw' };

export type Step = { afterMinutes: number; action: Action };

/** What is judged at an instant; `restart` is no input: the state is written and read back. */
export type Moment = { input: JudgeInput | 'restart'; now: Date };

const line = fc.option(fc.integer({ min: 2, max: 6 }), { freq: 5 });
const band = fc.option(fc.integer({ min: 1, max: 7 }), { freq: 2 });
const ticks = fc.constantFrom(1, 1, 2, 3);

/** Any policy, sensible or not; lines and values are small whole numbers, so that they often meet. */
export const anyPolicy: fc.Arbitrary<JudgePolicy> = fc
  .record({
    direction: fc.constantFrom('up' as const, 'down' as const),
    norm: line,
    alert: line,
    bandNorm: band,
    bandAlert: band,
    enter: ticks,
    leave: ticks,
    ackTimeoutMs: fc.constantFrom(15 * MINUTE, 60 * MINUTE),
    escalateAfterMs: fc.constantFrom(10 * MINUTE, 40 * MINUTE),
    escalationSteps: fc.constantFrom(0, 1, 2),
  })
  .map((changes) => policyOf(sensible(changes)));

/** Most pairs of lines are put in order, so that amber exists. */
function sensible(changes: JudgePolicy): JudgePolicy {
  const { norm, alert, direction } = changes;
  if (norm === null || alert === null || changes.bandNorm === 1) return changes;
  const [low, high] = norm < alert ? [norm, alert] : [alert, norm];
  return direction === 'up' ? { ...changes, alert: low, norm: high } : { ...changes, norm: low, alert: high };
}

const by = fc.constantFrom('Ann', 'Bob');
const seen = fc.constantFrom<Seen>('right', 'right', 'none', 'old');
const reading = fc.record({
  kind: fc.constant('reading' as const),
  value: fc.integer({ min: 0, max: 8 }),
  asOf: fc.constantFrom('next', 'next', 'next', 'next', 'next', 'same' as const, 'older' as const),
});

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 24, arbitrary: reading },
  { weight: 2, arbitrary: fc.constant({ kind: 'no_data' as const }) },
  { weight: 3, arbitrary: fc.constant({ kind: 'time' as const }) },
  { weight: 2, arbitrary: fc.constant({ kind: 'restart' as const }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('ack' as const, 'unack' as const), by, seen }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('snooze' as const),
      by,
      seen,
      forMinutes: fc.constantFrom(-5, 0, 5, 10, 30),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ kind: 'withdraw' as const }) },
);

/** Some steps of a metric's life; the clock goes on, stands still, and now and then jumps back. Values also rest for a while. */
export function anySteps(count: number): fc.Arbitrary<Step[]> {
  const afterMinutes = fc.constantFrom(0, 1, 1, 5, 5, 10, 30, -20);
  const step = fc.record({ afterMinutes, action });
  const calm = fc
    .tuple(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 8, max: 16 }))
    .map(([value, ticks]) =>
      Array.from({ length: ticks }, (): Step => ({
        afterMinutes: 1,
        action: { kind: 'reading', value, asOf: 'next' },
      })),
    );
  const stretch = fc.oneof(
    { weight: 40, arbitrary: step.map((one) => [one]) },
    { weight: 1, arbitrary: calm },
  );
  return fc
    .array(stretch, { minLength: count, maxLength: count })
    .map((stretches) => stretches.flat().slice(0, count));
}

/** Turns steps into moments one by one; the version on show is told by whoever runs them. */
export function createStepper() {
  let now = START.getTime();
  let tick = 100;
  return (step: Step, version: number): Moment => {
    now += step.afterMinutes * MINUTE;
    return { input: toInput(step.action, version), now: new Date(now) };
  };

  function toInput(action: Action, version: number): JudgeInput | 'restart' {
    switch (action.kind) {
      case 'reading':
        if (action.asOf === 'next') tick += 1;
        return {
          kind: 'reading',
          value: action.value,
          asOf: asOf(action.asOf === 'older' ? tick - 2 : tick),
        };
      case 'ack':
      case 'unack':
        return { kind: action.kind, by: action.by, version: versionSeen(action.seen, version) };
      case 'snooze': {
        const until = new Date(now + action.forMinutes * MINUTE).toISOString();
        return { kind: 'snooze', by: action.by, until, version: versionSeen(action.seen, version) };
      }
      case 'withdraw':
        return { kind: 'withdraw', reason: 'unverified' };
      case 'restart':
        return 'restart';
      case 'no_data':
      case 'time':
        return { kind: action.kind };
    }
  }
}

function asOf(tick: number): string {
  return new Date(START.getTime() + tick * MINUTE).toISOString();
}

function versionSeen(seen: Seen, version: number): number | null {
  if (seen === 'none') return null;
  return seen === 'right' ? version : version - 1;
}
