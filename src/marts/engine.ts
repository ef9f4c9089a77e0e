/** One read-only statement for an engine: its parameters, its time, and the zone that dates are read in. */
export type EngineQuery = { text: string; values: readonly string[]; timeoutMs: number; timezone: string };

/** What PostgreSQL, or the way to it, said of a statement that failed. Raw: it may quote data, so it never leaves the room. */
export type EngineFailure = {
  kind: 'failed';
  fault: 'connection' | 'timeout' | 'sql';
  /** SQLSTATE of PostgreSQL, or a code of the network such as ECONNREFUSED */
  code: string | null;
  message: string;
  hint: string | null;
  /** character of the text, from 1 */
  position: number | null;
};

/** Rows as PostgreSQL writes them; null stays null. */
export type EngineRows = {
  kind: 'rows';
  columns: readonly string[];
  rows: readonly (readonly (string | null)[])[];
};

export type EngineAnswer = EngineRows | EngineFailure;

/** An answer and how long its statement ran, without waiting for its turn. */
export type TimedAnswer = EngineAnswer & { ranMs: number };

/** Runs one statement at a time on each of its connections. Never throws. */
export type Engine = {
  run(query: EngineQuery): Promise<TimedAnswer>;
  close(): Promise<void>;
};

/** What this room says while it runs; a pino logger fits. */
export type MartsLog = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
};

export const silentLog: MartsLog = { info: () => undefined, warn: () => undefined };
