import { readCount } from './press-fields.ts';

type Each<Kind extends string, Fields> = Kind extends string ? { kind: Kind } & Fields : never;

/** What an admin decides about somebody who asked for access. */
export type AccessDecision = 'viewer' | 'operator' | 'denied';

/** What a press about people or schedules asks for. `request` and `schedule` are their numbers. */
export type PeoplePress =
  /** the one press that somebody unknown may make */
  | Each<'access_ask', unknown>
  | Each<'access_decide', { request: number; decision: AccessDecision }>
  | Each<'schedule_pause' | 'schedule_resume' | 'schedule_remove', { schedule: number }>;

/** The second field of these presses. */
export const PEOPLE_CODES = {
  access_ask: 'xa',
  access_decide: 'xd',
  schedule_pause: 'hp',
  schedule_resume: 'hr',
  schedule_remove: 'hx',
} as const satisfies Record<PeoplePress['kind'], string>;

const DECISIONS = { viewer: 'v', operator: 'o', denied: 'n' } as const;

/** Tells presses about people and schedules from the others. */
export function isPeoplePress(press: { kind: string }): press is PeoplePress {
  return press.kind in PEOPLE_CODES;
}

/** Gives the fields after the code. */
export function peopleFields(press: PeoplePress): (string | number)[] {
  switch (press.kind) {
    case 'access_ask':
      return [];
    case 'access_decide':
      return [press.request, DECISIONS[press.decision]];
    default:
      return [press.schedule];
  }
}

type Parser = (fields: readonly string[]) => PeoplePress | undefined;

/** Readers of the fields after the code; undefined for what is none of ours. */
export const PEOPLE_PARSERS: Record<PeoplePress['kind'], Parser> = {
  access_ask: () => ({ kind: 'access_ask' }),
  access_decide: ([number, letter]) => {
    const request = readCount(number);
    const decision = (['viewer', 'operator', 'denied'] as const).find((known) => DECISIONS[known] === letter);
    return request === undefined || !decision ? undefined : { kind: 'access_decide', request, decision };
  },
  schedule_pause: schedulePress('schedule_pause'),
  schedule_resume: schedulePress('schedule_resume'),
  schedule_remove: schedulePress('schedule_remove'),
};

function schedulePress(kind: 'schedule_pause' | 'schedule_resume' | 'schedule_remove'): Parser {
  return ([number]) => {
    const schedule = readCount(number);
    return schedule === undefined ? undefined : { kind, schedule };
  };
}
