import { InvalidArgumentError, type Command } from 'commander';
import { DateTime } from 'luxon';
import { readConfig } from '../config.ts';
import { InputError } from '../errors.ts';
import { systemClock } from '../lib/clock.ts';
import { openServerWarehouse } from '../marts/index.ts';
import { backfillMetric } from '../pulse/index.ts';
import { holdRegistry } from '../registry/index.ts';
import { storeRegistry } from '../reload.ts';
import { commandLog, withDatabase } from './database.ts';
import { loadWorkspaceOf } from './workspace.ts';

/** `heartbeat backfill --from 2022-01-01 [metric…]`: computes the history of series metrics anew; nothing of it is judged. */
export function registerBackfill(program: Command): void {
  program
    .command('backfill')
    .description('compute the history of series metrics; appends what differs, and judges nothing')
    .argument('[metrics...]', 'ids; all unless given')
    .requiredOption('--from <date>', "first day, YYYY-MM-DD in the workspace's zone")
    .option('--to <date>', 'first day not computed; now unless given')
    .action(async (metrics: string[], options: { from: string; to?: string }) => backfill(metrics, options));
}

async function backfill(named: readonly string[], options: { from: string; to?: string }): Promise<void> {
  const config = readConfig(process.env);
  const log = commandLog(config);
  const files = await loadWorkspaceOf(config);
  const { timezone, id: workspaceId } = files.workspace;
  if (!config.martsUrl) {
    throw new InputError(
      'marts_url_missing',
      'MARTS_URL is not set. The embedded marts belong to the running service, which backfills by itself; set MARTS_URL to the warehouse.',
    );
  }
  const range = {
    from: readDay(options.from, timezone),
    to: options.to ? readDay(options.to, timezone) : null,
  };
  const warehouse = openServerWarehouse({ url: config.martsUrl, timezone, log });
  try {
    await withDatabase(config, async (db) => {
      const { verifications } = await storeRegistry({ db, clock: systemClock, workspaceId }, files);
      const deps = {
        db,
        warehouse,
        workspaceId,
        clock: systemClock,
        registry: holdRegistry(files, verifications),
      };
      for (const metricId of named.length > 0 ? named : files.metrics.keys()) {
        const { readings, series } = await backfillMetric(deps, { metricId, ...range });
        console.log(
          series ? `${metricId}: ${readings} readings` : `${metricId}: not a series, nothing to compute`,
        );
      }
    });
  } finally {
    await warehouse.close();
  }
}

function readDay(text: string, zone: string): Date {
  const day = DateTime.fromISO(text, { zone });
  if (!day.isValid) throw new InvalidArgumentError(`"${text}" is not a day. Write it as YYYY-MM-DD.`);
  return day.toJSDate();
}
