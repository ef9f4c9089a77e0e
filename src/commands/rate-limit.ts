import { LRUCache } from 'lru-cache';
import { RefusedError } from '../errors.ts';
import type { Clock } from '../lib/clock.ts';
import { MINUTE } from '../lib/time.ts';
import type { Caller } from '../people/index.ts';

/** Far above what a person types, far below what a script does. */
const COMMANDS_A_MINUTE = 60;
/** What a platform makes us show while somebody looks around: their own commands are not spent on it. */
const SHOWN_A_MINUTE = 600;
const PEOPLE_REMEMBERED = 10_000;

type Asker = Pick<Caller, 'actor' | 'workspaceId'>;

/** Counts what each person asks of this process. All throw RefusedError `too_many_commands` for one too many. */
export interface Turns {
  /** Counts a command, a press or words: 60 a minute. */
  take(asker: Asker): void;
  /** Counts words typed behind the bot's name, apart: 60 a minute. */
  takeInline(asker: Asker): void;
  /** Counts what is shown to who asked for nothing, apart: 600 a minute. */
  takeShowing(asker: Asker): void;
}

/** Makes the count, of no turns yet. */
export function createTurns(clock: Clock): Turns {
  const turns = new LRUCache<string, { sinceMs: number; count: number }>({ max: PEOPLE_REMEMBERED });

  function count(key: string, most: number): void {
    const nowMs = clock.now().getTime();
    const known = turns.get(key);
    const fresh = !known || Math.abs(nowMs - known.sinceMs) > MINUTE;
    const turn = fresh ? { sinceMs: nowMs, count: 1 } : { ...known, count: known.count + 1 };
    turns.set(key, turn);
    if (turn.count > most)
      throw new RefusedError(
        'too_many_commands',
        `That is more than ${most} commands in a minute. Wait a minute, then go on.`,
        { details: { most } },
      );
  }

  return {
    take: ({ workspaceId, actor }) => count(`${workspaceId} ${actor}`, COMMANDS_A_MINUTE),
    takeInline: ({ workspaceId, actor }) => count(`${workspaceId} inline ${actor}`, COMMANDS_A_MINUTE),
    takeShowing: ({ workspaceId, actor }) => count(`${workspaceId} shown ${actor}`, SHOWN_A_MINUTE),
  };
}
