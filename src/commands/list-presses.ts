import { answerAskItems, answerListChanged, type Answer, type ListPress } from '../answers/index.ts';
import { addToWatchlist, followCopy, restoreWatchlist } from '../watchlists/index.ts';
import { showCockpit } from './cockpits.ts';
import type { Pressed } from './pressed.ts';
import { getPressedMetric } from './pressed-metric.ts';
import { pressStar } from './star.ts';
import { showTeam } from './team.ts';
import type { CommandContext } from './types.ts';
import { showAlerts } from './views.ts';
import { share } from './watchlist.ts';
import { named, removePressed } from './watchlist-items.ts';
import { getPressedList, getShared, showWatchlist } from './watchlist-views.ts';

/** What a press does besides showing something. */
type Doing = Extract<
  ListPress,
  { kind: 'star' | 'unstar' | 'watchlist_ask' | 'watchlist_remove' | 'watchlist_undo' }
>;
/** Presses that are answered by a message. */
export type ListShowing = Exclude<ListPress, Doing>;

/** Tells presses that are answered by a message from those that change something at once. */
export function isListShowing(press: ListPress): press is ListShowing {
  return !['star', 'unstar', 'watchlist_ask', 'watchlist_remove', 'watchlist_undo'].includes(press.kind);
}

/** Does what a button of a list or a card says. Throws what the verbs throw. */
export async function doListPress(context: CommandContext, press: Doing): Promise<Pressed> {
  switch (press.kind) {
    case 'star':
    case 'unstar':
      return toast(
        await pressStar(context, { ...press, metric: getPressedMetric(context.deps, press.metric).id }),
      );
    case 'watchlist_ask':
      return askPressed(context, press.list);
    case 'watchlist_remove':
      return toast(
        await removePressed(context, { ...press, metric: getPressedMetric(context.deps, press.metric).id }),
      );
    case 'watchlist_undo': {
      const list = await restoreWatchlist(context.deps, context.caller, press.list);
      const facts = { list: named(context, list), change: 'restored' as const, metrics: [] };
      return {
        toast: { toast: context.words.t('toast-restored'), answer: answerListChanged(facts, context.words) },
        messages: null,
      };
    }
  }
}

function toast(answer: Pressed['toast']): Pressed {
  return { toast: answer, messages: null };
}

async function askPressed(context: CommandContext, id: string): Promise<Pressed> {
  const { deps, caller, words } = context;
  const list = await getPressedList(context, id);
  await addToWatchlist(deps, caller, { id, metricIds: [] });
  return {
    toast: { toast: '' },
    messages: null,
    asks: {
      question: { kind: 'watchlist_items', list: id },
      answer: answerAskItems({ name: list.name, isNew: false }, words),
    },
  };
}

/** The message that answers a press. */
export async function showListPress(context: CommandContext, press: ListShowing): Promise<Answer> {
  switch (press.kind) {
    case 'cockpit':
      return showCockpit(context, press.scope);
    case 'alerts':
      return showAlerts(context, press);
    case 'team':
      return showTeam(context, press.team);
    case 'watchlist':
      return showWatchlist(context, await getPressedList(context, press.list));
    case 'watchlist_share':
      return share(context, press.list);
    case 'watchlist_follow':
      return follow(context, press.token);
  }
}

async function follow(context: CommandContext, token: string): Promise<Answer> {
  const { deps, caller, words } = context;
  const { list, isNew } = await followCopy(deps, caller, await getShared(context, token));
  const change = isNew ? 'followed' : 'followed_before';
  return answerListChanged({ list: named(context, list), change, metrics: [] }, words);
}
