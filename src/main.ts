import type { Logger } from 'pino';
import { createWords, type Words } from './answers/index.ts';
import {
  createTelegramChannel,
  createTelegramService,
  fixedWords,
  storeFileIds,
  type ReceiverMode,
  type TelegramService,
} from './channels/telegram/index.ts';
import { createStandingAnswers, createTurns, type CommandDeps } from './commands/index.ts';
import type { Config, SlackConfig, TelegramConfig } from './config.ts';
import { inTransaction } from './db/index.ts';
import {
  createOutbox,
  repostChannels,
  type ChannelName,
  type Failpoint,
  type Outbox,
  type Place,
} from './delivery/index.ts';
import { createHttpServer, createLoginLink, loadReadyState, type ReadyPart } from './http/index.ts';
import type { Clock } from './lib/clock.ts';
import { createComposer } from './messages/index.ts';
import { listUnmatchedNames } from './hook-names.ts';
import { listOpenChannels, openChannels } from './open-channels.ts';
import { createMailHook, mailParts, openMail } from './open-mail.ts';
import { openFoundations, type Foundations } from './open-foundations.ts';
import { leaveGone } from './open-people.ts';
import { openSchedules } from './open-schedules.ts';
import { createSlackReceiving, openSlack, slackParts } from './open-slack.ts';
import { createPulse, listOpenWindows, queueBackfills, workBackfills } from './pulse/index.ts';
import { watchRegistry, type Locale, type RegistryHolder } from './registry/index.ts';
import { applyPeople, applyRegistry, withdrawOrphans } from './reload.ts';
import { keepUp } from './upkeep.ts';
import { openWatchdog, watchdogParts } from './watchdog.ts';
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
  const base = await openFoundations(config, overrides, closers);
  const parts = wire(config, base, overrides);
  const { deps, pulse, outbox, service, slack, mail, watchdog, scheduler, listen } = parts;
  closers.push(async () => mail?.close());
  closers.push(await listen());
  await leaveGone(deps);
  if (base.playground) await refillPlayground(deps);
  await outbox.start();
  closers.push(() => outbox.stop());
  service?.start();
  closers.push(async () => service?.stop());
  slack?.start();
  closers.push(async () => slack?.stop());
  await workBackfills(deps);
  await withdrawOrphans(deps);
  await pulse.start();
  closers.push(() => pulse.stop());
  watchdog?.start();
  closers.push(async () => watchdog?.stop());
  await queueBackfills(deps);
  const watcher = await watchRegistry(base.registry.current().dir, {
    checks: workspaceChecks,
    initial: base.registry.files(),
    onError: (error) =>
      base.log.error({ err: error }, 'a change of the workspace could not be put into force; trying again'),
    onChange: async (next) => {
      await applyRegistry({ ...deps, registry: base.registry }, pulse, next);
      slack?.lookUpPeople();
      await service?.refresh();
    },
  });
  closers.push(() => watcher.close());
  scheduler.start();
  closers.push(() => scheduler.stop());
  base.people.start(() => {
    void service?.refresh();
    slack?.lookUpPeople();
    return applyPeople(deps);
  });
  closers.push(() => base.people.stop());
  const upkeep = keepUp(deps);
  closers.push(async () => upkeep.end());
  const { metrics, problems } = base.registry.current();
  base.log.info(
    { url: deps.publicUrl(), workspace: deps.workspaceId, metrics: metrics.size, problems: problems.length },
    'ready',
  );
  return { url: deps.publicUrl(), deps };
}

/** Its chats begin empty at each start, while alerts may be open from before. */
async function refillPlayground({ db, workspaceId }: CommandDeps): Promise<void> {
  await inTransaction(db, (tx) => repostChannels(tx, workspaceId, ['telegram', 'slack']));
}

/** Ties the rooms together; nothing runs yet. */
function wire(config: Config, base: Foundations, overrides: Overrides) {
  const { playground, ...rest } = base;
  const { telegram, slack: slackConfig } = playground ?? config;
  let url = config.http.publicUrl ?? `http://localhost:${config.http.port}`;
  const deps: CommandDeps = {
    ...rest,
    standing: createStandingAnswers(() => deps),
    config,
    workspaceId: rest.registry.current().workspace.id,
    outbox: { kick: () => outbox.kick() },
    channels: listLiveChannels(config, { telegram, slack: slackConfig }),
    maintenanceAt: (now) => listOpenWindows(rest.registry.current().workspace, now),
    publicUrl: () => url,
    wordsFor: rememberWords(),
    pulse: { refresh: (metricId) => pulse.refresh(metricId) },
    turns: createTurns(rest.clock),
    loginUrl: (person, path) => createLoginLink(deps, person, path),
    readiness: () => loadReadyState({ deps, stats, parts }),
    ...(overrides.onFailpoint && { onFailpoint: overrides.onFailpoint }),
  };
  const pulse = createPulse(deps);
  const channel = telegram.mode === 'off' ? null : openTelegram(deps, telegram);
  const slackChannel = openSlack(deps, slackConfig);
  const mail = openMail(deps);
  const outbox: Outbox = createOutbox({
    ...deps,
    channels: [channel, slackChannel, mail, ...openChannels(deps)].filter((one) => one !== null),
    composer: createComposer(deps),
  });
  const reserve = (place: Place): Promise<void> => outbox.reserve(place);
  const service =
    channel && telegram.mode !== 'off'
      ? createTelegramService({ deps, channel, reserve, ...telegram, mode: modeOf(telegram, url) })
      : null;
  const slack = createSlackReceiving(deps, { slack: slackConfig, channel: slackChannel, reserve });
  const scheduler = openSchedules(deps, { telegram: channel, slack: slackChannel, reserve });
  const stats = { pulse: pulse.stats, outbox: outbox.stats };
  const watchdog = openWatchdog(deps, stats);
  const parts = (): ReadyPart[] => [
    ...listParts(config, rest.registry, service),
    ...slackParts(config, slack),
    ...mailParts(mail),
    ...watchdogParts(watchdog),
  ];
  const http = createHttpServer({
    deps,
    stats,
    parts,
    telegram: service?.webhook ?? null,
    slack: slack?.webhook ?? null,
    mail: mail && createMailHook(deps),
    playground,
  });
  const listen = async (): Promise<Closer> => {
    const { port } = await http.listen();
    if (!config.http.publicUrl) url = `http://localhost:${port}`;
    return () => http.close();
  };
  return { deps, pulse, outbox, service, slack, mail, watchdog, scheduler, listen };
}

/** Channels that can carry messages in this process. */
function listLiveChannels(
  config: Config,
  { telegram, slack }: { telegram: TelegramConfig; slack: SlackConfig },
): ReadonlySet<ChannelName> {
  return new Set([
    ...(telegram.mode === 'off' ? [] : ['telegram' as const]),
    ...(slack.mode === 'off' ? [] : ['slack' as const]),
    ...(config.channels.mail === null ? [] : ['mail' as const]),
    ...listOpenChannels(config),
  ]);
}

/** Parts of `/readyz` that only the whole program knows. */
function listParts(
  config: Config,
  registry: RegistryHolder,
  service: Pick<TelegramService, 'state'> | null,
): ReadyPart[] {
  const warn = (name: string, reason: string): ReadyPart => ({
    name,
    ok: false,
    severity: 'warning',
    reason,
  });
  return [
    ...(service ? [{ name: 'telegram', severity: 'warning' as const, ...service.state() }] : []),
    ...listUnmatchedNames(registry.current().workspace, config.channels).map(({ channel, name, reason }) =>
      warn(`${channel} ${name}`, reason),
    ),
  ];
}

function modeOf(telegram: Exclude<TelegramConfig, { mode: 'off' }>, publicUrl: string): ReceiverMode {
  return telegram.mode === 'webhook'
    ? { kind: 'webhook', secret: telegram.secret, publicUrl }
    : { kind: 'polling' };
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
