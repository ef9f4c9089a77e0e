import { toSample } from './floor/sample.ts';
import type { Sample } from './types.ts';

/** Gives the value that `rank` percent of the values do not exceed. */
export function percentile(values: readonly number[], rank: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((rank / 100) * sorted.length) - 1)] ?? 0;
}

/** Sums up batches of waits in ms: a percentile of each batch. */
export function samplesOf(batches: readonly (readonly number[])[], rank: number): Sample {
  return toSample(
    batches.map((batch) => percentile(batch, rank)),
    'ms',
  );
}
