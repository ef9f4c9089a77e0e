import type { Command } from 'commander';
import { readConfig } from '../config.ts';
import { startHeartbeat } from '../main.ts';

const STOP_TIMEOUT_MS = 15_000;

/** `heartbeat serve`: what `npm start` runs. */
export function registerServe(program: Command): void {
  program
    .command('serve')
    .description('run the bot, the web server and the playground until stopped (SIGINT, SIGTERM)')
    .action(async () => {
      const config = readConfig(process.env);
      const running = await startHeartbeat(config);
      if (process.stdout.isTTY || config.playground) console.log(welcome(running.url, config.playground));
      await untilSignal();
      // a place that hangs must not keep the process: what is not settled is tried again by the next one
      setTimeout(() => process.exit(1), STOP_TIMEOUT_MS).unref();
      await running.stop();
    });
}

function welcome(url: string, playground: boolean): string {
  const chat = playground ? `  chat      ${url}/play\n` : '';
  return `Heartbeat is ready.\n${chat}  cockpit   ${url}/cockpit\n  docs      ${url}/docs\n  health    ${url}/readyz`;
}

function untilSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
  });
}
