import { InvalidArgumentError, type Command } from 'commander';
import { DateTime } from 'luxon';
import { readConfig } from '../config.ts';
import { listDeliveries, type DeliveryFilter, type DeliveryRecord } from '../delivery/index.ts';
import { loadWorkspaceOf } from './workspace.ts';
import { withDatabase } from './database.ts';

type Options = {
  day?: string;
  channel?: string;
  metric?: string;
  failed?: boolean;
  limit: number;
  json?: boolean;
};

/** `heartbeat deliveries`: what was sent, where, when, how often tried, why not. */
export function registerDeliveries(program: Command): void {
  program
    .command('deliveries')
    .description('list what was sent, where, when, how often tried, and why not')
    .option('--day <date>', "only of a day of the workspace's zone: YYYY-MM-DD, or today")
    .option('--channel <name>', 'only of a channel: telegram')
    .option('--metric <id>', 'only of a metric')
    .option('--failed', 'only what could not be delivered')
    .option('--limit <n>', 'at most so many, newest first', parseLimit, 100)
    .option('--json', 'print JSON')
    .action(async (options: Options) => {
      const config = readConfig(process.env);
      const { workspace } = await loadWorkspaceOf(config);
      const filter = toFilter(options, workspace.timezone);
      const { items } = await withDatabase(config, (db) => listDeliveries(db, workspace.id, filter));
      console.log(
        options.json ? JSON.stringify(items, null, 2) : items.map(toLine).join('\n') || 'No deliveries.',
      );
    });
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1 || limit > 10_000)
    throw new InvalidArgumentError('Give a whole number from 1 to 10000.');
  return limit;
}

function toFilter(options: Options, timezone: string): DeliveryFilter {
  const { day, channel, metric, failed, limit } = options;
  const start = day === undefined ? undefined : readDay(day, timezone);
  return {
    limit,
    ...(channel && { channel }),
    ...(metric && { metric }),
    ...(failed && { status: 'dead' }),
    ...(start && { from: start.toJSDate(), to: start.plus({ days: 1 }).toJSDate() }),
  };
}

function readDay(text: string, zone: string): DateTime {
  const day =
    text === 'today'
      ? DateTime.now().setZone(zone).startOf('day')
      : DateTime.fromISO(text, { zone }).startOf('day');
  if (!day.isValid) throw new InvalidArgumentError('Give a day as YYYY-MM-DD, or today.');
  return day;
}

function toLine(item: DeliveryRecord): string {
  const about = item.alertNumber === null ? item.edge : `A-${item.alertNumber} ${item.metric} ${item.edge}`;
  const why = item.reason ? ` · ${item.reason}` : '';
  return `${item.createdAt} ${item.status.padEnd(10)} ${item.place} ${item.operation} · ${about} · tries ${item.attempts}${why} · ${item.id}`;
}
