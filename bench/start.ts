import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { toSample } from './floor/sample.ts';
import { build, serve } from './serve.ts';
import type { Bench, BenchRow } from './types.ts';

const FIRST_STARTS = 3;
const LATER_STARTS = 7;
const LATER_GOAL_MS = 3000;
/** what the demo may take before there is something to see */
const FIRST_GOAL_MS = 60_000;

/** `npm start` with nothing set, from the start of the process until `/readyz` says yes. */
export const startBench: Bench = {
  name: 'start',
  async run() {
    build();
    const first: number[] = [];
    const later: number[] = [];
    for (let fresh = 0; fresh < FIRST_STARTS; fresh += 1) {
      const dir = await mkdtemp(join(tmpdir(), 'hb-bench-'));
      first.push(await startOnce(dir));
      const again = fresh === FIRST_STARTS - 1 ? LATER_STARTS : 0;
      for (let start = 0; start < again; start += 1) later.push(await startOnce(dir));
      await rm(dir, { recursive: true, force: true });
    }
    return [
      rowOf('start to ready, embedded, demo, second time', later, LATER_GOAL_MS),
      rowOf('start to ready, embedded, demo, first time', first, FIRST_GOAL_MS),
    ];
  },
};

async function startOnce(dir: string): Promise<number> {
  const served = await serve({ HEARTBEAT_DATA: dir }, { probed: false });
  await served.stop();
  return served.readyMs;
}

function rowOf(figure: string, times: readonly number[], goalMs: number): BenchRow {
  const ours = toSample(times, 'ms');
  return {
    figure,
    ours,
    peer: null,
    ratio: null,
    goal: `≤ ${goalMs / 1000} s`,
    ok: ours.median <= goalMs,
  };
}
