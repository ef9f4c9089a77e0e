import { z } from 'zod';
import {
  answerScheduleChanged,
  answerScheduled,
  answerSchedules,
  parseSchedule,
  parseScope,
  type Answer,
  type ScheduleChange,
  type ScheduleFact,
  type ScheduleText,
} from '../answers/index.ts';
import { InputError, NotFoundError, RefusedError } from '../errors.ts';
import { nameOfPeople } from '../messages/index.ts';
import { requireMay } from '../people/index.ts';
import { changeSchedule, createSchedule, listSchedules, type Schedule } from '../schedules/index.ts';
import { findWatchlist, listWatchlists } from '../watchlists/index.ts';
import { chooseMetric, type Chosen } from './choose.ts';
import { chooseScope } from './scopes.ts';
import { defineCommand, type CommandContext } from './types.ts';
import { splitRange } from './views.ts';
import { chooseList, viewerOf } from './watchlist-views.ts';

type Told = Extract<ScheduleText, { kind: 'schedule' }>;

const UNREADABLE = {
  no_what: 'schedule_what',
  no_when: 'schedule_when',
  no_number: 'schedule_number',
} as const;

export const schedule = defineCommand({
  name: 'schedule',
  role: 'viewer',
  acts: { role: 'operator', orOwner: false },
  args: z.object({ text: z.string().optional() }),
  positional: ['text'],
  reads: ({ text = '' }) => parseSchedule(text).kind === 'list',
  async run(context, { text = '' }) {
    const told = parseSchedule(text);
    if (told.kind === 'list') return showSchedules(context);
    if (told.kind === 'schedule') return plan(context, told);
    if (told.kind === 'change') return changeTold(context, told);
    throw new InputError(
      UNREADABLE[told.kind],
      'Say what and when, such as /schedule cockpit every weekday 08:30, or /schedule pause 1.',
    );
  },
});

/** Throws RefusedError `schedule_nowhere` on doors that have no chat. */
function getPlace({ place }: CommandContext): NonNullable<CommandContext['place']> {
  if (place) return place;
  throw new RefusedError('schedule_nowhere', 'Only a chat has schedules.');
}

/** The schedules of this chat. */
export async function showSchedules(context: CommandContext): Promise<Answer> {
  const { deps, words } = context;
  const schedules = await factsOf(context, await listSchedules(deps, getPlace(context)));
  return answerSchedules({ schedules, now: deps.clock.now() }, words);
}

function factsOf(context: CommandContext, schedules: readonly Schedule[]): Promise<ScheduleFact[]> {
  return Promise.all(schedules.map((one) => toFact(context, one)));
}

/** What a button does, in words: of this chat's schedules alone. Throws NotFoundError `schedule_not_here`. */
async function changeTold(
  context: CommandContext,
  { number, change }: Extract<ScheduleText, { kind: 'change' }>,
): Promise<Answer> {
  const { deps, caller, words } = context;
  const place = getPlace(context);
  requireMay(caller, 'schedule');
  const here = await listSchedules(deps, place);
  if (!here.some((one) => one.number === number))
    throw new NotFoundError('schedule_not_here', `Number ${number} is not planned in this chat.`, {
      details: { number: String(number) },
    });
  const schedules = await factsOf(context, await changePressed(context, { number, change }));
  return answerScheduleChanged({ number, change, schedules, now: deps.clock.now() }, words);
}

async function plan(context: CommandContext, told: Told): Promise<Answer> {
  const { deps, caller, words } = context;
  const place = getPlace(context);
  requireMay(caller, 'schedule');
  const chosen = await chooseArgument(context, told);
  if (chosen.kind === 'ask') return chosen.answer;
  const timezone = isOwn(context) ? caller.timezone : deps.registry.current().workspace.timezone;
  const { what, cron } = told;
  const made = await createSchedule(deps, caller, {
    place,
    what,
    argument: chosen.value,
    cron,
    timezone,
    by: caller.actor,
  });
  return answerScheduled(await toFact(context, made), deps.clock.now(), words);
}

/** A private chat is in its person's zone, any other in the workspace's. */
function isOwn({ caller: { person }, place }: CommandContext): boolean {
  if (place?.channel === 'telegram') return place.chat === String(person?.telegramId);
  return place?.channel === 'slack' && place.conversation === person?.slackId;
}

/** What is stored of the words: a metric's or list's id, a scope as it was said. */
async function chooseArgument(context: CommandContext, { what, argument }: Told): Promise<Chosen<string>> {
  switch (what) {
    case 'cockpit': {
      const scope = parseScope(argument);
      const chosen = scope && (await chooseScope(context, scope, 'cockpit'));
      return chosen?.kind === 'ask' ? chosen : { kind: 'one', value: argument };
    }
    case 'metric': {
      const { query, range } = splitRange(argument);
      const chosen = chooseMetric(context, query);
      if (chosen.kind === 'ask') return chosen;
      return { kind: 'one', value: [chosen.value.id, range].filter(Boolean).join(' ') };
    }
    case 'watchlist': {
      const chosen = chooseList(context, argument, await listWatchlists(context.deps, viewerOf(context)));
      return chosen.kind === 'ask' ? chosen : { kind: 'one', value: chosen.value.id };
    }
  }
}

async function toFact(context: CommandContext, one: Schedule): Promise<ScheduleFact> {
  const { number, what, cron, timezone, nextAt, pausedAt, by } = one;
  const name = await nameOf(context, one);
  const isPaused = pausedAt !== null;
  return { number, what, name, cron, timezone, nextAt, isPaused, by: nameOfPeople(context.deps)(by) };
}

async function nameOf(context: CommandContext, { what, argument, by }: Schedule): Promise<string | null> {
  const { deps } = context;
  if (argument === '') return null;
  if (what === 'cockpit') return argument;
  if (what === 'watchlist') return (await findWatchlist(deps, { email: by }, argument))?.name ?? argument;
  const [id = '', range] = argument.split(' ');
  const name = deps.registry.current().metrics.get(id)?.name ?? id;
  return range === undefined ? name : `${name} ${range}`;
}

/** Does what a button of a schedule, or words, say; gives the schedules that the chat has then. */
export async function changePressed(
  context: CommandContext,
  pressed: { number: number; change: ScheduleChange },
): Promise<readonly Schedule[]> {
  const { deps, caller } = context;
  await changeSchedule(deps, caller, pressed);
  return context.place ? listSchedules(deps, context.place) : [];
}
