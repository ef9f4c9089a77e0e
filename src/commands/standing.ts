import { createHash, randomUUID } from 'node:crypto';
import { answerError, cockpitMark, parseScope, type Answer } from '../answers/index.ts';
import { placeKey, type Place } from '../delivery/index.ts';
import { HeartbeatError, NotFoundError } from '../errors.ts';
import { wordsOf } from '../messages/index.ts';
import { listPersonPlaces } from '../alerts/index.ts';
import type { Caller } from '../people/index.ts';
import { loadStatuses } from '../pulse/index.ts';
import type { Person } from '../registry/index.ts';
import type { StandingAnswers, Wanted } from '../schedules/index.ts';
import { findWatchlist, unknownList } from '../watchlists/index.ts';
import { showCockpit } from './cockpits.ts';
import { findRoom } from './room.ts';
import { chooseScope, roomView, wholeView } from './scopes.ts';
import { commands } from './table.ts';
import type { CommandContext, CommandDeps } from './types.ts';
import { showCard, splitRange } from './views.ts';
import { showWatchlist, viewerOf } from './watchlist-views.ts';

/**
 * Makes for places what their commands would answer: what is posted by the clock is what people ask for themselves. `depsOf` is
 * asked when something is due, since these answers are part of it.
 */
export function createStandingAnswers(depsOf: () => CommandDeps): StandingAnswers {
  return {
    async answer(place, wanted) {
      const context = contextAt(depsOf(), place, wanted.by);
      return context && answerSafely(context, wanted);
    },
    async mark(place, { argument, by }) {
      const deps = depsOf();
      const context = contextAt(deps, place, by);
      if (!context) return null;
      const scope = parseScope(argument);
      const chosen = scope && (await chooseScope(context, scope, 'cockpit'));
      const view = chosen?.kind === 'one' ? chosen.value : (roomView(context) ?? wholeView(context));
      const mark = cockpitMark(await loadStatuses(deps, view.metricIds));
      return createHash('sha256').update(mark).digest('hex');
    },
  };
}

/** Who reads a place stands for the caller: in private its person, in a room whoever asked for it. Null: nobody reads it. */
function contextAt(deps: CommandDeps, place: Place, by: string): CommandContext | null {
  const { people, workspace } = deps.registry.current();
  const reader = isPrivate(place) ? people.find((one) => isPlaceOf(one, place)) : null;
  if (reader === undefined) return null;
  const person = reader ?? people.find(({ email }) => email === by) ?? null;
  const words = wordsOf(deps, place);
  const caller: Caller = {
    workspaceId: deps.workspaceId,
    person,
    actor: 'heartbeat',
    role: person?.role ?? 'viewer',
    channel: place.channel === 'slack' ? 'slack' : 'telegram',
    locale: words.locale,
    timezone: words.timezone,
    roomTeams: findRoom(workspace.rooms, place)?.teams ?? [],
    requestId: randomUUID(),
  };
  return { deps, caller, words, place, commands };
}

/** Groups of Telegram have negative numbers; a Slack member's id begins with U or W. */
function isPrivate(place: Place): boolean {
  if (place.channel === 'telegram') return !place.chat.startsWith('-');
  return place.channel === 'slack' && /^[UW]/.test(place.conversation);
}

function isPlaceOf(person: Person, place: Place): boolean {
  return listPersonPlaces(person).some((one) => placeKey(one) === placeKey(place));
}

/** What a retired metric or a deleted list leaves to say is said; trouble that passes is thrown, so that it is tried again. */
async function answerSafely(
  context: CommandContext,
  wanted: Wanted,
): Promise<{ answer: Answer; isBroken: boolean }> {
  try {
    return { answer: await answerWanted(context, wanted), isBroken: false };
  } catch (error) {
    if (!(error instanceof HeartbeatError) || !(error instanceof NotFoundError)) throw error;
    return { answer: answerError(error, context.words), isBroken: true };
  }
}

async function answerWanted(context: CommandContext, { what, argument }: Wanted): Promise<Answer> {
  const { deps } = context;
  switch (what) {
    case 'cockpit':
      return showCockpit(context, parseScope(argument));
    case 'watchlist': {
      const list = await findWatchlist(deps, viewerOf(context), argument);
      if (!list) throw unknownList();
      return showWatchlist(context, list);
    }
    case 'metric': {
      const { query = '', range } = splitRange(argument);
      const metric = deps.registry.current().metrics.get(query);
      if (!metric)
        throw new NotFoundError('metric_unknown', `The metric ${query} is retired.`, {
          details: { metric: query },
        });
      return showCard(context, metric, range);
    }
  }
}
