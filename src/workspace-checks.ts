import { checkSources, checkSql } from './marts/index.ts';
import { checkCron, cronGapMs } from './pulse/index.ts';
import type { WorkspaceChecks } from './registry/index.ts';

/** Columns a cut must give: what it is broken down by, and the value. */
const CUT_COLUMNS = ['value'];

/** What the pulse knows of cron and the marts of SQL, for whoever loads a workspace. */
export const workspaceChecks: WorkspaceChecks = {
  checkCron,
  cronGapMs,
  checkSql({ kind, sql, sources }) {
    const checked = kind === 'metric' ? checkSql(sql) : checkSql(sql, { columns: CUT_COLUMNS });
    if ('problems' in checked) return checked.problems;
    return sources === null ? [] : checkSources(checked.ok, sources);
  },
};
