/** A metric's or cut's SQL that passed the parser: one SELECT, its binds numbered. */
export type CheckedSql = {
  /** SQL with those of :from and :to that it uses numbered in this order (`$n::timestamptz`), without a trailing semicolon */
  text: string;
  /** SHA-256 hex of the text */
  hash: string;
  usesFrom: boolean;
  usesTo: boolean;
  /** schema-qualified tables it reads, lower case, such as `marts.orders`; without CTE names */
  tables: readonly string[];
  /** output column names of the outermost SELECT, or null when they cannot be told (`select *`) */
  columns: readonly string[] | null;
};

/** A row of a metric's answer. Rows whose value is null are left out. `asOf` is null when the SQL gives none. */
export type ValueRow = { asOf: Date | null; value: number };

export type QueryWindow = { from: Date; to: Date };

export type QueryOptions = { timeoutMs: number; timezone: string };

/** What a metric's query gave. `failed` carries a sentence with values masked, fit for people. */
export type QueryResult =
  | { kind: 'rows'; rows: readonly ValueRow[]; series: boolean; durationMs: number }
  | {
      kind: 'failed';
      /** `connection` is the source's failure, not the metric's */
      fault: 'connection' | 'timeout' | 'sql' | 'result';
      reason: string;
      durationMs: number;
    };

/** The warehouse: read-only SQL with bounded time, rows and bytes. Two kinds: PostgreSQL, and the embedded one. */
export interface Warehouse {
  readonly kind: 'server' | 'embedded';
  /** how many queries run at once */
  readonly concurrency: number;
  /** Computes a metric's rows; never throws. */
  query(sql: CheckedSql, window: QueryWindow, options: QueryOptions): Promise<QueryResult>;
  /** Answers with a reason when the warehouse cannot be reached. */
  ping(): Promise<{ ok: true } | { ok: false; reason: string }>;
  close(): Promise<void>;
}
