import { LRUCache } from 'lru-cache';
import { RefusedError } from '../errors.ts';
import { MINUTE } from '../lib/time.ts';
import type { Caller } from '../people/index.ts';

/** Far above what a person types, far below what a script does. */
const COMMANDS_A_MINUTE = 60;
const PEOPLE_REMEMBERED = 10_000;

const turns = new LRUCache<string, { sinceMs: number; count: number }>({ max: PEOPLE_REMEMBERED });

/** Counts a command of a caller; throws RefusedError `too_many_commands` beyond 60 a minute. */
export function takeTurn(caller: Pick<Caller, 'actor' | 'workspaceId'>, now: Date): void {
  const key = `${caller.workspaceId} ${caller.actor}`;
  const known = turns.get(key);
  const fresh = !known || Math.abs(now.getTime() - known.sinceMs) > MINUTE;
  const turn = fresh ? { sinceMs: now.getTime(), count: 1 } : { ...known, count: known.count + 1 };
  turns.set(key, turn);
  if (turn.count > COMMANDS_A_MINUTE) {
    throw new RefusedError(
      'too_many_commands',
      `That is more than ${COMMANDS_A_MINUTE} commands in a minute. Wait a minute, then go on.`,
      {
        details: { most: COMMANDS_A_MINUTE },
      },
    );
  }
}
