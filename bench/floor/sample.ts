import type { Sample } from '../types.ts';

/** Sums measured values up. */
export function toSample(values: readonly number[], unit: Sample['unit']): Sample {
  const sorted = values.toSorted((a, b) => a - b);
  const [min = 0, max = 0] = [sorted[0], sorted.at(-1)];
  return { median: sorted[Math.floor(sorted.length / 2)] ?? 0, min, max, runs: sorted.length, unit };
}

/**
 * Takes two pieces of work in turn, so that a busy moment of the machine meets both. `index` is another one in every run.
 * The first runs are not counted.
 */
export async function compare(
  runs: { count: number; warmUps: number },
  ours: (index: number) => Promise<unknown>,
  peer: (index: number) => Promise<unknown>,
): Promise<{ ours: Sample; peer: Sample }> {
  const times = { ours: [] as number[], peer: [] as number[] };
  for (let index = 0; index < runs.warmUps + runs.count; index += 1) {
    const our = await timed(() => ours(index));
    const their = await timed(() => peer(index));
    if (index < runs.warmUps) continue;
    times.ours.push(our);
    times.peer.push(their);
  }
  return { ours: toSample(times.ours, 'ms'), peer: toSample(times.peer, 'ms') };
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
