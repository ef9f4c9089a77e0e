import { z } from 'zod';
import {
  answerStarred,
  metricCardButtons,
  type Answer,
  type Button,
  type ListPress,
} from '../answers/index.ts';
import { findStatus } from '../pulse/index.ts';
import { listStarred, setStar } from '../watchlists/index.ts';
import { chooseMetric } from './choose.ts';
import { showStarred } from './cockpits.ts';
import { isOwnChat } from './scopes.ts';
import { defineCommand, type Command, type CommandContext } from './types.ts';

/** Whether the star of a metric is shown to this reader, and which; undefined where the card is nobody's. */
export async function findStar(context: CommandContext, metricId: string): Promise<boolean | undefined> {
  const { deps, caller } = context;
  if (caller.person === null) return undefined;
  // others see a card in a group: its button stars for whoever presses it
  if (!isOwnChat(context)) return false;
  return (await listStarred(deps, caller.person.email)).includes(metricId);
}

async function starNamed(
  context: CommandContext,
  query: string | undefined,
  starred: boolean,
): Promise<Answer> {
  const chosen = chooseMetric(context, query);
  if (chosen.kind === 'ask') return chosen.answer;
  const { deps, caller, words } = context;
  const { isNew } = await setStar(deps, caller, { metricId: chosen.value.id, starred });
  return answerStarred({ metric: chosen.value, starred, isNew }, words);
}

/** Does what the star of a card says; in one's own chat the card then shows the star as it is. */
export async function pressStar(
  context: CommandContext,
  press: Extract<ListPress, { kind: 'star' | 'unstar' }>,
): Promise<{ toast: string; buttons?: readonly (readonly Button[])[] }> {
  const { deps, caller, words } = context;
  const starred = press.kind === 'star';
  await setStar(deps, caller, { metricId: press.metric, starred });
  const toast = words.t('toast-star', { state: starred ? 'starred' : 'unstarred' });
  const status = isOwnChat(context) ? await findStatus(deps, press.metric) : undefined;
  if (!status) return { toast };
  return { toast, buttons: metricCardButtons({ status, range: press.range, starred }, words) };
}

export const star: Command = defineCommand({
  name: 'star',
  role: 'viewer',
  args: z.object({ metric: z.string().optional() }),
  positional: ['metric'],
  reads: ({ metric }) => metric === undefined,
  run: (context, { metric }) =>
    metric === undefined ? showStarred(context) : starNamed(context, metric, true),
});

export const unstar: Command = defineCommand({
  name: 'unstar',
  role: 'viewer',
  args: z.object({ metric: z.string().optional() }),
  positional: ['metric'],
  run: (context, { metric }) => starNamed(context, metric, false),
});
