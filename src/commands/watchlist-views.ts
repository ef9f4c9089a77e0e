import { answerWatchlists, answerWhichList, watchlistButtons, type Answer } from '../answers/index.ts';
import { loadStatuses } from '../pulse/index.ts';
import {
  findList,
  findShared,
  findWatchlist,
  isNear,
  listStarred,
  listWatchlists,
  mayEdit,
  sortByNearness,
  unknownList,
  type Viewer,
  type Watchlist,
} from '../watchlists/index.ts';
import type { Chosen } from './choose.ts';
import { drawMetrics } from './cockpits.ts';
import type { CommandContext } from './types.ts';

/** Whose lists are meant first. */
export function viewerOf({ caller }: Pick<CommandContext, 'caller'>): Viewer {
  const { person, roomTeams } = caller;
  return { email: person?.email ?? null, teams: person?.teams ?? [], roomTeams };
}

/** The caller's lists and their teams', each with how it stands. */
export async function showWatchlists(context: CommandContext): Promise<Answer> {
  const { deps, caller, words } = context;
  const viewer = viewerOf(context);
  const near = sortByNearness(await listWatchlists(deps, viewer), viewer).filter((list) =>
    isNear(list, viewer),
  );
  const [statuses, starred] = await Promise.all([
    loadStatuses(deps, [...new Set(near.flatMap(({ metricIds }) => metricIds))]),
    caller.person === null ? [] : listStarred(deps, caller.person.email),
  ]);
  const { metrics } = deps.registry.current();
  const facts = {
    lists: near.map((list) => ({
      list,
      statuses: statuses.filter(({ metric }) => list.metricIds.includes(metric.id)),
    })),
    starred: starred.filter((id) => metrics.has(id)).length,
  };
  return answerWatchlists(facts, words);
}

/** A list's metrics as a cockpit, in the list's order. `sharedBy`: the link's secret that opened it. */
export function showWatchlist(
  context: CommandContext,
  list: Watchlist,
  sharedBy: string | null = null,
): Promise<Answer> {
  return drawMetrics(context, {
    title: list.name,
    metricIds: list.metricIds,
    isOrdered: true,
    note: list.description,
    more: watchlistButtons({ list, mayEdit: mayEdit(context.caller, list), sharedBy }, context.words),
  });
}

/** The list of a link. Throws NotFoundError `watchlist_unknown` when it opens nothing. */
export async function showShared(context: CommandContext, token: string): Promise<Answer> {
  return showWatchlist(context, await getShared(context, token), token);
}

/** Throws NotFoundError `watchlist_unknown` when the link opens nothing any more. */
export async function getShared({ deps }: CommandContext, token: string): Promise<Watchlist> {
  const list = await findShared(deps, token);
  if (!list) throw unknownList();
  return list;
}

/** The list of a button. Throws NotFoundError `watchlist_unknown` when it is gone or not the caller's to see. */
export async function getPressedList(context: CommandContext, id: string): Promise<Watchlist> {
  const list = await findWatchlist(context.deps, viewerOf(context), id);
  if (!list) throw unknownList();
  return list;
}

/** Finds the list that words name, or asks which one is meant. */
export function chooseList(
  context: CommandContext,
  query: string,
  lists: readonly Watchlist[],
): Chosen<Watchlist> {
  const viewer = viewerOf(context);
  if (query === '') {
    const near = sortByNearness(lists, viewer).filter((list) => isNear(list, viewer));
    return {
      kind: 'ask',
      answer: answerWhichList({ query, kind: 'several', nearest: near }, context.words),
    };
  }
  const found = findList(query, lists, viewer);
  if (found.kind === 'one') return found;
  const { kind, nearest } = found;
  return { kind: 'ask', answer: answerWhichList({ query, kind, nearest }, context.words) };
}
