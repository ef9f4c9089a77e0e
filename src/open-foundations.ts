import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pino, { type Logger } from 'pino';
import { createDemoDriver, demoWorkspaceDir } from '../packs/demo/index.ts';
import type { Config } from './config.ts';
import { createJobs, openDatabase, type Db, type Jobs } from './db/index.ts';
import { DELIVER_QUEUE } from './delivery/index.ts';
import { createMovableClock, systemClock, type Clock } from './lib/clock.ts';
import {
  openEmbeddedWarehouse,
  openOwnWarehouse,
  openServerWarehouse,
  type Warehouse,
} from './marts/index.ts';
import { openPeople } from './open-people.ts';
import { listSlackCommands } from './open-slack.ts';
import type { PeopleFollower } from './people/index.ts';
import { createPictures, type Pictures } from './pictures/index.ts';
import { startPlayground, type Playground } from './playground/index.ts';
import { backfillQueue } from './pulse/index.ts';
import { holdRegistry, loadRegistry, restoreLastGood, type RegistryHolder } from './registry/index.ts';
import { storeRegistry } from './reload.ts';
import { workspaceChecks } from './workspace-checks.ts';

/** What stands before anything can be said or computed. */
export type Foundations = {
  log: Logger;
  clock: Clock;
  db: Db;
  jobs: Jobs;
  registry: RegistryHolder;
  people: PeopleFollower;
  warehouse: Warehouse;
  ownWarehouse: Warehouse;
  pictures: Pictures;
  playground: Playground | null;
};

/** Opens them in order; `closers` gets what closes each, as soon as it is open. */
export async function openFoundations(
  config: Config,
  overrides: { clock?: Clock; log?: Logger },
  closers: (() => Promise<void>)[],
): Promise<Foundations> {
  const log = overrides.log ?? pino({ level: config.logLevel, base: null }, pino.destination(2));
  const movable = config.playground && !overrides.clock ? createMovableClock() : null;
  const clock = overrides.clock ?? movable ?? systemClock;
  await mkdir(config.dataDir, { recursive: true });
  const files = await loadRegistry(config.workspaceDir ?? demoWorkspaceDir, workspaceChecks);
  const { id: workspaceId, timezone } = files.workspace;

  const db = await openDatabase({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, log });
  closers.push(() => db.close());
  const { warehouse, demo } = openWarehouse(config, { timezone, clock, log });
  closers.push(() => warehouse.close());
  const ownWarehouse = openOwnWarehouse({ kind: db.kind, ...db.connection, workspaceId, timezone, log });
  closers.push(() => ownWarehouse.close());
  const jobs = await createJobs(db, [{ name: DELIVER_QUEUE }, { name: backfillQueue(workspaceId) }], log);
  closers.push(() => jobs.stop());

  const whole = await restoreLastGood(db.prisma, files);
  const { verifications } = await storeRegistry({ db, clock, workspaceId }, whole);
  const registry = holdRegistry(whole, verifications);
  const people = await openPeople({ db, clock, log, workspaceId, registry });
  await demo?.start();
  closers.push(async () => demo?.stop());
  const pictures = createPictures({ cacheDir: join(config.dataDir, 'pictures') });
  closers.push(() => pictures.close());
  const playground = config.playground
    ? await startPlayground({ log, clock: movable, demo, registry, slashCommands: listSlackCommands() })
    : null;
  closers.push(async () => playground?.close());
  return { log, clock, db, jobs, registry, people, warehouse, ownWarehouse, pictures, playground };
}

/** The warehouse of MARTS_URL, or the embedded one; the demo's data are kept at the clock in it. */
function openWarehouse(config: Config, context: { timezone: string; clock: Clock; log: Logger }) {
  const { timezone, clock, log } = context;
  if (config.martsUrl)
    return { warehouse: openServerWarehouse({ url: config.martsUrl, timezone, log }), demo: null };
  const warehouse = openEmbeddedWarehouse({
    dataDir: join(resolve(config.dataDir), 'marts'),
    timezone,
    log,
  });
  const demo = config.workspaceDir === null ? createDemoDriver({ target: warehouse, clock, log }) : null;
  return { warehouse, demo };
}
