import { loadModule, parseSync, scanSync, SqlError, type ScanToken } from 'libpg-query';

// PostgreSQL's own parser as WebAssembly; it is loaded once, with this module, so that a check needs no waiting.
await loadModule();

/** A part of the parser's tree, as PostgreSQL names its nodes. */
export type SqlNode = { readonly [key: string]: unknown };

/** One statement: its tree, and where it lies in the text, in bytes (`end` null = to the end of the text). */
export type SqlStatement = { tree: SqlNode; start: number; end: number | null };

/** What the parser says of a text that is no SQL; `position` counts characters from 0. */
export type SqlRefusal = { message: string; position: number };

/** A token; `start` and `end` count bytes. */
export type SqlToken = Pick<ScanToken, 'start' | 'end' | 'text' | 'tokenName'>;

const MESSAGE_CHARS = 200;

/** Splits a text into PostgreSQL's tokens, comments included, or says why it cannot be split. */
export function scanSql(sql: string): { tokens: readonly SqlToken[] } | { refusal: SqlRefusal } {
  try {
    return { tokens: scanSync(sql).tokens };
  } catch {
    // the scanner tells no position; the parser meets the same fault and does
    const parsed = parseSql(sql);
    return 'refusal' in parsed ? parsed : { refusal: { message: 'the SQL cannot be read', position: 0 } };
  }
}

/** Parses a text into its statements, or says why it is no SQL. Never throws. */
export function parseSql(sql: string): { statements: readonly SqlStatement[] } | { refusal: SqlRefusal } {
  try {
    const { stmts } = parseSync(sql) as unknown as { stmts?: readonly SqlNode[] };
    return { statements: (stmts ?? []).map(toStatement) };
  } catch (error) {
    return { refusal: toRefusal(error) };
  }
}

function toStatement(raw: SqlNode): SqlStatement {
  const start = typeof raw.stmt_location === 'number' ? raw.stmt_location : 0;
  const length = typeof raw.stmt_len === 'number' ? raw.stmt_len : null;
  return { tree: raw.stmt as SqlNode, start, end: length === null ? null : start + length };
}

function toRefusal(error: unknown): SqlRefusal {
  if (error instanceof RangeError) return { message: 'the SQL is nested too deeply', position: 0 };
  if (!(error instanceof SqlError)) return { message: 'the SQL cannot be read', position: 0 };
  const message =
    error.message.length > MESSAGE_CHARS ? `${error.message.slice(0, MESSAGE_CHARS)}…` : error.message;
  return { message, position: error.sqlDetails?.cursorPosition ?? 0 };
}
