/**
 * The program's commands for a shell. In: arguments and the environment. Out: text or JSON on stdout, sentences on stderr, an exit
 * code. Each command is one file; the work is done in the rooms.
 */
import type { Command } from 'commander';
import { registerBackfill } from './backfill.ts';
import { registerCheck } from './check.ts';
import { registerDeliveries } from './deliveries.ts';
import { registerDoctor } from './doctor.ts';
import { registerMigrate } from './migrate.ts';
import { registerSchema } from './schema.ts';
import { registerServe } from './serve.ts';

/** Adds every command to the program; `exit` sets the exit code of one that did not throw. */
export function registerCommands(program: Command, exit: (code: number) => void): void {
  registerServe(program);
  registerCheck(program, exit);
  registerSchema(program);
  registerBackfill(program);
  registerDeliveries(program);
  registerMigrate(program, exit);
  registerDoctor(program, exit);
}

export { exitCodeOf, printError } from './exit.ts';
