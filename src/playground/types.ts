import type { Logger } from 'pino';
import type { DemoDriver, DemoState } from '../../packs/demo/index.ts';
import type { LiveRegistry } from '../deps.ts';
import type { MovableClock } from '../lib/clock.ts';

export type PlaygroundOptions = {
  log: Logger;
  /** null: time cannot be skipped */
  clock: MovableClock | null;
  /** null: nothing can be made to fall */
  demo: DemoControls | null;
  registry: Pick<LiveRegistry, 'current'>;
};

/** What the playground asks of the demo's data. */
export type DemoControls = Pick<DemoDriver, 'fillTo' | 'makeFall' | 'restore'> & {
  state(): Pick<DemoState, 'fallable' | 'falling'>;
};

export interface Playground {
  /** what the Telegram code is pointed at */
  readonly telegram: { mode: 'polling'; token: string; apiRoot: string };
  /** Answers requests to /play and below; undefined for every other path. Never throws. */
  handle(request: Request): Promise<Response | undefined>;
  close(): Promise<void>;
}
