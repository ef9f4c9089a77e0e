/** Something wrong with SQL: `line` counts from 1 within the SQL and is left out when it is not known. An error unless it says so. */
export type SqlFinding = {
  reason: string;
  hint: string | null;
  line?: number | null;
  severity?: 'error' | 'warning';
};

/** What other rooms know about cron and SQL; given to the loader, so that this room depends on neither. */
export type WorkspaceChecks = {
  /** says what is wrong with a cron expression in a time zone, or null */
  checkCron(cron: string, zone: string): string | null;
  /** the longest time between two runs, in milliseconds; is asked only about cron that passed */
  cronGapMs(cron: string, zone: string): number;
  /** finds what is wrong with a metric's SQL and the tables its file lists, or, with null for them, with a cut's SQL */
  checkSql(
    sql: string,
    sources: readonly string[] | null,
  ): readonly SqlFinding[] | Promise<readonly SqlFinding[]>;
  /** the folder of the metrics that `self_watch` adds; without it there are none */
  selfPackDir?: string;
};
