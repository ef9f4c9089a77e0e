import { z } from 'zod';
import {
  answerLinkAsked,
  answerLinked,
  answerLinkHow,
  answerLinkWrong,
  type Answer,
} from '../answers/index.ts';
import { RefusedError } from '../errors.ts';
import { requestLink } from '../messages/index.ts';
import { getLinkable, proveLink, readLinkCode } from '../people/index.ts';
import { showSelf } from './greetings.ts';
import { defineCommand, type CommandContext } from './types.ts';

type Context = Omit<CommandContext, 'commands'>;

/** What typed words came to; the question is over when the chat is linked or the code is. */
type Tried = { answer: Answer; isOver: boolean };

/** Tries the code that somebody typed. Throws what `proveLink` throws. */
export async function tryCode(context: Context, text: string): Promise<Tried> {
  const { deps, caller, words } = context;
  const code = readLinkCode(text);
  if (code === undefined) return { answer: answerLinkAsked(words), isOver: false };
  const proven = await proveLink(deps, caller, code);
  if (proven.kind === 'none') return { answer: answerLinkWrong(0, words), isOver: true };
  if (proven.kind === 'wrong')
    return { answer: answerLinkWrong(proven.left, words), isOver: proven.left <= 0 };
  const { workspace } = deps.registry.current();
  const person = deps.registry.current().people.find(({ email }) => email === proven.person.email);
  const linked = person ?? proven.person;
  const own = deps.wordsFor(linked.locale ?? workspace.locale, linked.timezone ?? workspace.timezone);
  return { answer: answerLinked({ person: linked, workspace: workspace.name }, own), isOver: true };
}

/** In a group everybody would read the address. Throws RefusedError `link_in_private`. */
function requirePrivate({ caller, place }: CommandContext): void {
  const { account, channel } = getLinkable(caller);
  if (channel === 'telegram' && place?.channel === 'telegram' && place.chat !== account)
    throw new RefusedError('link_in_private', 'Write that to me in a private chat.');
}

export const link = defineCommand({
  name: 'link',
  role: 'anyone',
  args: z.object({ what: z.string().optional() }),
  positional: ['what'],
  async run(context, { what }) {
    const { deps, caller, words, openQuestion, dropQuestion } = context;
    if (caller.person && what === undefined) return showSelf(context);
    requirePrivate(context);
    if (what === undefined) return answerLinkHow(words);
    if (readLinkCode(what) !== undefined) {
      const { answer, isOver } = await tryCode(context, what);
      if (isOver) await dropQuestion?.();
      return answer.asks && !openQuestion ? { lines: answer.lines } : answer;
    }
    await requestLink(deps, caller, what);
    await openQuestion?.({ kind: 'link_code' });
    return answerLinkAsked(words);
  },
});
