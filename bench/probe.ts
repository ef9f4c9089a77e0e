/**
 * Loaded into the built program before it starts: measures its main thread and its memory, and answers the parent's questions. A
 * timer of one millisecond sees how long the thread was kept from it: by the clock, and by the processor time the thread itself
 * used, which a busy machine does not lengthen.
 */
import { createHistogram } from 'node:perf_hooks';

const INTERVAL_MS = 1;
const MICROSECONDS = 1000;

const wall = createHistogram();
const busy = createHistogram();
let at = performance.now();
let used = usedMs();

setInterval(() => {
  const now = performance.now();
  const usedNow = usedMs();
  record(wall, now - at - INTERVAL_MS);
  record(busy, usedNow - used);
  at = now;
  used = usedNow;
}, INTERVAL_MS).unref();

function usedMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / MICROSECONDS;
}

function record(histogram: ReturnType<typeof createHistogram>, ms: number): void {
  histogram.record(Math.max(1, Math.round(ms * MICROSECONDS)));
}

function summarize(histogram: ReturnType<typeof createHistogram>) {
  const ms = (microseconds: number): number => microseconds / MICROSECONDS;
  return {
    p50: ms(histogram.percentile(50)),
    p99: ms(histogram.percentile(99)),
    p999: ms(histogram.percentile(99.9)),
    max: ms(histogram.max),
  };
}

/** What the program is asked for. */
export type Probe = {
  /** waits of the main thread in ms since the last question */
  wall: ReturnType<typeof summarize>;
  busy: ReturnType<typeof summarize>;
  /** processor time of all threads since the start */
  cpuMs: number;
  rssBytes: number;
};

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const probe: Probe = {
    wall: summarize(wall),
    busy: summarize(busy),
    cpuMs: (user + system) / MICROSECONDS,
    rssBytes: process.memoryUsage.rss(),
  };
  process.send?.(probe);
  wall.reset();
  busy.reset();
});
// the parent's questions do not keep the program alive
process.channel?.unref();
