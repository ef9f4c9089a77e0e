import { InvalidArgumentError, Option, type Command } from 'commander';
import { readConfig } from '../config.ts';
import type { Db } from '../db/index.ts';
import {
  CHANNEL_NAMES,
  findAlertId,
  getDelivery,
  listDeliveries,
  readLogDay,
  retryDeadLetters,
  retryDelivery,
  type DeliveryFilter,
} from '../delivery/index.ts';
import { InputError, NotFoundError } from '../errors.ts';
import { presentDelivery } from '../http/index.ts';
import { systemClock } from '../lib/clock.ts';
import type { Workspace } from '../registry/index.ts';
import { createCliCaller } from './caller.ts';
import { withDatabase } from './database.ts';
import { writeDelivery, writeDeliveryLine } from './delivery-text.ts';
import { loadWorkspaceOf } from './workspace.ts';

type Options = {
  day?: string;
  channel?: string;
  metric?: string;
  alert?: string;
  failed?: boolean;
  limit: number;
  json?: boolean;
};

const DEFAULT_LIMIT = 100;
const MAX_LIMIT = 10_000;

/** `heartbeat deliveries`: what was sent, where, when, how often tried, why not; one with its attempts; dead letters again. */
export function registerDeliveries(program: Command): void {
  const deliveries = program
    .command('deliveries')
    .description('list what was sent, where, when, how often tried, and why not')
    .option('--day <date>', "only of a day of the workspace's zone: YYYY-MM-DD, or today")
    .addOption(new Option('--channel <name>', 'only of a channel').choices(CHANNEL_NAMES))
    .option('--metric <id>', 'only of a metric')
    .option('--alert <number>', 'only of an alert, such as A-1042')
    .option('--failed', 'only what could not be delivered')
    .option('--limit <n>', 'at most so many, newest first', parseLimit, DEFAULT_LIMIT)
    .option('--json', 'print JSON')
    .action((options: Options) => list(options));
  deliveries
    .command('show')
    .description('one delivery with every attempt')
    .argument('<id>')
    .action((id: string, _options: unknown, command: Command) => show(id, command.optsWithGlobals()));
  deliveries
    .command('retry')
    .description('send a dead letter again')
    .argument('[id]')
    .option('--all-failed', 'all of them, narrowed by --day, --channel, --metric and --alert')
    .action((id: string | undefined, _options: unknown, command: Command) =>
      retry(id, command.optsWithGlobals()),
    );
}

type Opened = { db: Db; workspace: Workspace };

async function open<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const config = readConfig(process.env);
  const { workspace } = await loadWorkspaceOf(config);
  return withDatabase(config, (db) => work({ db, workspace }));
}

async function list(options: Options): Promise<void> {
  const items = await open(async (opened) => {
    const filter = await toFilter(opened, options);
    const failed = options.failed ? { status: 'dead' } : {};
    const found = await listDeliveries(opened.db, opened.workspace.id, {
      ...filter,
      ...failed,
      limit: options.limit,
    });
    return found.items;
  });
  const text = items.map(writeDeliveryLine).join('\n') || 'No deliveries.';
  console.log(options.json ? JSON.stringify(items.map(presentDelivery), null, 2) : text);
}

async function show(id: string, { json }: Pick<Options, 'json'>): Promise<void> {
  const found = await open(({ db, workspace }) => getDelivery(db, workspace.id, id));
  console.log(json ? JSON.stringify(presentDelivery(found), null, 2) : writeDelivery(found));
}

/** A service that runs sends it within a second; one that does not, when it starts. */
async function retry(id: string | undefined, options: Options & { allFailed?: boolean }): Promise<void> {
  if ((id === undefined) === (options.allFailed !== true)) {
    throw new InputError('retry_unclear', 'Name one delivery by its id, or give --all-failed.');
  }
  const retried = await open(async (opened) => {
    const { db, workspace } = opened;
    const deps = { db, workspaceId: workspace.id, clock: systemClock, outbox: { kick: () => undefined } };
    const caller = createCliCaller(workspace);
    if (id === undefined) return retryDeadLetters(deps, caller, await toFilter(opened, options));
    await retryDelivery(deps, caller, id);
    return [id];
  });
  const text = retried.map((one) => `${one} is sent again`).join('\n') || 'No dead letters.';
  console.log(options.json ? JSON.stringify({ retried }) : text);
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT)
    throw new InvalidArgumentError(`Give a whole number from 1 to ${MAX_LIMIT}.`);
  return limit;
}

async function toFilter(
  { db, workspace }: Opened,
  { day, channel, metric, alert }: Pick<Options, 'day' | 'channel' | 'metric' | 'alert'>,
): Promise<Omit<DeliveryFilter, 'limit'>> {
  return {
    ...(channel && { channel }),
    ...(metric && { metric }),
    ...(alert && { alertId: await alertIdOf(db, workspace.id, alert) }),
    ...(day && readLogDay(day, { zone: workspace.timezone, now: systemClock.now() })),
  };
}

async function alertIdOf(db: Db, workspaceId: string, text: string): Promise<string> {
  const number = /^(?:a-)?(\d{1,9})$/i.exec(text)?.[1];
  const id = number === undefined ? undefined : await findAlertId(db, workspaceId, Number(number));
  if (id !== undefined) return id;
  throw new NotFoundError('alert_unknown', `There is no alert ${text}. Write its number, such as A-1042.`, {
    details: { alert: text },
  });
}
