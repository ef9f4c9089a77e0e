import {
  answerAskItems,
  answerChooseRemoval,
  answerListChanged,
  answerUnknownItems,
  removalButtons,
  splitItems,
  type Answer,
  type Button,
} from '../answers/index.ts';
import type { Metric } from '../registry/index.ts';
import {
  addToWatchlist,
  mayEdit,
  removeFromWatchlist,
  resolveItems,
  type ResolvedItems,
  type Watchlist,
} from '../watchlists/index.ts';
import type { CommandContext } from './types.ts';
import { getPressedList } from './watchlist-views.ts';

type Context = Omit<CommandContext, 'commands'>;

/** Finds the metrics that items name. */
export function resolve({ deps }: Pick<Context, 'deps'>, items: readonly string[]): ResolvedItems {
  return resolveItems(items, [...deps.registry.current().metrics.values()]);
}

/** The metrics of these ids that exist. */
export function metricsOf({ deps }: Pick<Context, 'deps'>, ids: readonly string[]): Metric[] {
  const { metrics } = deps.registry.current();
  return ids.flatMap((id) => metrics.get(id) ?? []);
}

/** A list as answers name it, with how many of its metrics exist. */
export function named(context: Pick<Context, 'deps'>, list: Watchlist) {
  return { ...list, metrics: metricsOf(context, list.metricIds).length };
}

/** Puts the question which metrics a list shall have, where words can be waited for; else says how to add them. */
export async function askItems(context: CommandContext, list: Watchlist, isNew: boolean): Promise<Answer> {
  const { words, openQuestion } = context;
  if (openQuestion === undefined) {
    if (isNew)
      return answerListChanged({ list: named(context, list), change: 'created', metrics: [] }, words);
    return { lines: [[words.t('watchlists-how')]] };
  }
  await openQuestion({ kind: 'watchlist_items', list: list.id });
  return answerAskItems({ name: list.name, isNew }, words);
}

/** Adds what items name to a list, or says which of them name nothing: then nothing is added. */
export async function addItems(
  context: CommandContext,
  list: Watchlist,
  items: readonly string[],
): Promise<Answer> {
  if (items.length === 0) {
    await addToWatchlist(context.deps, context.caller, { id: list.id, metricIds: [] });
    return askItems(context, list, false);
  }
  const { metricIds, unknown } = resolve(context, items);
  if (unknown.length > 0)
    return answerUnknownItems({ unknown, effect: 'nothing', isAsked: false }, context.words);
  return added(context, { list, metricIds });
}

async function added(
  context: Context,
  { list, metricIds }: { list: Pick<Watchlist, 'id'>; metricIds: readonly string[] },
): Promise<Answer> {
  const changed = await addToWatchlist(context.deps, context.caller, { id: list.id, metricIds });
  const metrics = metricsOf(context, changed.metricIds);
  return answerListChanged({ list: named(context, changed.list), change: 'added', metrics }, context.words);
}

/** Takes words given to the question: what they name is added; the question stays open for the rest. */
export async function addAsked(
  context: Context,
  id: string,
  text: string,
): Promise<{ answer: Answer; isOver: boolean }> {
  const { metricIds, unknown } = resolve(context, splitItems(text));
  if (unknown.length === 0 && metricIds.length > 0)
    return { answer: await added(context, { list: { id }, metricIds }), isOver: true };
  if (metricIds.length > 0) await addToWatchlist(context.deps, context.caller, { id, metricIds });
  const effect = metricIds.length > 0 ? 'some_added' : 'nothing';
  return { answer: answerUnknownItems({ unknown, effect, isAsked: true }, context.words), isOver: false };
}

/** Takes what items name off a list; without items, offers its metrics as buttons. */
export async function removeItems(
  context: CommandContext,
  list: Watchlist,
  items: readonly string[],
): Promise<Answer> {
  const { deps, caller, words } = context;
  const present = metricsOf(context, list.metricIds);
  // what may not be changed is refused before anything is offered
  if (items.length === 0 || !mayEdit(caller, list)) {
    await removeFromWatchlist(deps, caller, { id: list.id, metricIds: [] });
    return answerChooseRemoval({ list, metrics: present }, words);
  }
  const { metricIds, unknown } = resolveItems(items, present);
  if (unknown.length > 0) return answerUnknownItems({ unknown, effect: 'nothing', isAsked: false }, words);
  const changed = await removeFromWatchlist(deps, caller, { id: list.id, metricIds });
  const metrics = metricsOf(context, changed.metricIds);
  return answerListChanged({ list: named(context, changed.list), change: 'removed', metrics }, words);
}

/** Takes one metric off a list by its button; the others stay as buttons. */
export async function removePressed(
  context: CommandContext,
  press: { list: string; metric: string },
): Promise<{ toast: string; buttons: readonly (readonly Button[])[] }> {
  const { deps, caller, words } = context;
  const list = await getPressedList(context, press.list);
  const change = { id: list.id, metricIds: [press.metric] };
  const { list: left, metricIds } = await removeFromWatchlist(deps, caller, change);
  const toast = words.t('toast-removed', { isNew: metricIds.length > 0 ? 'yes' : 'no' });
  return { toast, buttons: removalButtons({ list, metrics: metricsOf(context, left.metricIds) }) };
}
