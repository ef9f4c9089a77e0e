import type { Logger } from 'pino';
import type { ActiveWindow } from './alerts/index.ts';
import type { Words } from './answers/index.ts';
import type { Config } from './config.ts';
import type { Db, Jobs } from './db/index.ts';
import type { ChannelName, Failpoint, Outbox } from './delivery/index.ts';
import type { Clock } from './lib/clock.ts';
import type { Warehouse } from './marts/index.ts';
import type { PeopleFollower } from './people/index.ts';
import type { Pictures } from './pictures/index.ts';
import type { Locale, MetricVerification, Registry } from './registry/index.ts';
import type { StandingAnswers } from './schedules/index.ts';

/** The registry as it is now: files change while the program runs. */
export interface LiveRegistry {
  current(): Registry;
  /** whether a metric may alert; `unverified` for one that is not known */
  verification(metricId: string): MetricVerification;
}

/** What verbs, commands and doors are given; passed in, never imported as a value. */
export type Deps = {
  config: Config;
  workspaceId: string;
  db: Db;
  jobs: Jobs;
  clock: Clock;
  log: Logger;
  registry: LiveRegistry;
  warehouse: Warehouse;
  /** Heartbeat's own database, for the metrics about itself */
  ownWarehouse: Warehouse;
  pictures: Pictures;
  outbox: Pick<Outbox, 'kick'>;
  /** what commands answer, for posts by the clock: they know everything else here, so that it is passed in */
  standing: StandingAnswers;
  /** what people linked and set is read anew, so that it counts at once */
  people: Pick<PeopleFollower, 'reload'>;
  /** channels that can carry messages in this process */
  channels: ReadonlySet<ChannelName>;
  /** base of links in messages, without a trailing slash; known once the server listens */
  publicUrl(): string;
  /** the maintenance windows of workspace.yaml that are open at an instant */
  maintenanceAt(now: Date): readonly ActiveWindow[];
  wordsFor(locale: Locale, timezone: string): Words;
  /** where fault tests stop the process */
  onFailpoint?: (point: Failpoint) => void;
};
