import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import pino, { type Logger } from 'pino';
import { createDemoDriver, demoWorkspaceDir } from '../packs/demo/index.ts';
import { createWords, type Words } from './answers/index.ts';
import {
  createTelegramChannel,
  createTelegramService,
  fixedWords,
  storeFileIds,
} from './channels/telegram/index.ts';
import type { CommandDeps } from './commands/index.ts';
import type { Config, TelegramConfig } from './config.ts';
import { createJobs, openDatabase } from './db/index.ts';
import { createOutbox, DELIVER_QUEUE, type Failpoint, type Outbox } from './delivery/index.ts';
import { createHttpServer } from './http/index.ts';
import { createMovableClock, systemClock, type Clock } from './lib/clock.ts';
import { openEmbeddedWarehouse, openServerWarehouse } from './marts/index.ts';
import { createComposer } from './messages/index.ts';
import { createPictures } from './pictures/index.ts';
import { startPlayground } from './playground/index.ts';
import { BACKFILL_QUEUE, createPulse, queueBackfills, workBackfills } from './pulse/index.ts';
import { holdRegistry, loadRegistry, restoreLastGood, watchRegistry, type Locale } from './registry/index.ts';
import { applyRegistry, storeRegistry, withdrawOrphans } from './reload.ts';
import { workspaceChecks } from './workspace-checks.ts';

/** What tests replace. */
export type Overrides = {
  clock?: Clock;
  log?: Logger;
  onFailpoint?: (point: Failpoint) => void;
};

export type Running = {
  /** where the web server listens */
  url: string;
  deps: CommandDeps;
  stop(): Promise<void>;
};

type Closer = () => Promise<void>;

/** Starts everything in the order of this function, and gives what stops it in reverse. Throws a HeartbeatError that says what to do. */
export async function startHeartbeat(config: Config, overrides: Overrides = {}): Promise<Running> {
  const closers: Closer[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const started = await start(config, overrides, closers);
    return { ...started, stop };
  } catch (error) {
    await stop().catch(() => {});
    throw error;
  }
}

async function start(
  config: Config,
  overrides: Overrides,
  closers: Closer[],
): Promise<Omit<Running, 'stop'>> {
  const log = overrides.log ?? pino({ level: config.logLevel, base: null }, pino.destination(2));
  const movable = config.playground && !overrides.clock ? createMovableClock() : null;
  const clock = overrides.clock ?? movable ?? systemClock;
  await mkdir(config.dataDir, { recursive: true });

  const workspaceDir = config.workspaceDir ?? demoWorkspaceDir;
  const files = await loadRegistry(workspaceDir, workspaceChecks);
  const workspaceId = files.workspace.id;
  const db = await openDatabase({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, log });
  closers.push(() => db.close());
  const jobs = await createJobs(db, [{ name: DELIVER_QUEUE }, { name: BACKFILL_QUEUE }], log);
  closers.push(() => jobs.stop());

  const loaded = await restoreLastGood(db.prisma, files);
  const stored = await storeRegistry({ db, clock, workspaceId }, loaded);
  const registry = holdRegistry(loaded, stored.verifications);
  const { warehouse, demo } = await openWarehouse(config, { timezone: files.workspace.timezone, clock, log });
  closers.push(() => warehouse.close());
  if (demo) {
    await demo.start();
    closers.push(() => demo.stop());
  }
  const pictures = createPictures({ cacheDir: join(config.dataDir, 'pictures') });
  closers.push(() => pictures.close());

  const playground = config.playground
    ? await startPlayground({ log, clock: movable, demo, registry })
    : null;
  if (playground) closers.push(() => playground.close());
  const telegram = playground?.telegram ?? config.telegram;

  let url = config.http.publicUrl ?? `http://localhost:${config.http.port}`;
  const bell = { kick: (): void => outbox.kick() };
  const deps: CommandDeps = {
    config,
    workspaceId,
    db,
    jobs,
    clock,
    log,
    registry,
    warehouse,
    pictures,
    outbox: bell,
    channels: new Set(telegram.mode === 'off' ? [] : ['telegram' as const]),
    publicUrl: () => url,
    wordsFor: rememberWords(),
    pulse: { refresh: (metricId) => pulse.refresh(metricId) },
    ...(overrides.onFailpoint && { onFailpoint: overrides.onFailpoint }),
  };
  const pulse = createPulse(deps);
  const channel = telegram.mode === 'off' ? null : openTelegram(deps, telegram);
  const outbox: Outbox = createOutbox({
    workspaceId,
    db,
    jobs,
    channels: channel ? [channel] : [],
    composer: createComposer(deps),
    clock,
    log,
    ...(overrides.onFailpoint && { onFailpoint: overrides.onFailpoint }),
  });
  const service =
    channel && telegram.mode !== 'off'
      ? createTelegramService({
          deps,
          channel,
          token: telegram.token,
          apiRoot: telegram.apiRoot,
          mode:
            telegram.mode === 'webhook'
              ? { kind: 'webhook', secret: telegram.secret, publicUrl: url }
              : { kind: 'polling' },
          reserve: (place) => outbox.reserve(place),
        })
      : null;

  const http = createHttpServer({
    deps,
    stats: { pulse: pulse.stats, outbox: outbox.stats },
    parts: () => (service ? [{ name: 'telegram', severity: 'warning', ...service.state() }] : []),
    telegram: service?.webhook ?? null,
    playground: playground && {
      page: async () => (await playground.handle(new Request(`${url}/play`)))?.text() ?? '',
      routes: (request) => playground.handle(request),
    },
  });
  const { port } = await http.listen();
  closers.push(() => http.close());
  if (!config.http.publicUrl) url = `http://localhost:${port}`;

  await outbox.start();
  closers.push(() => outbox.stop());
  service?.start();
  closers.push(async () => service?.stop());
  await workBackfills(deps);
  await withdrawOrphans(deps);
  await pulse.start();
  closers.push(() => pulse.stop());
  await queueBackfills(deps);
  const watcher = await watchRegistry(workspaceDir, {
    checks: workspaceChecks,
    initial: loaded,
    onError: (error) =>
      log.error({ err: error }, 'a change of the workspace could not be put into force; trying again'),
    onChange: async (next) => {
      await applyRegistry({ ...deps, registry }, pulse, next);
      await service?.setMenus();
    },
  });
  closers.push(() => watcher.close());
  log.info(
    { url, workspace: workspaceId, metrics: files.metrics.size, problems: files.problems.length },
    'ready',
  );
  return { url, deps };
}

/** The warehouse of MARTS_URL, or the embedded one; the demo's data are kept at the clock in it. */
async function openWarehouse(config: Config, context: { timezone: string; clock: Clock; log: Logger }) {
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

function openTelegram(deps: CommandDeps, telegram: Exclude<TelegramConfig, { mode: 'off' }>) {
  const bot = telegram.token.split(':')[0] ?? '';
  return createTelegramChannel({
    token: telegram.token,
    apiRoot: telegram.apiRoot,
    log: deps.log,
    files: storeFileIds(deps.db, bot),
    words: fixedWords(deps),
  });
}

/** Words of each language and zone, made once. */
function rememberWords(): (locale: Locale, timezone: string) => Words {
  const made = new Map<string, Words>();
  return (locale, timezone) => {
    const key = `${locale} ${timezone}`;
    const words = made.get(key) ?? createWords(locale, timezone);
    made.set(key, words);
    return words;
  };
}
