/**
 * The program's commands for a shell. In: arguments and the environment. Out: text or JSON on stdout, sentences on stderr, an exit
 * code. Each command is one file; the work is done in the rooms.
 */
import { Command, CommanderError } from 'commander';
import { registerBackfill } from './backfill.ts';
import { registerCheck } from './check.ts';
import { registerDeliveries } from './deliveries.ts';
import { registerDoctor } from './doctor.ts';
import { EXIT, exitCodeOf, printError } from './exit.ts';
import { registerMigrate } from './migrate.ts';
import { registerPreview } from './preview.ts';
import { registerSchema } from './schema.ts';
import { registerServe } from './serve.ts';

/** Runs one command line (`node`, the script, then the words) and gives its exit code. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  const program = new Command('heartbeat')
    .description('Turns the numbers a company runs on into a conversation.')
    .exitOverride()
    .showHelpAfterError('(heartbeat --help lists the commands)');
  let exitCode: number = EXIT.ok;
  const exit = (code: number): void => {
    exitCode = code;
  };
  registerServe(program);
  registerCheck(program, exit);
  registerSchema(program);
  registerBackfill(program);
  registerDeliveries(program);
  registerPreview(program);
  registerMigrate(program, exit);
  registerDoctor(program, exit);
  try {
    await program.parseAsync([...argv]);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.input;
    printError(error);
    return exitCodeOf(error);
  }
}
