import { parsePress, type Answer } from '../../answers/index.ts';
import type { Context, DialogueOptions } from './context.ts';
import { UMBRELLA, type Actor } from './inbound.ts';
import type { Responder } from './respond.ts';
import { say } from './say.ts';
import { shareButton, type Origin } from './share.ts';

export type Saying = { context: Context; responder: Responder; origin: Origin; actor: Actor };

/** Says answers with their button to share; gives the last one. A stranger has nothing to share. */
export async function sayAnswers(
  { deps, channel }: DialogueOptions,
  answers: AsyncIterable<Answer>,
  { context, responder, origin, actor }: Saying,
): Promise<Answer | null> {
  const { words, caller } = context;
  let last: Answer | null = null;
  async function* remembering(): AsyncGenerator<Answer> {
    for await (const answer of answers) yield (last = answer);
  }
  const extra = caller.person ? shareButton(origin, actor, words) : null;
  const mark = isHelp(origin) && caller.person ? words.t('slack-umbrella', { name: UMBRELLA }) : null;
  await say(remembering(), { deps, pictures: channel.pictures, responder, words, extra, mark });
  return last;
}

/** Some names belong to Slack or to another app: the help says how to ask all the same. */
function isHelp(origin: Origin): boolean {
  if (origin.kind === 'press') return parsePress(origin.data)?.kind === 'help';
  return /^\/help\b/.test(origin.text);
}
