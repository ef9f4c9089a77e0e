import type { Logger as Pino } from 'pino';
import type { Logger as BoltLogger } from '@slack/bolt';
import type { Bolt } from './bolt.ts';

/** Makes Bolt's log a part of the program's. Its own details hold what people write, so they are left out. */
export function createBoltLog(log: Pino, { LogLevel }: Pick<Bolt, 'LogLevel'>): BoltLogger {
  const say =
    (level: 'warn' | 'info') =>
    (...parts: unknown[]): void =>
      log[level]({ from: 'bolt' }, parts.map(describe).join(' '));
  return {
    debug: () => {},
    info: () => {},
    warn: say('warn'),
    // what goes wrong is decided, and logged as an error where it is one, by who called
    error: say('warn'),
    setLevel: () => {},
    getLevel: () => LogLevel.WARN,
    setName: () => {},
  };
}

function describe(part: unknown): string {
  if (part instanceof Error) return `${part.name}: ${part.message}`;
  return typeof part === 'string' ? part : (JSON.stringify(part) ?? '');
}
