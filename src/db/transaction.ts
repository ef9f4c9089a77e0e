import { SECOND } from '../lib/time.ts';
import { isWriteConflict, toDatabaseError } from './errors.ts';
import type { Db, Tx } from './types.ts';

export type TransactionLimits = {
  /** how often a transaction that lost a race is tried again; 3 unless given */
  retries?: number;
  /** how long it may run */
  timeoutMs?: number;
};

/** How long a transaction waits for a connection. */
const MAX_WAIT_MS = 10 * SECOND;
const TIMEOUT_MS = 15 * SECOND;
const RETRIES = 3;
const FIRST_PAUSE_MS = 20;

/**
 * Runs `work` in one transaction and tries it again when it lost a race (deadlock, serialization). So `work` must touch
 * nothing but `tx`; waiting in it for another connection would also wait for ever on the embedded engine, which has one
 * session. Throws UnavailableError `database_unavailable` when the database did not answer.
 */
export async function inTransaction<T>(
  db: Pick<Db, 'prisma'>,
  work: (tx: Tx) => Promise<T>,
  { retries = RETRIES, timeoutMs = TIMEOUT_MS }: TransactionLimits = {},
): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await db.prisma.$transaction(work, { maxWait: MAX_WAIT_MS, timeout: timeoutMs });
    } catch (error) {
      if (attempt >= retries || !isWriteConflict(error)) throw toDatabaseError(error);
    }
    await pause(FIRST_PAUSE_MS * 2 ** attempt * (0.5 + Math.random()));
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
