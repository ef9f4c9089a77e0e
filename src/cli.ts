#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { exitCodeOf, printError, registerCommands } from './cli/index.ts';

/** `heartbeat …`: reads the arguments, runs one command, turns its error into an exit code and a sentence. */
async function run(argv: readonly string[]): Promise<number> {
  const program = new Command('heartbeat')
    .description('Turns the numbers a company runs on into a conversation.')
    .exitOverride()
    .showHelpAfterError('(heartbeat --help lists the commands)');
  let exitCode = 0;
  registerCommands(program, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv]);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    printError(error);
    return exitCodeOf(error);
  }
}

process.exitCode = await run(process.argv);
