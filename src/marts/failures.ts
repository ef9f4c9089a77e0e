import type { EngineFailure } from './engine.ts';

/** Of these SQLSTATE classes and codes the source is at fault, not the SQL: connection, login, database, shutdown, too many. */
const CONNECTION_STATES = /^(08|28|3D|57P0[1235]|53300)/;
const CANCELED = '57014';
/** Classes whose messages speak of names in the SQL, never of data. */
const NAMING_CLASSES = /^(42|0A|25|57|53|58)/;
/** An error that a function of the warehouse raised: its text may hold anything. */
const RAISED = /^P0/;
const SQLSTATE = /^[0-9A-Z]{5}$/;

/** Says in the engine's terms what was thrown by a driver: PostgreSQL's own error, or the network's. */
export function toEngineFailure(error: unknown): EngineFailure {
  const { code, message, hint, position } = (error ?? {}) as Record<string, unknown>;
  const state = typeof code === 'string' && SQLSTATE.test(code) ? code : null;
  return {
    kind: 'failed',
    fault: state === null ? 'connection' : faultOf(state),
    code: typeof code === 'string' ? code : null,
    message: typeof message === 'string' ? message : String(error),
    hint: typeof hint === 'string' ? hint : null,
    position: Number(position) || null,
  };
}

function faultOf(state: string): EngineFailure['fault'] {
  if (state === CANCELED) return 'timeout';
  return CONNECTION_STATES.test(state) ? 'connection' : 'sql';
}

/** Where a metric's own SQL lies in the text that was run, to tell its lines. */
export type RunText = { text: string; prefix: string; timeoutMs: number };

/** Makes a sentence of a failure that people may read: without values of data, addresses or passwords. */
export function describeFailure(failure: EngineFailure, run: RunText): string {
  switch (failure.fault) {
    case 'timeout':
      return `the SQL took longer than ${run.timeoutMs / 1000} s and was stopped`;
    case 'connection':
      return `the warehouse does not answer: ${connectionReason(failure)}`;
    case 'sql': {
      const line = lineOfFailure(failure, run);
      const code = failure.code === null ? '' : ` (${failure.code})`;
      return `${line === null ? '' : `line ${line}: `}${maskMessage(failure)}${code}`;
    }
  }
}

/** Gives the line of a metric's own SQL that PostgreSQL points at, from 1; null where it points at none. */
export function lineOfFailure({ position }: EngineFailure, { text, prefix }: RunText): number | null {
  if (position === null || position <= prefix.length) return null;
  return (
    Array.from(text)
      .slice(prefix.length, position - 1)
      .filter((character) => character === '\n').length + 1
  );
}

/** Gives PostgreSQL's message without anything that could be data. */
export function maskMessage({
  code,
  message,
  hint,
}: Pick<EngineFailure, 'code' | 'message' | 'hint'>): string {
  const state = code ?? '';
  if (RAISED.test(state)) return 'a function of the warehouse raised an error';
  if (NAMING_CLASSES.test(state))
    return hint !== null && state.startsWith('42') ? `${message}. ${hint}` : message;
  return message.replaceAll(/"[^"]*"|'[^']*'|«[^»]*»|„[^“]*“|“[^”]*”/g, '"…"').replaceAll(/\d{3,}/g, '…');
}

/** What this room's engines say themselves; it quotes nothing. */
export const CLOSED = 'it is closed';
export const STOPPED = 'the embedded engine has stopped';
export const TOO_MANY = 'too many statements wait';
const OWN_REASONS: readonly string[] = [CLOSED, STOPPED, TOO_MANY];

const CONNECTION_REASONS: readonly (readonly [RegExp, string])[] = [
  [/^28/, 'it refused the login'],
  [/^3D/, 'it has no database of that name'],
  [/^53300/, 'it has no free connections'],
  [/^57P0/, 'it is shutting down or starting'],
];

function connectionReason({ code, message }: EngineFailure): string {
  if (code === null) return OWN_REASONS.find((reason) => reason === message) ?? maskConnection(message);
  const known = CONNECTION_REASONS.find(([pattern]) => pattern.test(code));
  return known ? `${known[1]} (${code})` : code;
}

// Texts of drivers may quote the address.
function maskConnection(message: string): string {
  return /timeout/i.test(message) ? 'it took too long to connect' : 'the connection was lost';
}
