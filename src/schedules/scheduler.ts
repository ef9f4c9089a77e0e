import type { Deps } from '../deps.ts';
import { atMostEvery } from '../lib/at-most-every.ts';
import { createLoop } from '../lib/loop.ts';
import { MINUTE, SECOND } from '../lib/time.ts';
import { checkPins, tellPins, type SetPinned } from './check-pins.ts';
import { mendTimes, postDue } from './post.ts';

export interface Scheduler {
  start(): void;
  /** Ends after the look under way. */
  stop(): Promise<void>;
}

/** Posts what is planned and keeps pinned cockpits up to date, until stopped; any number of processes share the work. */
export function createScheduler(deps: Deps, { setPinned }: { setPinned: SetPinned }): Scheduler {
  const { clock, log, outbox } = deps;
  const mend = atMostEvery(MINUTE, (now: Date) => mendTimes(deps, now));

  async function pass(): Promise<boolean> {
    const now = clock.now();
    await mend(now);
    if ((await postDue(deps, now)) > 0) outbox.kick();
    await checkPins(deps);
    await tellPins(deps, setPinned);
    return false;
  }

  const loop = createLoop({
    pass,
    idleMs: () => SECOND - (clock.now().getTime() % SECOND) + 1,
    onError: (error) => log.error({ err: error }, 'schedules cannot be read; trying again'),
  });
  return { start: () => loop.start(), stop: () => loop.stop() };
}
