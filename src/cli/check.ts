import type { Command } from 'commander';
import { demoWorkspaceDir } from '../../packs/demo/index.ts';
import { checkWorkspace, formatReport } from '../registry/index.ts';
import { EXIT } from './exit.ts';
import { workspaceChecks } from '../workspace-checks.ts';

/** `heartbeat check [dir]`: every problem of a workspace's files, with file, line, reason and hint. Exit 2 when there is an error. */
export function registerCheck(program: Command, exit: (code: number) => void): void {
  program
    .command('check')
    .description("check a workspace's files: file, line, reason, what to do")
    .argument('[dir]', 'the folder; HEARTBEAT_WORKSPACE or the demo workspace unless given')
    .option('--json', 'print JSON')
    .action(async (dir: string | undefined, options: { json?: boolean }) => {
      const folder = dir ?? process.env['HEARTBEAT_WORKSPACE'] ?? demoWorkspaceDir;
      const report = await checkWorkspace(folder, workspaceChecks);
      console.log(options.json ? JSON.stringify(report, null, 2) : formatReport(report));
      if (!report.ok) exit(EXIT.input);
    });
}
