import { SECOND } from '../lib/time.ts';
import type { EventStream } from './event-stream.ts';
import type { PageStatus } from './page-types.ts';

const LOOK_MS = SECOND;

/** Tells pages what the controls show when it has changed (falls end by themselves), and at once when asked to. */
export function followStatus(
  events: EventStream,
  make: () => PageStatus,
): { tell: () => void; stop: () => void } {
  let told = '';

  function tell(): void {
    const status = make();
    told = keyOf(status);
    events.send({ kind: 'status', status });
  }

  const timer = setInterval(() => {
    if (events.count > 0 && keyOf(make()) !== told) tell();
  }, LOOK_MS).unref();
  return { tell, stop: () => clearInterval(timer) };
}

/** The time goes on by itself on the page too. */
function keyOf({ canSkip, demo }: PageStatus): string {
  return JSON.stringify({ canSkip, demo });
}
