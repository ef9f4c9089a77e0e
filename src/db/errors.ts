import { HeartbeatError, UnavailableError } from '../errors.ts';

/** SQLSTATE: the server is stopping or starting, connections are lost or used up, a disk is full. */
const UNAVAILABLE_STATE = /^(08...|57P0[1-5]|25P03|53...)$/;
/** Prisma: not reachable, timed out, closed, no connection or transaction within the time limit. */
const UNAVAILABLE_PRISMA = new Set([
  'P1000',
  'P1001',
  'P1002',
  'P1008',
  'P1011',
  'P1017',
  'P2024',
  'P2028',
  'P2037',
]);
const UNAVAILABLE_SOCKET = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ENOTFOUND',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'EAI_AGAIN',
]);
/** The pg driver's own errors have no code. */
const UNAVAILABLE_TEXT =
  /Connection terminated|connection timeout|timeout exceeded when trying to connect|Query read timeout|not queryable|Client was closed|pool after calling end/i;

/** SQLSTATE: wrong user, password or database, or no right to do it. */
const REFUSED_STATE = /^(28...|3D000|42501)$/;

/** Two transactions got in each other's way; the same one, tried again, works. */
const CONFLICT_STATE = /^(40001|40P01)$/;
const CONFLICT_PRISMA = 'P2034';

/** Tells whether an error means that the database did not answer as it should. */
export function isDatabaseUnavailable(error: unknown): boolean {
  return someCause(error, (each) => {
    const code = textOf(each, 'code');
    return (
      UNAVAILABLE_STATE.test(code) ||
      UNAVAILABLE_PRISMA.has(code) ||
      UNAVAILABLE_SOCKET.has(code) ||
      UNAVAILABLE_TEXT.test(textOf(each, 'message'))
    );
  });
}

/** Tells whether an error means that a transaction lost a race and may be tried again. */
export function isWriteConflict(error: unknown): boolean {
  return someCause(error, (each) => {
    const code = textOf(each, 'code');
    return (
      code === CONFLICT_PRISMA ||
      CONFLICT_STATE.test(code) ||
      textOf(each, 'kind') === 'TransactionWriteConflict'
    );
  });
}

/** Gives UnavailableError `database_unavailable` for a database that did not answer, else the error itself. */
export function toDatabaseError(error: unknown): unknown {
  if (error instanceof UnavailableError || !isDatabaseUnavailable(error)) return error;
  return unavailable(reasonOf(error), error);
}

/** What the opening of a database throws: as `toDatabaseError`, and `database_refused` for an address that is not accepted. */
export function toOpenError(error: unknown): unknown {
  if (!someCause(error, (each) => REFUSED_STATE.test(textOf(each, 'code')))) return toDatabaseError(error);
  const reason = reasonOf(error);
  return new HeartbeatError(
    'database_refused',
    `PostgreSQL refused Heartbeat (${reason}). Correct the user, password or database in DATABASE_URL, or the user's rights.`,
    { details: { reason }, cause: error },
  );
}

/** The error of a database that does not answer. */
export function unavailable(reason: string, cause?: unknown): UnavailableError {
  return new UnavailableError(
    'database_unavailable',
    `Heartbeat's database does not answer (${reason}). It is tried again by itself; if this lasts, check DATABASE_URL and the server.`,
    { details: { reason }, ...(cause === undefined ? {} : { cause }) },
  );
}

/** The sentence of an error, without Prisma's picture of the calling code. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  const message = error instanceof Error ? error.message : String(error);
  return message.trim().split('\n').at(-1) ?? message;
}

// Prisma hides the driver's error: under `cause`, or in `meta.driverAdapterError`.
function someCause(error: unknown, test: (each: object) => boolean): boolean {
  let each = error;
  for (let depth = 0; depth < 6 && typeof each === 'object' && each !== null; depth++) {
    if (test(each)) return true;
    if (each instanceof AggregateError && each.errors.some((inner) => someCause(inner, test))) return true;
    each = ('cause' in each && each.cause) || driverError(each);
  }
  return false;
}

function driverError(error: object): unknown {
  const meta = 'meta' in error ? error.meta : undefined;
  return typeof meta === 'object' && meta !== null && 'driverAdapterError' in meta
    ? meta.driverAdapterError
    : undefined;
}

function textOf(error: object, key: string): string {
  const value = Object.entries(error).find(([name]) => name === key)?.[1] ?? Reflect.get(error, key);
  return typeof value === 'string' ? value : '';
}
