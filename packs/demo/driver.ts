/** Keeps the demo's warehouse at the clock: makes it, goes on with it, lets something fall. */
import type { Clock } from '../../src/lib/clock.ts';
import { SECOND } from '../../src/lib/time.ts';
import { createFalls } from './falls.ts';
import { createFeed } from './feed.ts';
import { FALLABLE } from './generator-live.ts';
import type { Fallable } from './generator-live.ts';
import type { DemoMarts } from './target.ts';

const BEAT_MS = SECOND;
/** Rows are a little ahead of the clock, so that a tick at the end of a period finds the period whole. */
const LEAD_MS = 3 * SECOND;

export type DemoLog = {
  info(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

export type DemoState = {
  /** the instant up to which the warehouse has data; null before the first start is done */
  progress: Date | null;
  running: boolean;
  /** live metrics that can be made to fall */
  fallable: readonly Fallable[];
  falling: readonly Fallable[];
};

export type DemoDriver = {
  /** Makes or extends the data up to now, then keeps them there, and plans the first fall. */
  start(): Promise<void>;
  /** Ends after the step under way. */
  stop(): Promise<void>;
  /** Adds everything up to an instant; call it before a clock is moved there, so that the ticks of that instant find data. */
  fillTo(to: Date): Promise<void>;
  /** Lets a live metric fall beyond its alert line for four minutes; throws `demo_not_fallable`. */
  makeFall(metricId: string): void;
  /** Ends a metric's falls now; throws `demo_not_fallable`. */
  restore(metricId: string): void;
  state(): DemoState;
};

/** Gives the driver of the demo's data on a target; `beatMs` is how often it looks at the clock. */
export function createDemoDriver(options: {
  target: DemoMarts;
  clock: Clock;
  log: DemoLog;
  beatMs?: number;
}): DemoDriver {
  const { target, clock, log, beatMs = BEAT_MS } = options;
  const falls = createFalls();
  const feed = createFeed(target, falls);
  const ahead = (): Date => new Date(clock.now().getTime() + LEAD_MS);
  let running = false;
  let timer: NodeJS.Timeout | undefined;
  let beating: Promise<void> = Promise.resolve();

  const beat = async (): Promise<void> => {
    try {
      await feed.fill(ahead());
    } catch (error) {
      log.error({ err: error }, 'the demo data could not be extended; trying again');
    }
    if (running) timer = setTimeout(startBeat, beatMs).unref();
  };
  const startBeat = (): void => {
    beating = beat();
  };

  return {
    start: async () => {
      const { seeded } = await feed.prepare(ahead());
      log.info({ seeded, progress: feed.progress()?.toISOString() }, 'the demo data are ready');
      falls.planFirst(clock.now());
      running = true;
      startBeat();
    },
    stop: async () => {
      running = false;
      clearTimeout(timer);
      await beating;
    },
    fillTo: (to) => feed.fill(to),
    makeFall: (metricId) => falls.add(metricId, feed.progress() ?? clock.now()),
    restore: (metricId) => falls.remove(metricId),
    state: () => ({
      progress: feed.progress(),
      running,
      fallable: FALLABLE,
      falling: falls.listFalling(ahead()),
    }),
  };
}
