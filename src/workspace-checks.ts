import { selfPackDir } from '../packs/self/index.ts';
import { checkSqlOf } from './marts/index.ts';
import { checkCron, cronGapMs } from './pulse/index.ts';
import type { WorkspaceChecks } from './registry/index.ts';

/** What the pulse knows of cron and the marts of SQL, for whoever loads a workspace. A cut lists no sources. */
export const workspaceChecks: WorkspaceChecks = {
  checkCron,
  cronGapMs,
  selfPackDir,
  checkSql: (sql, sources) => checkSqlOf({ kind: sources === null ? 'cut' : 'metric', sql, sources }),
};
