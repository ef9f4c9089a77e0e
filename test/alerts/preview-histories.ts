import * as fc from 'fast-check';
import type { History } from '../../src/alerts/preview-types.ts';
import { MINUTE } from '../../src/lib/time.ts';
import { START } from './judge-driver.ts';

/** A history of readings a minute apart (or as far as told), from START on. */
export function historyOf(values: readonly number[], stepMs = MINUTE): History {
  return {
    atMs: Float64Array.from(values, (_, index) => START.getTime() + index * stepMs),
    values: Float64Array.from(values),
  };
}

export function endOf({ atMs }: History): number {
  return atMs.at(-1) ?? START.getTime();
}

const stretch = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 1, maxLength: 20 }),
  // calm for long enough that whatever the judge remembers is over
  fc.integer({ min: 1, max: 60 }).map((count) => Array.from({ length: count }, () => 8)),
  fc
    .tuple(fc.integer({ min: 2, max: 30 }), fc.integer({ min: 0, max: 3 }))
    .map(([count, low]) => Array.from({ length: count }, (_, index) => (index % 2 === 0 ? 8 : low))),
);

/** Values that are wild, calm for long, or going to and fro; steps from a second to an hour. */
export const anyHistory: fc.Arbitrary<History> = fc
  .tuple(fc.array(stretch, { maxLength: 12 }), fc.constantFrom(1000, MINUTE, 7 * MINUTE, 60 * MINUTE))
  .map(([stretches, stepMs]) => historyOf(stretches.flat(), stepMs));
