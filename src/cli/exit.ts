import {
  ConflictError,
  HeartbeatError,
  InputError,
  LockedError,
  NotFoundError,
  RefusedError,
} from '../errors.ts';

/** Exit codes of every command: 0 ok, 1 failed, 2 input unreadable or invalid, 3 a gate said no, 4 locked by another run. */
export const EXIT = { ok: 0, failed: 1, input: 2, refused: 3, locked: 4 } as const;

/** The exit code of an error. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof InputError || error instanceof NotFoundError) return EXIT.input;
  if (error instanceof RefusedError || error instanceof ConflictError) return EXIT.refused;
  return error instanceof LockedError ? EXIT.locked : EXIT.failed;
}

/** Says on stderr what happened: the sentence of a known error, the stack of a defect. */
export function printError(error: unknown): void {
  if (error instanceof HeartbeatError) console.error(error.message);
  else console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
}
