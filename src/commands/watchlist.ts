import { z } from 'zod';
import {
  answerListChanged,
  answerListDeleted,
  answerListShared,
  answerUnknownItems,
  parseWatchlist,
  type Answer,
  type ListChange,
  type WatchlistText,
  type WatchlistVerb,
} from '../answers/index.ts';
import {
  createWatchlist,
  deleteWatchlist,
  describeWatchlist,
  listWatchlists,
  renameWatchlist,
  shareWatchlist,
  unshareWatchlist,
  type Watchlist,
} from '../watchlists/index.ts';
import { defineCommand, type CommandContext } from './types.ts';
import { addItems, askItems, metricsOf, named, removeItems, resolve } from './watchlist-items.ts';
import { chooseList, showShared, showWatchlist, showWatchlists, viewerOf } from './watchlist-views.ts';

type Told = Extract<WatchlistText, { kind: WatchlistVerb }>;

const READING: ReadonlySet<WatchlistText['kind']> = new Set(['lists', 'show', 'open']);

export const watchlist = defineCommand({
  name: 'watchlist',
  role: 'viewer',
  args: z.object({ text: z.string().optional() }),
  positional: ['text'],
  reads: (args, text) => READING.has(parseWatchlist(writtenText({ text }, args.text ?? ''), []).kind),
  async run(context, args) {
    const lists = await listWatchlists(context.deps, viewerOf(context));
    const names = lists.map(({ name }) => name);
    const told = parseWatchlist(writtenText(context, args.text ?? ''), names);
    return runWatchlist(context, told, lists);
  },
});

/** Arguments are words without their quotes; here quotes tell a name from a subcommand. */
function writtenText({ text }: Pick<CommandContext, 'text'>, args: string): string {
  return text?.replace(/^\s*\/watchlist(?:@\S+)?(?:_|\s+|$)/iu, '') ?? args;
}

async function runWatchlist(
  context: CommandContext,
  told: WatchlistText,
  lists: readonly Watchlist[],
): Promise<Answer> {
  switch (told.kind) {
    case 'lists':
      return showWatchlists(context);
    case 'open':
      return showShared(context, told.token);
    case 'create':
      return create(context, told);
    case 'show': {
      const chosen = chooseList(context, told.list, lists);
      return chosen.kind === 'ask' ? chosen.answer : showWatchlist(context, chosen.value);
    }
    default: {
      const chosen = chooseList(context, told.list, lists);
      return chosen.kind === 'ask' ? chosen.answer : change(context, chosen.value, told);
    }
  }
}

/** All or nothing: a list with half of its metrics would not be noticed. */
async function create(
  context: CommandContext,
  { name, team, items }: Extract<WatchlistText, { kind: 'create' }>,
): Promise<Answer> {
  const { metricIds, unknown } = resolve(context, items);
  if (unknown.length > 0)
    return answerUnknownItems({ unknown, effect: 'not_created', isAsked: false }, context.words);
  const list = await createWatchlist(context.deps, context.caller, { name, team, metricIds });
  if (metricIds.length === 0) return askItems(context, list, true);
  return changed(context, { list, change: 'created', metricIds });
}

async function change(context: CommandContext, list: Watchlist, told: Told): Promise<Answer> {
  const { deps, caller, words } = context;
  const { id } = list;
  switch (told.kind) {
    case 'add':
      return addItems(context, list, told.items);
    case 'remove':
      return removeItems(context, list, told.items);
    case 'rename': {
      const renamed = await renameWatchlist(deps, caller, { id, name: told.text });
      return changed(context, { list: renamed, change: 'renamed' });
    }
    case 'describe': {
      const described = await describeWatchlist(deps, caller, { id, text: told.text });
      return changed(context, { list: described, change: 'described' });
    }
    case 'delete':
      return answerListDeleted(await deleteWatchlist(deps, caller, id), words);
    case 'share':
      return share(context, id);
    case 'unshare':
      return changed(context, { list: await unshareWatchlist(deps, caller, id), change: 'unshared' });
  }
}

function changed(
  context: CommandContext,
  {
    list,
    change: what,
    metricIds = [],
  }: { list: Watchlist; change: ListChange; metricIds?: readonly string[] },
): Answer {
  const metrics = metricsOf(context, metricIds);
  return answerListChanged({ list: named(context, list), change: what, metrics }, context.words);
}

/** Shares a list, and says how it is opened. */
export async function share(context: CommandContext, id: string): Promise<Answer> {
  const { deps, caller, words, startUrl } = context;
  const { name, token } = await shareWatchlist(deps, caller, id);
  return answerListShared(
    {
      name,
      token,
      startUrl: startUrl?.(START_PREFIX + token) ?? null,
      pageUrl: `${deps.publicUrl()}/cockpit?watchlist=${token}`,
    },
    words,
  );
}

/** Before the secret in `/start wl_…`. */
export const START_PREFIX = 'wl_';
