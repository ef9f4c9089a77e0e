import { ticks } from 'd3-array';

import type { Unit } from '../src/registry/index.ts';

/** Lengths that people count time in, in seconds. */
const ROUND_SECONDS = [
  1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400, 172_800,
  604_800,
] as const;

const SECONDS_OF = { ms: 0.001, s: 1, min: 60, h: 3600, d: 86_400 } as const;

/** Below it numbers lose their digits: no round value lies in between. */
const LEAST_SPAN = 1e-300;

/** Gives about `count` round values inside a domain: 1, 2, 5 and their tenfolds, or whole minutes and hours of a duration. */
export function listValueTicks(domain: readonly [number, number], unit: Unit, count: number): number[] {
  const [low, high] = domain;
  // d3 divides by a step that is 0 there
  if (high - low < LEAST_SPAN) return [];
  if (unit.kind !== 'duration') return withoutFractions(ticks(low, high, count), unit);
  const size = SECONDS_OF[unit.of];
  const wanted = ((high - low) * size) / count;
  const step = ROUND_SECONDS.find((seconds) => seconds >= wanted * 0.7);
  if (wanted < ROUND_SECONDS[0] * 0.7 || step === undefined) return ticks(low, high, count);
  const first = Math.ceil((low * size) / step);
  const last = Math.floor((high * size) / step);
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, index) => ((first + index) * step) / size);
}

/** Half an order does not exist. */
function withoutFractions(values: number[], unit: Unit): number[] {
  return unit.kind === 'count' ? values.filter(Number.isInteger) : values;
}
