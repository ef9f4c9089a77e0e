import type { Answer, ScheduleWhat } from '../answers/index.ts';
import type { Place } from '../delivery/index.ts';

/** What is posted to a chat: a scope, a watchlist's id or a metric's id as the argument, empty for the whole cockpit. */
export type Wanted = {
  what: ScheduleWhat;
  argument: string;
  /** who asked for it: their lists and stars count */
  by: string;
};

/** A schedule as it is stored. */
export type Schedule = Wanted & {
  number: number;
  place: string;
  cron: string;
  timezone: string;
  nextAt: Date;
  pausedAt: Date | null;
};

/** Makes for a place what a command would answer there. Null: nobody of the workspace reads that chat any more. */
export interface StandingAnswers {
  answer(place: Place, wanted: Wanted): Promise<{ answer: Answer; isBroken: boolean } | null>;
  /** a hash that changes when what the cockpit shows does, ages aside */
  mark(place: Place, wanted: Wanted): Promise<string | null>;
}
