import { INLINE_MS } from './inline-queries.ts';
import type { InlineAnswer, InlineAsked, InlineAskOptions, InlineResult, UserSpec } from './types.ts';
import { wireUser } from './wire.ts';
import type { World } from './world.ts';

/** Types the first bot's name and words in any chat; resolves with what the bot offers. */
export async function askInline(
  world: World,
  user: UserSpec,
  { text, options }: { text: string; options: InlineAskOptions },
): Promise<InlineAsked> {
  const bot = world.firstBot;
  if (!bot.isInline)
    throw new Error(`@${bot.user.username} offers nothing inline. Start it with \`inline: true\`.`);
  const query = { bot: bot.id, user: user.id, text, offset: options.offset ?? '' };
  const kept = world.inlineQueries.kept(query);
  if (kept) return kept;
  const { id, result } = world.inlineQueries.open(query, options.timeoutMs ?? INLINE_MS);
  bot.updates.push('inline_query', { id, from: wireUser(user), query: text, offset: query.offset });
  return result;
}

/** Gives the result of an answer that a person picks, by its id or its place. */
export function findPicked({ results }: InlineAnswer, which: string | number): InlineResult {
  const found = results.find(({ id }, index) => id === which || index === which);
  if (found) return found;
  throw new Error(
    `There is no result ${which}. There are: ${results.map(({ id }) => id).join(', ') || 'none'}.`,
  );
}
