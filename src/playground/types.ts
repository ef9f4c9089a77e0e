import type { Logger } from 'pino';
import type { DemoDriver, DemoState } from '../../packs/demo/index.ts';
import type { LiveRegistry } from '../deps.ts';
import type { MovableClock } from '../lib/clock.ts';
import type { PageCommand } from './page-types.ts';

export type PlaygroundOptions = {
  log: Logger;
  /** null: time cannot be skipped */
  clock: MovableClock | null;
  /** null: nothing can be made to fall */
  demo: DemoControls | null;
  registry: Pick<LiveRegistry, 'current'>;
  /** the commands that the app has in Slack */
  slashCommands: readonly PageCommand[];
};

/** How the Slack code reaches the stand-in. */
export type PlaygroundSlack = { mode: 'socket'; token: string; appToken: string; apiUrl: string };

/** What the playground asks of the demo's data. */
export type DemoControls = Pick<DemoDriver, 'fillTo' | 'makeFall' | 'restore'> & {
  state(): Pick<DemoState, 'fallable' | 'falling'>;
};

export interface Playground {
  /** what the Telegram code is pointed at */
  readonly telegram: { mode: 'polling'; token: string; apiRoot: string };
  /** what the Slack code is pointed at */
  readonly slack: PlaygroundSlack;
  /** Answers requests to /play and below; undefined for every other path. Never throws. */
  handle(request: Request): Promise<Response | undefined>;
  close(): Promise<void>;
}
