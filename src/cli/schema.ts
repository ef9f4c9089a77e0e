import { Argument, type Command } from 'commander';
import { jsonSchemaOf, type FileKind } from '../registry/index.ts';

const KINDS: readonly FileKind[] = ['metric', 'cut', 'owners', 'workspace'];

/** `heartbeat schema metric`: the JSON Schema that makes an editor complete and explain a file. */
export function registerSchema(program: Command): void {
  program
    .command('schema')
    .description('print the JSON Schema of a kind of workspace file')
    .addArgument(new Argument('<kind>', 'which file').choices([...KINDS]))
    .option('--json', 'print it as JSON, as it is without this')
    .action((kind: FileKind) => {
      console.log(JSON.stringify(jsonSchemaOf(kind), null, 2));
    });
}
