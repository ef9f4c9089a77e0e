import { LRUCache } from 'lru-cache';
import { RefusedError } from '../errors.ts';
import { MINUTE } from '../lib/time.ts';
import type { Caller } from '../people/index.ts';

/** Far above what a person types, far below what a script does. */
const COMMANDS_A_MINUTE = 60;
/** What a platform makes us show while somebody looks around: their own commands are not spent on it. */
const SHOWN_A_MINUTE = 600;
const PEOPLE_REMEMBERED = 10_000;

const turns = new LRUCache<string, { sinceMs: number; count: number }>({ max: PEOPLE_REMEMBERED });

type Turn = Pick<Caller, 'actor' | 'workspaceId'>;

/** Counts a command of a caller; throws RefusedError `too_many_commands` beyond 60 a minute. */
export function takeTurn({ workspaceId, actor }: Turn, now: Date): void {
  count(`${workspaceId} ${actor}`, now, COMMANDS_A_MINUTE);
}

/** Counts what is shown to a caller who asked for nothing, apart; throws RefusedError `too_many_commands` beyond 600 a minute. */
export function takeShowing({ workspaceId, actor }: Turn, now: Date): void {
  count(`${workspaceId} shown ${actor}`, now, SHOWN_A_MINUTE);
}

function count(key: string, now: Date, most: number): void {
  const known = turns.get(key);
  const fresh = !known || Math.abs(now.getTime() - known.sinceMs) > MINUTE;
  const turn = fresh ? { sinceMs: now.getTime(), count: 1 } : { ...known, count: known.count + 1 };
  turns.set(key, turn);
  if (turn.count > most) {
    throw new RefusedError(
      'too_many_commands',
      `That is more than ${most} commands in a minute. Wait a minute, then go on.`,
      {
        details: { most },
      },
    );
  }
}
