import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { migrationStatus } from '../db/index.ts';
import { withDatabase } from './database.ts';
import { EXIT } from './exit.ts';

/** `heartbeat migrate`: brings the database up to date, or with `--status` only tells. Exit 3 when it is newer than the program. */
export function registerMigrate(program: Command, exit: (code: number) => void): void {
  program
    .command('migrate')
    .description('bring the database up to date; the service does it at start')
    .option('--status', 'only tell which migrations are applied, pending or unknown')
    .option('--json', 'print JSON')
    .action(async (options: { status?: boolean; json?: boolean }) => {
      const config = readConfig(process.env);
      const status = await withDatabase(config, migrationStatus, { migrate: !options.status });
      if (options.json) console.log(JSON.stringify(status, null, 2));
      else
        for (const [kind, names] of Object.entries(status))
          console.log(`${kind}: ${names.length === 0 ? 'none' : names.join(', ')}`);
      if (status.unknown.length > 0) exit(EXIT.refused);
    });
}
