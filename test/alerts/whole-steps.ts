import * as fc from 'fast-check';
import type { JudgeInput } from '../../src/alerts/types.ts';
import { MINUTE } from '../../src/lib/time.ts';

/** What happens next in the life of a metric and of those who hear of it. */
export type WholeAction =
  | { kind: 'reading'; value: number }
  | { kind: 'ack' | 'unack' }
  | { kind: 'snooze'; forMinutes: number }
  | { kind: 'withdraw' }
  /** nothing but time, and a restart: all that is known is written and read back */
  | { kind: 'time' | 'restart' }
  /** a person opens a maintenance window, or ends those that are open */
  | { kind: 'open_window'; forMinutes: number }
  | { kind: 'end_windows' }
  /** the chat's platform goes away, or is back */
  | { kind: 'network'; away: boolean };

export type WholeStep = { afterMinutes: number; action: WholeAction };

/** Ten in the evening is two hours off, so that lives pass through the night. */
export const EVENING = new Date('2026-11-20T19:00:00.000Z');

const press = fc.constantFrom<WholeAction>(
  { kind: 'ack' },
  { kind: 'unack' },
  { kind: 'snooze', forMinutes: 10 },
  { kind: 'snooze', forMinutes: 200 },
);
const action: fc.Arbitrary<WholeAction> = fc.oneof(
  {
    weight: 20,
    arbitrary: fc.integer({ min: 0, max: 8 }).map((value): WholeAction => ({ kind: 'reading', value })),
  },
  { weight: 4, arbitrary: press },
  { weight: 2, arbitrary: fc.constant<WholeAction>({ kind: 'time' }) },
  { weight: 2, arbitrary: fc.constant<WholeAction>({ kind: 'restart' }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(30, 300).map((forMinutes): WholeAction => ({
      kind: 'open_window',
      forMinutes,
    })),
  },
  { weight: 1, arbitrary: fc.constant<WholeAction>({ kind: 'end_windows' }) },
  { weight: 2, arbitrary: fc.boolean().map((away): WholeAction => ({ kind: 'network', away })) },
  { weight: 1, arbitrary: fc.constant<WholeAction>({ kind: 'withdraw' }) },
);

/** Some steps of a life; the clock goes on, leaps over hours, and now and then jumps back. */
export function anyLife(count: number): fc.Arbitrary<WholeStep[]> {
  const afterMinutes = fc.constantFrom(0, 1, 1, 5, 10, 30, 150, 400, -20);
  return fc.array(fc.record({ afterMinutes, action }), { minLength: count, maxLength: count });
}

/** Gives the instant of a step, no two the same, and what the judge is given then; null where it is none of its business. */
export function createWholeStepper() {
  let now = EVENING.getTime();
  let tick = 0;
  return ({ afterMinutes, action: what }: WholeStep): { now: Date; input: JudgeInput | null } => {
    now += afterMinutes * MINUTE + 1;
    return { now: new Date(now), input: inputOf(what) };
  };

  function inputOf(what: WholeAction): JudgeInput | null {
    switch (what.kind) {
      case 'reading': {
        tick += 1;
        const asOf = new Date(EVENING.getTime() + tick * MINUTE).toISOString();
        return { kind: 'reading', value: what.value, asOf };
      }
      case 'ack':
      case 'unack':
        return { kind: what.kind, by: 'ivan@shop.test', version: null };
      case 'snooze': {
        const until = new Date(now + what.forMinutes * MINUTE).toISOString();
        return { kind: 'snooze', by: 'ivan@shop.test', until, version: null };
      }
      case 'withdraw':
        return { kind: 'withdraw', reason: 'unverified' };
      case 'time':
        return { kind: 'time' };
      default:
        return null;
    }
  }
}
